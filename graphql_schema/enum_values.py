"""What each value of the domain's enums means, by the name that clients see."""

from __future__ import annotations

from enum import Enum

from graphql_schema import process_values
from graphql_schema.books.meanings import BOOKS
from graphql_schema.editions.meanings import EDITIONS
from graphql_schema.masterplan.analysis.meanings import ANALYSIS
from graphql_schema.reader.listing import Direction
from graphql_schema.reviews.meanings import REVIEWS
from graphql_schema.workbooks.meanings import WORKBOOKS
from kotacerdas.bulk import OnError
from kotacerdas.changes import Cause
from kotacerdas.identity.policy import Permission, Role
from kotacerdas.jobs.models import JobState
from kotacerdas.language import Language
from tenants.cities.models import (
    CommitmentKind,
    SignatureKind,
    UnitKind,
)
from tenants.cities.workflow import Stage
from tenants.documents.models import DocumentKind, DocumentState
from tenants.experts.models import ExpertPart
from tenants.exports.models import ExportFormat, ExportKind, ExportState
from tenants.inbox.waiting import Waiting
from tenants.masterplan.models import BudgetSource, Horizon, ItemKind
from tenants.masterplan.permendagri import NomenclatureLevel
from tenants.notifications.models import NotificationKind
from tenants.reorganisation.models import ReorganisationKind
from tenants.reorganisation.open_work import WorkKind
from tenants.submissions.models import InnovationKind, Maturity, Verdict
from tenants.submissions.workflow import InnovationState

