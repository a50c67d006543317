"""The words of every notification in English."""

from __future__ import annotations

from kotacerdas.identity.role_names import ROLE_NAMES
from tenants.notifications.models import NotificationKind
from tenants.notifications.wording import Language, Wording

_GREETING = "Dear {person},"
_CLOSING = (
    "Kota Cerdas sent this mail automatically. Replies are not read;"
    " ask your city's administrator for help."
)
_SHORTENED = "(Shortened; the whole text is in Kota Cerdas.)"

_FIELDS = {
    "name": "Name of the innovation",
    "dimension": "Pillar",
    "kind": "Kind",
    "maturity": "Maturity",
    "problem": "Problem",
    "solution": "Solution",
    "benefit": "Benefit",
    "uniqueness": "Uniqueness",
    "partners": "Partners",
    "replication": "Replication",
    "sustainability": "Sustainability",
    "risks": "Risks",
    "resources": "Resources",
    "budget_rupiah": "Budget",
}

_DAYS = {"0": "today", "1": "tomorrow"}
_MORE_DAYS = "in {days} days"

_ROLES = {role: name.en for role, name in ROLE_NAMES.items()}
_NATION = "the ministry"
_INVITATION = Wording(
    subject="Your invitation to Kota Cerdas: {role}, {city}",
    opening="You are invited to Kota Cerdas, the platform of smart-city masterplans.",
    details=(
        ("Role", "role"),
        ("Department", "unit"),
        ("City", "city"),
        ("Valid until", "expires_at"),
    ),
    next_step=(
        "Accept the invitation and choose a password;"
        " if you have an account already, use its password."
        " The link works once and only until the time above; do not pass it on."
    ),
    action="Accept the invitation",
    why=(
        "You receive this mail because an administrator of {city} entered your address."
        " If that was a mistake, ignore it: nothing happens without you."
    ),
)

_INNOVATION = (("Innovation", "name"), ("Department", "unit"), ("City", "city"))
_BOOK = (("Document", "name"), ("Pages", "pages"), ("City", "city"))
_FAILED_BOOK = (("Document", "name"), ("Job code", "job"), ("City", "city"))
_MANY = (("Innovations", "name"), ("Number", "count"), ("Department", "unit"), ("City", "city"))
_EXPORT = (("Export", "name"), ("Rows", "rows"), ("Available until", "expires_at"))
_FAILED_EXPORT = (("Export", "name"), ("Job code", "job"))
_OF_THE_UNIT = (
    "You receive this mail because you work for {unit} or entered this submission in {city}."
)
_OF_THE_BOOK = (
    "You receive this mail because you asked for this document or administer {city} in Kota Cerdas."
)

_OF_THE_EXPORT = "You receive this mail because you asked for this export in Kota Cerdas."

