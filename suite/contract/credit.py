"""Credit as it is declared: what is written on whom for what (信用记录), and what goes to which platform.

A record is never typed where the house already knows the event: a rule looks at the case or the grade and
says what it means for the subject's credit, and when the event is annulled the record is reversed with it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from suite.contract.case_facts import CaseFacts


class CreditClass(StrEnum):
    """How grave dishonesty information is (信用修复管理办法: 轻微、一般、严重失信信息)."""

    MINOR = "minor"
    ORDINARY = "ordinary"
    SERIOUS = "serious"

    @property
    def words(self) -> str:
        """The word for it."""
        return {"minor": "轻微", "ordinary": "一般", "serious": "严重"}[self.value]


class Visibility(StrEnum):
    """Who may learn of a record."""

    PUBLIC = "public"
    INDUSTRY = "industry"
    INTERNAL = "internal"

    @property
    def words(self) -> str:
        """The word for it."""
        return {"public": "公开", "industry": "行业内", "internal": "内部"}[self.value]


@dataclass(frozen=True, kw_only=True)
class CreditContext:
    """What a rule may know of a case beside its facts.

    days: the day on which each step was last taken, by its command. partly: whether a partly substantiated
    allegation makes a complaint valid.
    """

    days: Mapping[str, dt.date]
    partly: bool = True


@dataclass(frozen=True, kw_only=True)
class CreditFinding:
    """What an event means for the credit of whom it is about.

    grade: the class of dishonesty information; None for what has none (a complaint, a review, an honour).
    visibility: where it is other than the rule's own. shown_until: the last day of display where the rule of
    the trade says it, not the class.
    """

    title: str
    content: str
    decided_on: dt.date
    organ: str
    document_no: str = ""
    grade: CreditClass | None = None
    visibility: Visibility | None = None
    shown_until: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class CreditRule:
    """What writes a credit record: a case of a work, a grade of a scheme, or somebody by hand.

    work, finds: for cases of that work, a pure function from the case after a step to what it means, or None
    where it means nothing (any more): a record that is there is then reversed. scheme, grades: for results
    of an assessment that stand. register, tells: for entries of every ledger of that name, a pure function
    from the entry's values to what it means. By hand where none is given. favourable: it speaks for the
    subject (荣誉). kinds: the kinds of record it is for; none means all.

    Example: `CreditRule(key="lawyers.credit.firm_failed", title="律师事务所年度考核不合格",
    scheme="lawyers.firm_review", grades=("failed",), visibility=Visibility.INTERNAL,
    article="律师事务所年度检查考核办法")`
    """

    key: str
    title: str
    visibility: Visibility
    article: str
    work: str = ""
    finds: Callable[[CaseFacts, CreditContext], CreditFinding | None] | None = None
    scheme: str = ""
    grades: tuple[str, ...] = ()
    register: str = ""
    tells: Callable[[Mapping[str, Any]], CreditFinding | None] | None = None
    favourable: bool = False
    order: int = 100

    @property
    def by_hand(self) -> bool:
        """Whether people enter its records."""
        return not (self.work or self.scheme or self.register)


@dataclass(frozen=True, kw_only=True)
class PlatformFeed:
    """What a platform of others shows of our records (诚信信息公示平台): a file of differences goes there.

    fields: kind of record → keys of the fields that are sent, none of them secret. without: field → values
    of records that the platform does not show. reviews: keys of the schemes whose grades are sent. Penalties
    and sanctions go while they are displayed.

    Example: see `plugins/lawyers/credit/`.
    """

    key: str
    title: str
    article: str
    fields: Mapping[str, tuple[str, ...]]
    without: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    reviews: tuple[str, ...] = ()

    @property
    def owner(self) -> str:
        """The plugin that declares it; also the profession that rights are scoped by."""
        return self.key.split(".", 1)[0]
