"""The commands of assessments: what may be written about schemes, seasons and those who take part."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar

from suite.contract.assessment import Criterion
from suite.contract.commands import Command


@dataclass(frozen=True, kw_only=True)
class SaveScheme(Command):
    """Revise a scheme's sheet: a new version for the seasons to come. `grades`: grade → points from which."""

    permission: ClassVar[str] = "{owner}:assessment:run"
    title: ClassVar[str] = "修订考核方案"

    scheme: str
    base_version: int
    criteria: tuple[Criterion, ...]
    note: str
    grades: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class OpenCampaign(Command):
    """Open a season for a period, both days inclusive: who takes part is settled as of `frozen_on`.

    `frozen_on`: the period's last day where it is not given. `actors`: step → action, for the steps that this
    season gives to others than the scheme says, where the scheme leaves that open.
    """

    permission: ClassVar[str] = "{owner}:assessment:run"
    title: ClassVar[str] = "开展考核"

    scheme: str
    heading: str
    first: dt.date
    last: dt.date
    frozen_on: dt.date | None = None
    actors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class TakeAssessmentStep(Command):
    """Take the same step for many participants of a season: materials came in, the county agrees, stamped.

    All or none: who cannot take it is named.
    """

    permission: ClassVar[str] = "{owner}:assessment:read"
    title: ClassVar[str] = "办理考核环节"

    campaign_id: int
    step: str
    assessments: tuple[int, ...]
    on: dt.date | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ChangeStanding(Command):
    """Say that a participant takes part or does not, takes part without a grade, or waits; with the reason.

    standing: in, outside, ungraded or deferred.
    """

    permission: ClassVar[str] = "{owner}:assessment:run"
    title: ClassVar[str] = "变更参加情况"

    assessment_id: int
    expected_version: int
    standing: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ScoreGiven:
    """What a scorer found of one item: see `points_of`. Neither `found` nor `due`: it does not apply.

    entry: the entry of a ledger about the participant, with its files, that the score rests on.
    """

    item: str
    found: Decimal | None
    due: Decimal | None = None
    evidence: str = ""
    entry: int | None = None


@dataclass(frozen=True, kw_only=True)
class ScoreAssessment(Command):
    """Score items of one participant from one source; earlier scores of the same scorer are replaced."""

    permission: ClassVar[str] = "{owner}:assessment:score"
    title: ClassVar[str] = "评分"

    assessment_id: int
    source: str
    scores: tuple[ScoreGiven, ...]
    on: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class TakeBackScores(Command):
    """Take one's own scores back, as if they had not been given; the trace keeps them."""

    permission: ClassVar[str] = "{owner}:assessment:score"
    title: ClassVar[str] = "撤回评分"

    assessment_id: int
    scores: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class RemindParticipants(Command):
    """Note that participants were reminded of the step that they owe; refused where one owes it no more.

    `document`: what went out, for the file.
    """

    permission: ClassVar[str] = "{owner}:assessment:report"
    title: ClassVar[str] = "催报"

    campaign_id: int
    step: str
    assessments: tuple[int, ...]
    document: str = ""
    on: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class FollowMoves(Command):
    """Let the files of those who changed body or district in mid-season go along with them."""

    permission: ClassVar[str] = "{owner}:assessment:run"
    title: ClassVar[str] = "考核材料随调动转移"

    campaign_id: int


@dataclass(frozen=True, kw_only=True)
class AddMissing(Command):
    """Take into a season that runs whom the roster did not know yet when it was opened.

    That is who, as it is recorded now, was on it on the day that settled who takes part; the rules say how.
    """

    permission: ClassVar[str] = "{owner}:assessment:run"
    title: ClassVar[str] = "补列参加对象"

    campaign_id: int


@dataclass(frozen=True, kw_only=True)
class ProposeGrades(Command):
    """Work out anew what grade the records and points of everybody lead to; decided grades stay."""

    permission: ClassVar[str] = "{owner}:assessment:run"
    title: ClassVar[str] = "重新测算等次建议"

    campaign_id: int


@dataclass(frozen=True, kw_only=True)
class GradeGiven:
    """The grade of one participant; None takes the proposal. A departure from it needs the reason."""

    assessment_id: int
    expected_version: int
    grade: str | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class DecideGrades(Command):
    """Decide the grades of many participants, all or none. Who may, the scheme's deciding step says."""

    permission: ClassVar[str] = "{owner}:assessment:read"
    title: ClassVar[str] = "评定等次"

    campaign_id: int
    grades: tuple[GradeGiven, ...]
    on: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class NoticeCampaign(Command):
    """Show the results before they stand (公示)."""

    permission: ClassVar[str] = "{owner}:assessment:run"
    title: ClassVar[str] = "公示考核结果"

    campaign_id: int
    expected_version: int
    on: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class RaiseObjection(Command):
    """Enter that a participant disputes the result."""

    permission: ClassVar[str] = "{owner}:assessment:report"
    title: ClassVar[str] = "登记异议"

    assessment_id: int
    text: str
    on: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class DecideObjection(Command):
    """Answer an objection: the result is kept, or scores are put right, or the grade becomes another one.

    scores: what items come to instead, which stands above all other scores of them; for these one must be
    allowed to score. grade: None leaves it, or with scores gives the one that the new total leads to. Who may
    is who decides grades.
    """

    permission: ClassVar[str] = "{owner}:assessment:read"
    title: ClassVar[str] = "答复异议"

    objection_id: int
    reason: str
    grade: str | None = None
    scores: tuple[ScoreGiven, ...] = ()
    on: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class CloseCampaign(Command):
    """The results stand: they are published under a document number and the season ends."""

    permission: ClassVar[str] = "{owner}:assessment:run"
    title: ClassVar[str] = "公布考核结果"

    campaign_id: int
    expected_version: int
    document_no: str
    on: dt.date | None = None
