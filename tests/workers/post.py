"""What the tests of mail share: a city whose jobs are run one by one, as a worker would."""

from __future__ import annotations

from uuid import UUID, uuid4

from sqlalchemy import select

from kotacerdas.identity.models import Account
from kotacerdas.identity.policy import Role
from kotacerdas.jobs import Job, JobState
from kotacerdas.scope import Door, Scope
from tenants.notifications.actions import tell
from tenants.notifications.models import NotificationKind
from tests.workers.mail_server import MailServer
from workers.notifications import HANDLERS
from workers.runner import Runner

ALL = {handler.kind.name: handler for handler in HANDLERS}
FACTS = {
    "count": "3",
    "name": "Si Pasar Digital",
    "unit": "Dinas Koperasi",
    "successors": "Dinas Koperasi dan UKM",
    "adopter": "Kota Contoh",
    "reason": "Anggaran belum terbagi.",
    "text": "Sebutkan mitranya.",
    "anchor": "partners",
    "year": "2022",
    "pages": "63",
    "days": "7",
    "due_at": "2022-10-31T16:59:00+00:00",
    "due_on": "2022-11-30",
    "occurred_on": "2022-04-21",
    "signed_on": "2022-09-27",
    "letter_on": "2022-03-01",
    "letter": "B-12/2022",
    "starts_at": "2022-06-14T02:00:00+00:00",
    "former_at": "2022-06-07T02:00:00+00:00",
    "place": "Balai Kota",
    "ordinal": "2",
    "revision": "1",
    "title": "Visi Smart City",
    "chapter": "Visi dan misi",
    "book": "Buku 2",
    "note": "Sebutkan sumbernya.",
    "number": "3",
    "kept": "4",
    "subject": "Visi",
    "regulation": "Perwali 12/2022",
    "rows": "120",
    "created": "2",
    "changed": "1",
    "job": "01a20e9d",
    "expires_at": "2022-11-07T02:00:00+00:00",
}


class Post:
    """A city, its people with accounts, and its jobs."""

    def __init__(self, database, settings, city, server: MailServer) -> None:
        self.database, self.city, self.server = database, city, server
        options = {"smtp_host": "127.0.0.1", "smtp_port": server.port, "job_retry_seconds": 1e-6}
        self.settings = settings.model_copy(update=options)

    def person(self, *, name="Orang Uji", language="id", active=True, email=None) -> UUID:
        person_id = self.city.person(Role.BAPPEDA, name=name)
        email = email or f"{person_id}@kota.example"
        with self.database.unit_of_work(Scope(Door.IDENTITY)) as session:
            account = {"person_id": person_id, "email": email, "language": language}
            session.add(Account(**account, active=active))
        return person_id

    def tell(self, *people: UUID, kind=NotificationKind.RETURNED, **facts: str) -> None:
        with self.database.unit_of_work(Scope(Door.CITY, self.city.id)) as session:
            data = {**FACTS, **facts}
            tell(session, kind, subject_id=uuid4(), data=data, people=people, key="")

    def run(self, handlers=ALL, **options: object) -> None:
        """Run every waiting job of the city once."""
        settings = self.settings.model_copy(update=options)
        runner = Runner(settings, self.database, handlers)
        for job in self.rows(Job):
            if job.state is JobState.QUEUED:
                runner.run(self.city.id, job.id)

    def rows(self, model) -> list:
        with self.database.unit_of_work(Scope(Door.WORKER, self.city.id)) as session:
            mine = select(model).where(model.tenant_id == self.city.id)
            return list(session.scalars(mine.order_by(model.id)))


def text_of(mail) -> str:
    return mail.get_body(("plain",)).get_content().replace("\r\n", "\n")


def html_of(mail) -> str:
    return mail.get_body(("html",)).get_content()
