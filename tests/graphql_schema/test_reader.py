"""The reader: one statement for each root field, pages by keyset, nothing of another city."""

from __future__ import annotations

from kotacerdas.identity.policy import Role


def test_a_city_is_found_by_slug_with_its_units(data, city):
    city.unit("Dinas Kesehatan", "Dinkes")
    found = data(
        """query($slug: Slug!) { city(by: {slug: $slug}) { id name region { code }
             viewerPermissions
             units(first: 5) { totalCount nodes { __typename id shortName name city { slug } } pageInfo { hasNextPage endCursor } } } }""",
        city.scope(),
        slug=city.slug,
    )
    assert found["city"]["units"]["totalCount"] == 1
