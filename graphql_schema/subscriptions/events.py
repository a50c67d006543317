"""What a subscription tells: that something changed, and the thing as it is read at that moment."""

from __future__ import annotations

import strawberry

from graphql_schema.context import Context
from graphql_schema.documents.types import Job
from graphql_schema.identity.types import Notification, Viewer
from graphql_schema.ids import Key
from graphql_schema.mutating import answer, changed
from graphql_schema.reader.roots import Arguments, Found, RootRow, field
from graphql_schema.submissions.types import Innovation
from kotacerdas.changes import Cause


def _follower(context: Context, _arguments: Arguments) -> Found | None:
    person_id = context.actor.person_id
    return None if person_id is None else Found(context.person(), person_id)


@strawberry.type
class ChangeEvent:
    """One thing of which a client is told; `key` is None where the news is of no single thing."""

    key: strawberry.Private[Key | None]
    cause: Cause = strawberry.field(description="Why the event is sent.")


@strawberry.type(description="A job began, went on or ended.")
class JobEvent(ChangeEvent):
    """A job began, went on or ended."""

    job: Job | None = changed("The job as it stands now; null while changes cannot be heard.")


@strawberry.type(description="An innovation, its reviews or its remarks changed.")
class InnovationEvent(ChangeEvent):
    """An innovation, its reviews or its remarks changed."""

    innovation: Innovation | None = changed(
        "The innovation as it stands now; null where the event is not of a single one."
    )

    @answer("Id of the innovation; null where the event is not of a single one.")
    def id(self) -> strawberry.ID | None:
        """Return the innovation's opaque id."""
        return strawberry.ID(str(self.key)) if self.key else None


@strawberry.type(description="A notification was added, or read.")
class NotificationEvent(ChangeEvent):
    """A notification was added, or read."""

    notification: Notification | None = changed(
        "The notification as it stands now; null where the event is not of a single one."
    )

    viewer: Viewer | None = field(
        RootRow("Viewer", _follower), "Whose notifications they are: for a bell's number."
    )
