"""The shape of the schema: committed, described, and by the API's own rules."""

from __future__ import annotations

import re
from pathlib import Path

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    get_named_type,
    is_specified_scalar_type,
)

import graphql_schema
from graphql_schema.enums import InnovationField
from graphql_schema.schema import core, schema
from tenants.submissions.content import ANCHORS

OWN = [
    kind
    for name, kind in sorted(core.type_map.items())
    if not name.startswith("__") and not is_specified_scalar_type(kind)
]
FIELDS = (GraphQLObjectType, GraphQLInterfaceType, GraphQLInputObjectType)


BESIDE = ("errors", "url", "secret", "conflict")
"""What a payload holds beside the object that was changed."""


def test_the_committed_sdl_is_the_schema():
    committed = Path(graphql_schema.__file__).with_name("schema.graphql").read_text()
    assert committed.strip() == schema.as_str().strip(), "run `make schema` and read the difference"


def test_a_mutation_may_be_null_so_that_a_defect_leaves_its_neighbours():
    for name, field in core.mutation_type.fields.items():
        assert not isinstance(field.type, GraphQLNonNull), name


def test_names_are_written_as_clients_expect_them():
    kinds = {"Input", "Filter", "Order", "By", "Rows"}
    for kind in OWN:
        assert re.fullmatch(r"[A-Z][a-zA-Z0-9]*", kind.name), kind.name
        if isinstance(kind, GraphQLInputObjectType):
            assert re.sub(r".*(?=[A-Z][a-z]+$)", "", kind.name) in kinds, kind.name
        if isinstance(kind, GraphQLEnumType):
            assert all(re.fullmatch(r"[A-Z][A-Z0-9_]*", name) for name in kind.values), kind.name
        for name, field in getattr(kind, "fields", {}).items():
            names = [name, *getattr(field, "args", {})]
            assert all(re.fullmatch(r"[a-z][a-zA-Z0-9]*", each) for each in names), kind.name


def test_mutations_take_one_input_and_answer_a_payload_of_their_own():
    for name, field in core.mutation_type.fields.items():
        words = name[0].upper() + name[1:]
        assert list(field.args) == ["input"], name
        assert isinstance(field.args["input"].type, GraphQLNonNull), name
        payload = get_named_type(field.type)
        assert payload.name == f"{words}Payload"
        assert str(payload.fields["errors"].type) == "[UserError!]!"
        objects = {f: t for f, t in payload.fields.items() if f not in BESIDE}
        assert len(objects) == 1, name
        if "results" not in objects:
            assert not any(isinstance(f.type, GraphQLNonNull) for f in objects.values()), name


ACROSS = {"workshopsSchedule"}
"""Mutations that do one thing in many cities, each for itself: their inputs have no items."""


def test_mutations_of_many_answer_for_each_row():
    many = {
        name: get_named_type(field.type).fields["results"]
        for name, field in core.mutation_type.fields.items()
        if name not in ACROSS and "results" in get_named_type(field.type).fields
    }
    assert set(many) == {
        "innovationsCreate", "innovationsUpdate", "innovationsSubmit", "innovationsEndorse",
        "innovationsPlace", "programmesCreate", "programmesUpdate", "unitsCreate",
        "institutionMembersAdd", "masterplanRemarksAdd",
    }  # fmt: skip
    for name, results in many.items():
        row = get_named_type(results.type)
        assert str(results.type) == f"[{row.name}!]!", name
        assert list(row.fields)[:2] == ["index", "errors"], name
        (stored,) = [field for key, field in row.fields.items() if key not in ("index", "errors")]
        assert not isinstance(stored.type, GraphQLNonNull), name
        given = get_named_type(core.mutation_type.fields[name].args["input"].type).fields
        assert str(given["onError"].type) == "OnError!", name
        item = get_named_type(given["items"].type).fields
        single = name.replace("innovations", "innovation").replace("programmes", "programme")
        single = single.replace("Members", "Member").replace("Remarks", "Remark")
        alone = core.mutation_type.fields[single.replace("units", "unit")].args["input"].type
        apart = {"idempotencyKey", "cityId", "participationId", "masterplanId", "institutionId"}
        assert set(item) == set(get_named_type(alone).fields) - apart, name


def test_what_makes_something_new_takes_an_idempotency_key():
    creating = {"innovationCreate", "innovationPlace", "remarkAdd", "deadlineSet", "unitCreate"}
    creating |= {"masterplanCreate", "programmeCreate", "documentRequest", "memberInvite"}
    creating |= {
        "innovationsCreate",
        "innovationsPlace",
        "programmesCreate",
        "unitsCreate",
        "unitsReorganise",
    }
    creating |= {"exportRequest", "institutionForm", "institutionMemberAdd"}
    creating |= {"institutionMembersAdd", "regulationRecord"}
    creating |= {"workshopSchedule", "workshopCertificateIssue"}
    creating |= {
        "expertAssign",
        "findingWrite",
        "innovationReplicate",
        "followUpPlan",
        "objectionWrite",
    }
    creating |= {"sectionAdd", "instrumentCreate", "instrumentCopy"}
    creating |= {"selectionDecide", "selectionPromote"}
    creating |= {"guideEditionCreate", "guideEditionCopy", "cohortCreate"}
    creating |= {"uploadCreate", "workbookRequest", "workbookPreview"}
    creating |= {"masterplanRemarkAdd", "masterplanRemarksAdd"}
    creating |= {"sourceDocumentCreate", "readinessCreate", "gapCreate"}
    creating |= {"swotPointCreate", "swotStrategyCreate"}
    for name, field in core.mutation_type.fields.items():
        given = get_named_type(field.args["input"].type).fields
        assert ("idempotencyKey" in given) is (name in creating | ACROSS), name


def test_steps_of_versioned_objects_need_the_version_that_was_read():
    for name, field in core.mutation_type.fields.items():
        given = get_named_type(field.args["input"].type).fields
        payload = get_named_type(field.type)
        (changed,) = [f for key, f in payload.fields.items() if key not in BESIDE]
        versioned = (
            str(getattr(get_named_type(changed.type).fields.get("version"), "type", "")) == "Int!"
        )
        if versioned and "id" in given:
            assert str(given["expectedVersion"].type) == "Int!", name


def test_lists_that_can_grow_are_connections():
    for kind in OWN:
        if isinstance(kind, GraphQLObjectType) and kind.name.endswith("Connection"):
            assert list(kind.fields) == ["edges", "nodes", "pageInfo", "totalCount"], kind.name


def test_rows_of_a_city_are_null_where_they_may_not_be_read():
    for name, field in core.type_map["City"].fields.items():
        inner = get_named_type(field.type)
        gated = getattr(inner, "extensions", {}).get("requires") or (
            inner.name.endswith("Connection")
            and inner.name not in ("PublicationConnection", "PublishedResultConnection")
        )
        if gated:
            assert not isinstance(field.type, GraphQLNonNull), f"City.{name}"


def test_object_lists_hold_no_nulls():
    for kind in OWN:
        for name, field in getattr(kind, "fields", {}).items() if isinstance(kind, FIELDS) else ():
            inner = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
            if isinstance(inner, GraphQLList) and (kind.name, name) != ("Query", "nodes"):
                assert isinstance(inner.of_type, GraphQLNonNull), f"{kind.name}.{name}"


def test_a_remark_may_be_about_every_field_of_a_revision():
    assert [field.value for field in InnovationField] == list(ANCHORS)