_K = NotificationKind
_KINDS: dict[NotificationKind, Wording] = {
    _K.INVITED: Wording(
        subject="{city} is invited to Gerakan Menuju Smart City {year}",
        opening="{city} is invited to join the {year} cohort of Gerakan Menuju Smart City.",
        details=(("City", "city"), ("Cohort", "year"), ("Invited on", "occurred_on")),
        next_step=(
            "Enter your departments and invite the people who will work for them,"
            " so that the city is ready when the assessment begins."
        ),
        action="Open the participation",
        why="You receive this mail because you administer {city} in Kota Cerdas.",
    ),
    _K.SUBMITTED: Wording(
        subject="Submission to endorse: {name}",
        opening="{unit} submitted the innovation “{name}”. It awaits the endorsement of {city}.",
        details=(*_INNOVATION, ("Revision", "revision")),
        next_step="Check it, then endorse it, or return it with a clear reason.",
        action="Check the submission",
        why="You receive this mail because you are administrator or Bappeda of {city}.",
    ),
    _K.SUBMITTED_MANY: Wording(
        subject="{count} submissions to endorse: {unit}",
        opening=(
            "{count} innovations of {unit} were submitted together"
            " and wait for the endorsement of {city}."
        ),
        details=_MANY,
        next_step="Check them, then endorse or return each with a clear reason.",
        action="Check the submissions",
        why="You receive this mail because you are administrator or Bappeda of {city}.",
    ),
    _K.ENDORSED: Wording(
        subject="Ready for review: {name}",
        opening="{city} endorsed the innovation “{name}” of {unit}. It is ready for your review.",
        details=_INNOVATION,
        next_step="Start the review, remark on the parts that need it, then give your verdict.",
        action="Start the review",
        why="You receive this mail because you are an expert for {city}.",
    ),
    _K.ENDORSED_MANY: Wording(
        subject="{count} submissions ready for review: {city}",
        opening="{city} endorsed {count} innovations of {unit}. All are ready for your review.",
        details=_MANY,
        next_step="Start the reviews, remark on what needs it, then give your verdicts.",
        action="Start the reviews",
        why="You receive this mail because you are an expert for {city}.",
    ),
    _K.RETURNED: Wording(
        subject="Needs revision: {name}",
        opening="The innovation “{name}” was returned for revision.",
        details=_INNOVATION,
        quote=("Reason", "reason"),
        next_step=(
            "Revise the submission and answer each open remark;"
            " then the head of the department submits it again."
        ),
        action="Revise the submission",
        why=_OF_THE_UNIT,
    ),
    _K.ACCEPTED: Wording(
        subject="Accepted: {name}",
        opening="Congratulations! The experts accepted the innovation “{name}”.",
        details=_INNOVATION,
        quote=("The expert's comment", "reason"),
        next_step=(
            "There is nothing for you to do now."
            " Bappeda places it as a programme of the masterplan."
        ),
        action="See the submission",
        why=_OF_THE_UNIT,
    ),
    _K.REJECTED: Wording(
        subject="Not accepted: {name}",
        opening="The innovation “{name}” was not accepted. Thank you for the work of {unit}.",
        details=_INNOVATION,
        quote=("Reason", "reason"),
        next_step=(
            "This submission cannot be submitted again. Study the reason;"
            " an improved idea is welcome as a new submission."
        ),
        action="Read the verdict",
        why=_OF_THE_UNIT,
    ),
    _K.REMARK: Wording(
        subject="New remark on {name}",
        opening="An expert remarked on the part {anchor} of the innovation “{name}”.",
        details=(*_INNOVATION, ("Part", "anchor")),
        quote=("Remark", "text"),
        next_step="Read the remark and prepare your answer and the revision.",
        action="Open the remark",
        why=_OF_THE_UNIT,
    ),
    _K.BOOK_READY: Wording(
        subject="Document ready: {name}",
        opening="The document “{name}” is finished and ready for download.",
        details=_BOOK,
        next_step=(
            "Download the document and check it."
            " For safety the download link is made after you sign in and is short-lived."
        ),
        action="Download the document",
        why=_OF_THE_BOOK,
    ),
    _K.BOOK_FAILED: Wording(
        subject="Document failed: {name}",
        opening="The document “{name}” could not be made. Your data is safe and unchanged.",
        details=_FAILED_BOOK,
        quote=("Cause", "reason"),
        next_step=(
            "If the cause lies in the content, correct it, then ask for the document once more."
            " If it fails again, send the job code above to the operator of Kota Cerdas."
        ),
        action="Ask once more",
        why=_OF_THE_BOOK,
    ),
    _K.EXPORT_READY: Wording(
        subject="Export ready: {name}",
        opening="The export “{name}” is finished and ready for download.",
        details=_EXPORT,
        next_step=(
            "Download the file before the time above; it is deleted then."
            " For safety the download link is made after you sign in and is short-lived."
        ),
        action="Download the export",
        why=_OF_THE_EXPORT,
    ),
    _K.EXPORT_FAILED: Wording(
        subject="Export failed: {name}",
        opening="The export “{name}” could not be made. Your data is safe and unchanged.",
        details=_FAILED_EXPORT,
        quote=("Cause", "reason"),
        next_step=(
            "Remove the cause, then ask for the export once more."
            " If it fails again, send the job code above to the operator of Kota Cerdas."
        ),
        action="Ask once more",
        why=_OF_THE_EXPORT,
    ),
    _K.DEADLINE: Wording(
        subject="Deadline {days}: {name}",
        opening="The deadline “{name}” of {city} is {days}.",
        details=(("Deadline", "name"), ("Due", "due_at"), ("City", "city")),
        next_step=(
            "Finish what is still open before then."
            " Once it is done, the city's administrator can mark it and the reminders stop."
        ),
        action="See the deadline",
        why=(
            "You receive this mail because you are administrator, Bappeda"
            " or head of a department in {city}."
        ),
    ),
}

ENGLISH = Language(
    greeting=_GREETING,
    closing=_CLOSING,
    shortened=_SHORTENED,
    fields=_FIELDS,
    days=_DAYS,
    more_days=_MORE_DAYS,
    roles=_ROLES,
    nation=_NATION,
    invitation=_INVITATION,
    kinds=_KINDS,
)
