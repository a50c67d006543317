"""The job that tells the city of origin: recorded, counted and told once, whatever happens."""

from __future__ import annotations

from sqlalchemy import delete, select, update

from kotacerdas.identity.policy import Role
from kotacerdas.jobs import Job, JobState
from kotacerdas.scope import Door, Scope
from tenants.masterplan.models import PublishedItem, Replication
from tenants.masterplan.replicating import REPLICATE, replicate
from tenants.notifications.models import Notification, NotificationKind
from tests.graphql_schema.places import innovation, participation
from tests.graphql_schema.published import item
from workers.registry import HANDLERS
from workers.runner import Runner


def publish(database, city, name="E-Parkir"):
    return item(database, city, name, row_id=innovation(database, city, name=name))


def begin(database, city, origin, item_id):
    """A unit of the city replicates the item."""
    unit_id = city.unit()
    place = {"participation_id": participation(database, city), "unit_id": unit_id}
    with database.unit_of_work(city.scope(Role.UNIT_OPERATOR, unit_id)) as session:
        return replicate(session, **place, origin_id=origin.id, item_id=item_id).id


def run(settings, database, city):
    """Run the city's jobs of replication, whether they ran before or not."""
    mine = (Job.tenant_id == city.id) & (Job.kind == REPLICATE.name)
    with database.unit_of_work(Scope(Door.WORKER, city.id)) as session:
        session.execute(update(Job).where(mine).values(state=JobState.QUEUED, finished_at=None))
        job_ids = session.scalars(select(Job.id).where(mine)).all()
    for job_id in job_ids:
        Runner(settings, database, HANDLERS).run(city.id, job_id)
    return rows(database, city, Job, kind=REPLICATE.name)


def rows(database, city, model, **values):
    mine = select(model).filter_by(tenant_id=city.id, **values)
    with database.unit_of_work(Scope(Door.WORKER, city.id)) as session:
        return list(session.scalars(mine.order_by(model.id)))


def test_the_origin_knows_who_replicates_and_everybody_how_many(settings, database, make_city):
    origin, second, third = make_city(), make_city(name="Kota Kedua"), make_city()
    admin, item_id = origin.person(Role.CITY_ADMIN), publish(database, origin)
    copies = [begin(database, city, origin, item_id) for city in (second, third)]
    for city in (second, third):
        (job,) = run(settings, database, city)
        assert (job.state, job.result) == (JobState.DONE, {"recorded": True})
    kept = rows(database, origin, Replication)
    assert {row.copy_id: row.adopter_id for row in kept} == {
        copies[0]: second.id,
        copies[1]: third.id,
    }
    assert {row.innovation_id for row in kept} == {item_id}
    (published,) = rows(database, origin, PublishedItem)
    assert published.replications == 2
    told = rows(database, origin, Notification, kind=NotificationKind.INNOVATION_REPLICATED)
    mine = [note for note in told if note.person_id == admin]
    assert {note.subject_id for note in mine} == {item_id}
    assert sorted(note.data["adopter"] for note in mine) == ["Kota Kedua", "Kota Uji"]


def test_a_job_that_runs_twice_records_and_tells_once(settings, database, make_city):
    origin, city = make_city(), make_city()
    admin = origin.person(Role.CITY_ADMIN)
    item_id = publish(database, origin)
    begin(database, city, origin, item_id)
    run(settings, database, city)
    (again,) = run(settings, database, city)
    assert (again.state, again.result) == (JobState.DONE, {"recorded": False})
    assert len(rows(database, origin, Replication)) == 1
    assert len(rows(database, origin, Notification, person_id=admin)) == 1
    (published,) = rows(database, origin, PublishedItem)
    assert published.replications == 1


def test_what_was_withdrawn_meanwhile_is_recorded_all_the_same(settings, database, make_city):
    origin, city = make_city(), make_city()
    item_id = publish(database, origin)
    begin(database, city, origin, item_id)
    with database.unit_of_work(Scope(Door.CITY, origin.id)) as session:
        session.execute(delete(PublishedItem).where(PublishedItem.tenant_id == origin.id))
    (job,) = run(settings, database, city)
    assert job.result == {"recorded": True}
    assert [row.adopter_id for row in rows(database, origin, Replication)] == [city.id]
