"""What each login role may do with each table, written by hand: the tests compare, never derive."""

from __future__ import annotations

from typing import Literal, NamedTuple

# S select, I insert, U update, u update of the columns below alone, D delete; each confined to the
# tenant of the context. Behind a letter `*` reaches the rows of every tenant and `p` those of the
# person; `o` also those that are published. `-` is nothing.
TENANT_TABLES = """
table                 city   worker  ministry  identity  relay
upload                SIU    SIU     S*        -         -
workbook_import       SIU    SIU     S*        -         -
workbook_row          S      SID     S*        -         -
assessor_score        SIU    SIU     S*        -         -
adoption              SI     SI      S*        -         -
assessment            SIU    SIU     S*IU      -         -
assessment_answer     SIU    SIU     S*IU      -         -
assessment_evidence   SIU    SIU     S*        -         -
assignment            Su     S       S*IU      Sp        -
audit_entry           SI     SI      S*I       SI        -
audit_head            SIU    SIU     S*IU      SIU       -
book                  SI     SI      S*        -         -
budget                SIUD   SIUD    S*        -         -
chapter               SIU    SIU     S*        -         -
citation              SIUD   SIUD    S*        -         -
commitment            SIU    SIU     S*        -         -
commitment_signature  SIU    SIU     S*        -         -
deadline              SIU    SIU     S*IU      -         -
delivery              SIU    SIU     S*IU      -         -
document              SIU    SIU     S*        -         -
evaluation            SIU    SIU     S*IU      -         -
evaluation_result     SI     SI      S*I       -         -
export                SIU    SIU     S*IU      -         -
finding               SIU    SIU     S*        -         -
follow_up             SIU    SIU     S*        -         -
gap                   SIUD   SIUD    S*        -         -
goal                  SIUD   SIUD    S*        -         -
idempotency_key       SIUD   SIUD    S*IU      -         -
innovation            SIU    SIU     S*        -         -
innovation_origin     SI     S       S*        -         -
innovation_revision   SI     SI      S*        -         -
institution           SIU    SIU     S*        -         -
institution_member    SIU    SIU     S*        -         -
invitation            SIu    S       S*Iu      S*u       -
job                   SIU    SIU     S*IU      SI        S*u*
masterplan            SIU    SIU     S*        -         -
masterplan_version    SI     SI      S*        -         -
membership            Su     S       S*Iu      S*I       -
mission               SIUD   SIUD    S*        -         -
notification          SIU    SIU     S*IU      Spup      -
objection             SIU    SIU     S*        -         -
participation         SIU    SIU     S*IU      -         -
participation_step    SI     SI      S*I       -         -
programme             SIUD   SIU     S*        -         -
programme_support     SIUD   SIUD    S*        -         -
publication           SoIu   SoIu    S*        -         -
published_item        S*ID   S*IuD   S*        -         -
replication           S      SI      S*        -         -
regulation            SIU    SIU     S*        -         -
published_result      So     So      S*IU      -         -
remark                SIU    SIU     S*IU      -         -
review                SIU    SIU     S*u       -         -
review_round          SIU    SIU     S*IU      -         -
round_verdict         SIU    SIU     S*IU      -         -
self_score            SIU    SIU     S*        -         -
section               SIUD   SIUD    S*        -         -
section_draft         SIUD   SIUD    S*        -         -
section_revision      SI     SI      S*        -         -
readiness             SIUD   SIUD    S*        -         -
source_document       SIUD   SIUD    S*        -         -
swot_point            SIUD   SIUD    S*        -         -
swot_strategy         SIUD   SIUD    S*        -         -
swot_strategy_point   SIUD   SIUD    S*        -         -
selection_verdict     S      SIU     S*        -         -
unit                  SIU    SIU     S*        S*        -
unit_succession       SI     SI      S*        -         -
workshop              SIU    SIU     S*IU      -         -
workshop_agenda_item  SIUD   SIUD    S*IUD     -         -
workshop_attendance   SIU    SIU     S*        -         -
workshop_certificate  SIU    SIU     S*IU      -         -
workshop_material     SIUD   SIUD    S*IUD     -         -
workshop_output       SIU    SIU     S*IU      -         -
workshop_speaker      SIUD   SIUD    S*IUD     -         -
workshop_visit        SIUD   SIUD    S*IUD     -         -
year_target           SIUD   SIUD    S*        -         -
"""

