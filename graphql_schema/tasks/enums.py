"""Kinds of tasks: what each value means."""

from __future__ import annotations

from enum import Enum

from tenants.tasks.rows import TaskKind

MEANINGS: dict[type[Enum], dict[str, str]] = {
    TaskKind: {
        "REVISE": "Revise a returned innovation and hand it in again.",
        "ANSWER_REMARK": "Answer an expert's remark.",
        "SETTLE_REMARK": "Settle an answered remark on a masterplan, or reopen it.",
        "JUDGE": "Give a verdict on a masterplan that was presented.",
        "ENDORSE": "Endorse a submitted innovation, or hand it back.",
        "REVIEW": "Begin the review of an endorsed innovation.",
        "DECIDE": "Give the verdict of a review.",
        "PLACE": "Place an accepted innovation as a programme.",
        "DEADLINE": "Finish what is due by a date.",
        "SELF_SCORE": "Score the city and submit.",
        "ASSESS": "Assess the city's evaluation.",
        "ACCEPT_RESULT": "Object to the provisional result, or accept it.",
        "ANSWER_OBJECTION": "Answer a city's objection.",
        "FOLLOW_UP": "Follow up a recommendation.",
        "STAGE": "Bring what the next stage lacks.",
        "WRITE_SECTION": "Write a section of a book and hand it in.",
        "APPROVE_SECTION": "Approve a section that was handed in, or send it back.",
        "RECORD_SESSION": "Record that a session was held, and who came.",
        "DELIVER_OUTPUT": "Deliver what a held session must leave.",
        "ACCEPT_OUTPUT": "Accept a delivered output, or send it back.",
    },
}