MEANINGS: dict[type[Enum], dict[str, str]] = {
    **process_values.MEANINGS,
    **WORKBOOKS,
    Permission: {
        "CITY_READ": "Read what the city owns.",
        "NATIONAL_READ": "Read all cities together.",
        "COHORT_MANAGE": "Invite cities into a cohort and take the ministry's steps.",
        "PARTICIPATION_ADVANCE": "Take the city's steps, record papers, set deadlines.",
        "INSTITUTION_MANAGE": "Form bodies, seat members, record regulations.",
        "WORKSHOP_MANAGE": "Schedule, move and cancel sessions, give certificates.",
        "WORKSHOP_RECORD": "Record attendance and materials, deliver outputs.",
        "OUTPUT_ACCEPT": "Accept or return the outputs of workshops.",
        "UNIT_MANAGE": "Add, change and replace departments.",
        "MEMBER_MANAGE": "See members and invitations, invite people, end roles.",
        "INNOVATION_WRITE": "Begin and change innovations, answer remarks.",
        "INNOVATION_SUBMIT": "Hand innovations in.",
        "INNOVATION_ENDORSE": "Endorse submitted innovations, or hand them back.",
        "INNOVATION_REVIEW": "Review innovations: remarks and verdicts.",
        "MASTERPLAN_WRITE": "Write the masterplan, its missions and programmes.",
        "SECTION_WRITE": "Write the sections of the masterplan's books.",
        "MASTERPLAN_FREEZE": "Freeze the masterplan to a version.",
        "MASTERPLAN_PUBLISH": "Publish a version, or take a publication back.",
        "MASTERPLAN_REVIEW": "Review the masterplan: remarks, verdicts on what was presented.",
        "ASSESSMENT_READ": "Read assessments of invited cities.",
        "ASSESSMENT_SCORE": "Assess an invited city as one of its assessors.",
        "EVALUATION_WRITE": "Score the city itself, object, follow up recommendations.",
        "EVALUATION_ASSESS": "Assess the city's evaluation and answer objections.",
        "DOCUMENT_REQUEST": "Ask for books, and stop their rendering.",
        "AUDIT_READ": "Read the audit trail.",
        "JOB_MANAGE": "Put failed background work back.",
        "CLIENT_MANAGE": "Register the documents of client programs.",
    },
    Role: {
        "OPERATOR": "Runs the platform; held in the nation.",
        "MINISTRY_ADMIN": "Leads the programme at the ministry; held in the nation.",
        "MINISTRY_READER": "Reads all cities at the ministry; held in the nation.",
        "EXPERT": "Reviews a city's innovations (tenaga ahli).",
        "CITY_ADMIN": "Leads the city's participation and gives its roles.",
        "BAPPEDA": "The regional planning agency: endorses and writes the masterplan.",
        "UNIT_OPERATOR": "Drafts innovations for one department.",
        "UNIT_HEAD": "Heads one department and hands its innovations in.",
        "COUNCIL": "Sits on the smart city council and reads.",
        "REGION_HEAD": "Mayor or regent: publishes the masterplan.",
    },
    Direction: {"ASC": "From the least to the greatest.", "DESC": "From the greatest down."},
    Language: {"ID": "Indonesian.", "EN": "English."},
    OnError: {
        "REJECT_ALL": "Nothing is saved; every fault of every row is told.",
        "SKIP_INVALID": "The others are saved, each as if it had been sent alone.",
    },
    JobState: {
        "QUEUED": "Waits for a worker, or for its next attempt.",
        "RUNNING": "A worker is at it.",
        "DONE": "Finished; final.",
        "DEAD": "All attempts failed; final unless an operator puts it back.",
        "CANCELLED": "Stopped on request; final.",
    },
    CommitmentKind: {
        "MEMORANDUM": "Memorandum with the ministry (nota kesepakatan).",
        "COMMITMENT_SHEET": "Sheet signed by the region's head and all departments.",
    },
    SignatureKind: {
        "WET": "Ink on paper.",
        "SCANNED": "A scan of ink on paper.",
        "ELECTRONIC": "A certified electronic signature (TTE).",
    },
    UnitKind: {
        "SECRETARIAT": "Regional secretariat, or the council's (sekretariat).",
        "INSPECTORATE": "Regional inspectorate (inspektorat).",
        "AGENCY": "Agency of a field of government (dinas).",
        "BOARD": "Supporting board (badan).",
        "DISTRICT": "District (kecamatan).",
        "OTHER": "None of these, such as a hospital.",
    },
    Stage: {
        "INVITED": "The ministry invited the city.",
        "ASSESSED": "The city was assessed.",
        "NOT_SELECTED": "The assessment ended without selection; final.",
        "RESERVE": "The city takes part if a selected one falls out.",
        "SELECTED": "The city was selected.",
        "COMMITTED": "Memorandum or commitment sheet is signed.",
        "INSTITUTED": "Council and implementing team were appointed by decree.",
        "MENTORED": "Workshops with the experts are under way (bimtek).",
        "PRESENTED": "The masterplan was presented (ekspose).",
        "REVISION": "The masterplan is revised after its presentation.",
        "ACCEPTED": "The ministry accepted the masterplan.",
        "ADOPTED": "The region adopted the masterplan by regulation.",
        "IMPLEMENTING": "The masterplan is carried out.",
        "WITHDRAWN": "The city withdrew; final.",
        "NOT_FINISHED": "The cohort closed before the city finished; final.",
    },
    DocumentKind: {"MASTERPLAN": "Books of a masterplan."},
    DocumentState: {
        "WAITING": "The file is being made.",
        "READY": "The file can be fetched; final.",
        "FAILED": "There will be no file; `failure` says why.",
    },
    ExportKind: {
        "INNOVATIONS": "Innovations with all their texts.",
        "REMARKS": "Experts' remarks and the answers to them.",
        "PROGRAMMES": "Programmes with their targets and budgets.",
        "TARGETS": "A row for each programme and year.",
        "BUDGETS": "A row for each programme, year and source.",
        "PARTICIPATIONS": "Participations with what they have come to.",
        "UNITS": "Departments, also those that have ended.",
        "PROGRAMME_WORKBOOK": "The programme table, to be filled in and brought back.",
        "INNOVATION_WORKBOOK": "The innovation list, to be filled in and brought back.",
    },
    ExportFormat: {
        "JSONL": "One JSON object for each line, with the API's names and values.",
        "CSV": "Comma-separated values by RFC 4180, in UTF-8.",
        "CSV_EXCEL": "The same with a byte order mark; in Indonesian with semicolons.",
        "XLSX": "A workbook of Excel, without formulas.",
    },
    ExportState: {
        "WAITING": "It is being made.",
        "READY": "The file can be fetched.",
        "FAILED": "There is no file; `failure` says why.",
        "EXPIRED": "The file was deleted after its time.",
    },
    ItemKind: {
        "INNOVATION": "A unit's innovation.",
        "PROGRAMME": "A programme of a masterplan.",
    },
    BudgetSource: {
        "APBD": "The region's own budget.",
        "APBN": "The national budget.",
        "DAK": "Special allocation funds from the nation (dana alokasi khusus).",
        "CSR": "Companies' social responsibility.",
        "KPBU": "Public-private partnership.",
        "OTHER": "Any further source.",
    },
    ReorganisationKind: {
        "RENAME": "One became a new one of another name.",
        "MERGE": "Several became one, or one went into another.",
        "SPLIT": "One became several.",
        "END": "It ended and none took over.",
    },
    WorkKind: {
        "INNOVATION": "An innovation that is neither placed nor rejected.",
        "PROGRAMME": "A programme of a plan that it leads.",
        "SUPPORT": "A programme of a plan that it helps.",
        "CHAPTER": "A chapter that it owns.",
        "SECTION": "A section that it owns.",
        "FOLLOW_UP": "A recommendation that it has to follow up.",
        "MEMBERSHIP": "Somebody's role in it.",
        "INVITATION": "An invitation to a role in it.",
    },
    NomenclatureLevel: {
        "BIDANG": "A field of affairs, such as 2.16.",
        "PROGRAMME": "A programme of a field, such as 2.16.03.",
        "KEGIATAN": "An activity of a programme, such as 2.16.03.2.02.",
        "SUBKEGIATAN": "A part of an activity, such as 2.16.03.2.02.0005.",
    },
    Horizon: {
        "SHORT": "Within one year.",
        "MEDIUM": "Within five years.",
        "LONG": "Within ten years.",
    },
    ExpertPart: {
        "MENTOR": "Advises the city: reviews innovations and chapters.",
        "ASSESSOR": "Judges the city: scores its evaluation.",
    },
    Waiting: {
        "TO_REVIEW": "An endorsed innovation awaits its review.",
        "IN_REVIEW": "A review of the expert's own awaits its verdict.",
        "REMARK_ANSWERED": "An answered remark of the expert's review awaits a look.",
        "PLAN_REMARK_ANSWERED": "An answered remark on the masterplan awaits a look.",
        "TO_JUDGE": "A masterplan was presented and awaits the expert's verdict.",
        "TO_ASSESS": "A city handed its scores in and awaits its assessment.",
        "TO_SCORE": "An invited city is to be scored by the instrument, by the expert in person.",
    },
    NotificationKind: {
        "SIGNATURES_VOIDED": "A signed paper was changed and has to be signed again.",
        "WORKSHOP_SCHEDULED": "A session was put on the calendar.",
        "WORKSHOP_MOVED": "A session has another time or place.",
        "WORKSHOP_CANCELLED": "A session was called off.",
        "WORKSHOP_MISSED": "Nobody of a department was at a session.",
        "OUTPUT_ACCEPTED": "A required output was accepted.",
        "OUTPUT_RETURNED": "A required output has to be revised.",
        "INVITED": "The city was invited into a cohort.",
        "SUBMITTED": "An innovation was handed in.",
        "SUBMITTED_MANY": "Innovations were handed in together.",
        "ENDORSED": "An innovation was endorsed for the city.",
        "ENDORSED_MANY": "Innovations were endorsed together.",
        "RETURNED": "An innovation came back for revision.",
        "ACCEPTED": "An expert accepted an innovation.",
        "REJECTED": "An expert rejected an innovation.",
        "REMARK": "An expert wrote a remark.",
        "BOOK_READY": "A book can be fetched.",
        "BOOK_FAILED": "A book could not be made.",
        "EXPORT_READY": "An export can be fetched.",
        "EXPORT_FAILED": "An export could not be made.",
        "WORKBOOK_SAVED": "A workbook was saved as a whole.",
        "DEADLINE": "A deadline is near.",
        "EVALUATION_OPENED": "The city takes part in a round of evaluation.",
        "EVALUATION_SUBMITTED": "The city handed its scores in.",
        "EVALUATION_PROVISIONAL": "The provisional result was stated.",
        "EVALUATION_FINAL": "The final result was stated by letter.",
        "OBJECTION_WRITTEN": "The city objects to a score.",
        "OBJECTION_ANSWERED": "An objection was answered.",
        "FOLLOW_UP_PLANNED": "A unit was charged with a recommendation.",
        "EXPERT_ASSIGNED": "An expert was assigned to the city.",
        "EXPERT_RELEASED": "An expert's assignment to the city ended.",
        "SECTION_ASSIGNED": "A chapter or section was given to somebody to write.",
        "SECTION_READY": "A section was handed in.",
        "SECTION_RETURNED": "A section was reopened to be improved.",
        "PLAN_REMARK": "Experts wrote remarks on the masterplan.",
        "REMARKS_ANSWERED": "Remarks were answered.",
        "REMARK_REOPENED": "An expert asks again: the answer is not enough.",
        "REMARKS_SETTLED": "Remarks were settled.",
        "ROUND_OPENED": "The masterplan was presented and awaits a verdict.",
        "ROUND_ACCEPTED": "An assessor accepts the masterplan.",
        "ROUND_WITH_REMARKS": "An assessor accepts the masterplan with remarks.",
        "ROUND_REVISE": "An assessor asks to revise the masterplan.",
        "VERSION_FROZEN": "The masterplan was frozen to a version.",
        "PLAN_ADOPTED": "A version was adopted by a regulation.",
        "PLAN_FORKED": "The working copy went on from an earlier version.",
        "ASSESSMENT_ASSIGNED": "An expert is to assess the city.",
        "ASSESSMENT_RELEASED": "An expert is to assess the city no longer.",
        "ASSESSMENT_RETURNED": "An expert is to correct a submitted assessment.",
        "VERDICT_SELECTED": "The ministry selected the city.",
        "VERDICT_RESERVE": "The ministry put the city on the reserve list.",
        "VERDICT_NOT_SELECTED": "The ministry did not select the city.",
        "INNOVATION_REPLICATED": "Another city began a draft from the city's innovation.",
        "UNIT_REORGANISED": "A unit has ended and others carry on.",
        "UNIT_ENDED": "A unit has ended and nobody carries on.",
    },
    **BOOKS,
    **REVIEWS,
    **ANALYSIS,
    **EDITIONS,
    InnovationKind: {
        "DIGITAL": "By software or data.",
        "NON_DIGITAL": "By organisation, rules or service, without software.",
        "TECHNOLOGY": "By devices or machines.",
    },
    Maturity: {
        "IDEA": "Thought of, not tried yet.",
        "TRIAL": "Being tried.",
        "APPLIED": "In use.",
    },
    Verdict: {
        "ACCEPTED": "Good as it is; it can become a programme.",
        "RETURNED": "To be revised by its unit.",
        "REJECTED": "Not taken up.",
    },
    InnovationState: {
        "DRAFT": "Its unit writes it.",
        "SUBMITTED": "Handed in; the city endorses it or hands it back.",
        "ENDORSED": "Endorsed by the city; an expert may review it.",
        "IN_REVIEW": "An expert reviews it.",
        "RETURNED": "Back at its unit for revision.",
        "ACCEPTED": "Accepted; it can become a programme.",
        "REJECTED": "Rejected; final.",
        "PLACED": "It became a programme of the masterplan; final.",
    },
    Cause: {
        "STARTED": "The stream has begun: changes are heard from now on; read what you show.",
        "CHANGED": "One thing that is followed changed.",
        "INTERRUPTED": "Changes cannot be heard for a while: poll until the next event.",
        "MISSED": "Changes are heard, but some were missed: read again what you show.",
    },
}
