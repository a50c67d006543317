"""Words that rules of an edition and rows of the cities share."""

from __future__ import annotations

from enum import StrEnum


class InstitutionKind(StrEnum):
    """What a body is for: the council steers, the team carries out, the forum advises."""

    COUNCIL = "dewan"
    TEAM = "tim_pelaksana"
    FORUM = "forum"


class Element(StrEnum):
    """The part of society that a member stands for."""

    GOVERNMENT = "government"
    ACADEMIA = "academia"
    BUSINESS = "business"
    COMMUNITY = "community"
    MEDIA = "media"
