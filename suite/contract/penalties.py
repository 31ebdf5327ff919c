"""What an article lets be imposed for what, on whom, by whom: the catalogue of penalties as it is declared.

Two tracks, never mixed: administrative penalties (行政处罚) are decided by organs of justice, sanctions of
the trade (行业处分) by associations and, for arbitrators, by their institution.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from suite.contract.parameters import Confidence


class Track(StrEnum):
    """Which of the two catalogues an entry belongs to."""

    ADMINISTRATIVE = "administrative"
    DISCIPLINE = "discipline"

    @property
    def words(self) -> str:
        """The word for it."""
        return {"administrative": "行政处罚", "discipline": "行业处分"}[self.value]


class Sanction(StrEnum):
    """What may be imposed, from the lightest to the heaviest of each track."""

    ORDER = "order"  # 责令改正
    STOP = "stop"  # 责令停止
    WARNING = "warning"
    CIRCULAR = "circular"  # 通报批评
    CONFISCATION = "confiscation"
    FINE = "fine"
    REPLACEMENT = "replacement"  # 建议更换负责人
    SUSPENSION = "suspension"  # 停止执业、停业整顿; of a member's rights; of appointments
    REVOCATION = "revocation"  # 吊销执业证书、撤销登记; 取消会员资格、除名
    ADMONITION = "admonition"  # 训诫
    SERIOUS_WARNING = "serious_warning"
    DEMERIT = "demerit"  # 记过
    REPRIMAND = "reprimand"  # 公开谴责

    @property
    def words(self) -> str:
        """What it is called where no article gives it a name of its own."""
        return {
            "order": "责令改正",
            "stop": "责令停止",
            "warning": "警告",
            "circular": "通报批评",
            "confiscation": "没收违法所得",
            "fine": "罚款",
            "replacement": "建议更换负责人",
            "suspension": "停止执业、停业",
            "revocation": "吊销、撤销登记、取消资格",
            "admonition": "训诫",
            "serious_warning": "严重警告",
            "demerit": "记过",
            "reprimand": "公开谴责",
        }[self.value]


class Gravity(StrEnum):
    """How grave the conduct is: some sanctions are only there for the graver."""

    ORDINARY = "ordinary"
    SERIOUS = "serious"
    GRAVE = "grave"

    @property
    def words(self) -> str:
        """The word for it, as the articles use it."""
        return {"ordinary": "一般", "serious": "情节严重", "grave": "情节特别严重"}[self.value]


class Organ(StrEnum):
    """Who decides."""

    COUNTY = "county"
    CITY = "city"
    PROVINCE = "province"
    CITY_ASSOCIATION = "city_association"
    PROVINCE_ASSOCIATION = "province_association"
    INSTITUTION = "institution"

    @property
    def words(self) -> str:
        """The word for it."""
        return {
            "county": "县级司法行政机关",
            "city": "市司法局",
            "province": "省司法厅",
            "city_association": "市行业协会",
            "province_association": "省行业协会",
            "institution": "仲裁机构",
        }[self.value]


#: 情节严重的: what an article has for the graver only.
FROM_SERIOUS = (Gravity.SERIOUS, Gravity.GRAVE)


@dataclass(frozen=True, kw_only=True)
class Decider:
    """An organ that may decide; where `switch` names a parameter, only while that says yes (委托).

    Example: `Decider(organ=Organ.CITY, switch="appraisal.penalty.city_delegated")`
    """

    organ: Organ
    switch: str = ""


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One sanction that an article allows, with its range.

    least, most: yuan of a fine, months of a suspension; a text names the parameter that holds the number
    (0: not known yet, so that nothing is within it). times: the fine as a multiple of the illegal income,
    from .. to, within `most` where that is given too. gravities: for which gravity it is there. deciders:
    where others decide it than the rest of the entry. state: what the licence of who is so punished becomes,
    empty where it stays; a suspension ends by itself, a revocation does not.

    Example: `Measure(sanction=Sanction.SUSPENSION, title="停止执业", least=3, most=6,
    gravities=FROM_SERIOUS, state="suspended")`
    """

    sanction: Sanction
    title: str
    least: int | str | None = None
    most: int | str | None = None
    times: tuple[int, int] | None = None
    gravities: tuple[Gravity, ...] = tuple(Gravity)
    deciders: tuple[Decider, ...] = ()
    state: str = ""


@dataclass(frozen=True, kw_only=True)
class Repeat:
    """What must have gone before: one of these sanctions, ended within so many months.

    Example: `Repeat(sanctions=(Sanction.WARNING,), months=12)`
    """

    sanctions: tuple[Sanction, ...]
    months: int


@dataclass(frozen=True, kw_only=True)
class PenaltyKind:
    """One entry of the catalogue: the conduct that an article names, and what it lets be imposed.

    code: as the section cites it ("L47"); several entries may share one where the article treats different
    subjects differently. subjects: kinds of record that it is for; none means those who hold no licence
    (无证). conduct: what the article names. basis, valid_from: the version of the law. alone: exactly one
    of the measures is chosen (行业处分); otherwise they may come together.

    Example: see `plugins/notary/penalties/catalogue.py`.
    """

    key: str
    code: str
    title: str
    track: Track
    subjects: tuple[str, ...]
    conduct: tuple[str, ...]
    measures: tuple[Measure, ...]
    deciders: tuple[Decider, ...]
    article: str
    basis: str
    valid_from: dt.date
    confidence: Confidence
    repeat: Repeat | None = None
    alone: bool = False

    @property
    def owner(self) -> str:
        """The plugin that declares it."""
        return self.key.split(".", 1)[0]

    @cached_property
    def by_sanction(self) -> dict[Sanction, Measure]:
        """Sanction → measure."""
        return {measure.sanction: measure for measure in self.measures}

    def deciders_of(self, sanction: Sanction) -> tuple[Decider, ...]:
        """Who may decide a sanction of it."""
        measure = self.by_sanction.get(sanction)
        return measure.deciders if measure is not None and measure.deciders else self.deciders