# Tables without a tenant; `c` is a select of some columns alone.
NATIONAL_TABLES = """
table             city  worker  ministry  identity  relay
account           -     c       -         SIU       -
alembic_version   S     S       S         S         S
api_client        S     -       SIU       -         -
api_token         -     -       -         SIU       -
browser_session   -     -       -         SIUD      -
city              S     S       SIU       S         -
cohort            S     S       SIU       S         -
cohort_instrument S     S       SIU       S         -
dimension         S     S       SIUD      S         -
evaluation_round  S     S       SIU       S         -
guide_edition     S     S       SIU       S         -
instrument        S     S       SIU       S         -
instrument_parameter S  S       SIUD      S         -
participant       S     S       SIU       S         -
person            S     S       S         SIU       -
region            S     S       SIU       S         -
selection_decision -    Su      SI        -         -
sign_in_failure   -     -       -         SIUD      -
sub_dimension     S     S       SIUD      S         -
tenant            S     S       SI        S         -
trusted_document  S     -       SIU       -         -
"""

# Triggers of tables without a tenant, and their functions.
TRIGGERS = {
    f"{table}: trigger refuse_used_edition"
    for table in ("guide_edition", "dimension", "sub_dimension")
} | {f"{table}: trigger refuse_used_instrument" for table in ("instrument", "instrument_parameter")}
GUARDS = {
    "app.edition_uses(uuid)",
    "app.refuse_used_edition()",
    "app.refuse_used_instrument()",
}

# Rights to some columns alone; tenant_id is never among them, so no row moves to another tenant.
COLUMNS = """
account        app_worker    SELECT  active email language person_id
assignment     app_city      UPDATE  handover updated_at version
invitation     app_city      UPDATE  expires_at unit_id updated_at
invitation     app_ministry  UPDATE  expires_at updated_at
invitation     app_identity  UPDATE  accepted_at updated_at
job            app_relay     UPDATE  announced_at available_at error finished_at lease_until run_id
job            app_relay     UPDATE  state updated_at
membership     app_city      UPDATE  ended_at unit_id updated_at
membership     app_ministry  UPDATE  ended_at updated_at
review         app_ministry  UPDATE  reviewer_id updated_at version
notification   app_identity  UPDATE  read_at updated_at
publication    app_city      UPDATE  published_at updated_at withdrawn_at
publication    app_worker    UPDATE  published_at updated_at withdrawn_at
published_item app_worker    UPDATE  replications updated_at
selection_decision app_worker UPDATE applied_at
"""

VERBS = {"S": "SELECT", "I": "INSERT", "U": "UPDATE", "u": "UPDATE", "D": "DELETE"}
Rows = Literal["own", "every", "person", "open"]
ROWS: dict[str, Rows] = {"": "own", "*": "every", "p": "person", "o": "open"}
CONDITIONS: dict[Rows, str] = {
    "own": "(tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true),"
    " ''::text))::integer)",
    "person": "(person_id = (NULLIF(current_setting('app.person_id'::text, true),"
    " ''::text))::uuid)",
    "every": "true",
    "open": "((tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true),"
    " ''::text))::integer) OR (withdrawn_at IS NULL))",
}
"""As PostgreSQL prints the conditions of policies; none has a subquery."""

LOGINS = ("app_city", "app_worker", "app_ministry", "app_identity", "app_relay")


class Right(NamedTuple):
    """What a role may do with a table."""

    table: str
    role: str
    verb: str


def rights(table_of_rights: str) -> dict[Right, Rows]:
    """Read a table of rights: which rows each right reaches."""
    header, *lines = table_of_rights.strip().splitlines()
    roles = [f"app_{name}" for name in header.split()[1:]]
    found: dict[Right, Rows] = {}
    for line in lines:
        table, *cells = line.split()
        for role, cell in zip(roles, cells, strict=True):
            for place, letter in enumerate(cell):
                if letter in VERBS:
                    mark = cell[place + 1 : place + 2]
                    found[Right(table, role, VERBS[letter])] = ROWS[mark if mark in "*po" else ""]
    return found


class ColumnRight(NamedTuple):
    """What a role may do with one column."""

    right: Right
    column: str


def column_rights(table_of_columns: str) -> frozenset[ColumnRight]:
    """Read a table of columns."""
    lines = [line.split() for line in table_of_columns.strip().splitlines()]
    return frozenset(
        ColumnRight(Right(*words), column)
        for *words, columns in map(_parted, lines)
        for column in columns
    )


def _parted(words: list[str]) -> tuple[str, str, str, list[str]]:
    table, role, verb, *columns = words
    return table, role, verb, columns


RIGHTS = rights(TENANT_TABLES)
COLUMN_RIGHTS = column_rights(COLUMNS)
NARROW = frozenset(column.right for column in COLUMN_RIGHTS)
"""Rights to some columns alone."""
NATIONAL_RIGHTS = rights(NATIONAL_TABLES)
NAMES = frozenset(right.table for right in RIGHTS)
NATIONAL_NAMES = frozenset(line.split()[0] for line in NATIONAL_TABLES.strip().splitlines()[1:])
KEYS = {"audit_head": ["tenant_id"]}
"""Primary keys other than (tenant_id, id)."""
