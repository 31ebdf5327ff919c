"""Commands about plans of inspections, their draws, and who keeps away."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from suite.contract.commands import Command, KindCommand


@dataclass(frozen=True, kw_only=True)
class StratumGiven:
    """A rate of its own, in per cent: for a risk class (ordinary, watched, key), a district code, or both."""

    rate: Decimal
    risk: str | None = None
    district: str | None = None


@dataclass(frozen=True, kw_only=True)
class PlanInspection(KindCommand):
    """Lay down whom to inspect, how many of them, and who the inspectors are drawn from.

    kind: of the records that are drawn from. rate: per cent of those that no stratum takes. district: for a
    plan of one district. inspectors: logins.
    """

    permission: ClassVar[str] = "{owner}:case:handle"
    title: ClassVar[str] = "制定检查计划"

    kind: str
    name: str
    basis: str
    first_day: dt.date
    last_day: dt.date
    rate: Decimal
    inspectors: tuple[str, ...]
    strata: tuple[StratumGiven, ...] = ()
    by_district: bool = False
    per_subject: int = 2
    district: str | None = None


@dataclass(frozen=True, kw_only=True)
class DrawInspection(Command):
    """Draw for a plan. It is made once and stays; there is no trial run.

    Nobody chooses the seed: the program takes it from the system's source of chance in that moment, and it
    stands in the record, from which anyone replays the draw.
    """

    permission: ClassVar[str] = "{owner}:case:handle"
    title: ClassVar[str] = "随机抽取"
    discloses: ClassVar[bool] = True

    plan: int


@dataclass(frozen=True, kw_only=True)
class VoidDraw(Command):
    """Cross a draw out, with the reason, so that another may be made. It stays to be read and replayed."""

    permission: ClassVar[str] = "{owner}:case:review"
    title: ClassVar[str] = "作废抽取"

    draw: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class OpenDrawnInspections(Command):
    """Open an inspection for everyone who was drawn, with the inspectors that were drawn for it."""

    permission: ClassVar[str] = "{owner}:case:handle"
    title: ClassVar[str] = "按抽取结果登记检查"

    draw: int


@dataclass(frozen=True, kw_only=True)
class RecordRecusal(KindCommand):
    """An inspector keeps away (回避) from a subject of a kind, or from all members of an association.

    relation: a value of `core.recusal_relation`.
    """

    permission: ClassVar[str] = "{owner}:case:handle"
    title: ClassVar[str] = "登记回避"

    kind: str
    login: str
    relation: str
    reason: str
    subject_id: int | None = None
    association: str | None = None


@dataclass(frozen=True, kw_only=True)
class EndRecusal(Command):
    """The reason to keep away has ended. Draws made before are not touched."""

    permission: ClassVar[str] = "{owner}:case:handle"
    title: ClassVar[str] = "解除回避"

    recusal: int
