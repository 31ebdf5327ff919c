"""Entering an indicator set: a new plan, or other targets for one that is declared. It is saved whole."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import delete, select

from suite.contract.commands import Change, Command, Done, Handler
from suite.contract.indicators import Level, Nature
from suite.contract.problems import Problem, ProblemKind, Refused, refuse
from suite.kernel.executor.work import Transaction
from suite.kernel.indicators.declarations import SET_EDIT
from suite.tables import SetTarget, TargetSet

CHANGED = "core.target_set"
_NAME = re.compile(r"[a-z][a-z0-9-]{1,58}")
_NUMBER = re.compile(r"[1-9]\d{0,2}|[A-Z]\d{1,3}")
MOST = Decimal(10) ** 12
PLACES = Decimal("0.0001")
MOST_TARGETS = 300


@dataclass(frozen=True, kw_only=True)
class TargetRow:
    """What a set wants of an indicator: `no` is its number (11) or code (T9) in the set."""

    indicator: str
    no: str
    value: Decimal
    year: int
    article: str = ""
    level: str = ""
    nature: str = ""
    baseline: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class SaveIndicatorSet(Command):
    """Save an indicator set with all its targets; those that are not given are wanted no more.

    name: plan-2026-2030. first, last: its period, both inclusive. expected_version: 0 for a new set and for
    a declared one that was not changed before.
    """

    permission: ClassVar[str] = SET_EDIT
    title: ClassVar[str] = "保存指标体系"

    name: str
    title_text: str
    source: str
    first: dt.date
    last: dt.date
    targets: tuple[TargetRow, ...]
    expected_version: int = 0


def save_indicator_set(command: SaveIndicatorSet, work: Transaction) -> Done:
    """Write the set and its targets. Refuses, all at once, whatever does not fit, and a set that moved on."""
    problems = [*_set_problems(command), *_target_problems(command, work)]
    if problems:
        raise Refused(problems)
    row = work.session.get(TargetSet, command.name)
    if (row.version if row else 0) != command.expected_version:
        text = f"指标体系“{command.title_text}”已被他人修改，请刷新后再保存。您填写的内容仍在。"
        raise refuse("indicator_set.stale", text, ProblemKind.STALE, field="expected_version")
    if row is None:
        row = TargetSet(key=command.name, version=0)
        work.session.add(row)
    row.title, row.source = command.title_text.strip(), command.source.strip()
    row.first, row.last, row.version = command.first, command.last, row.version + 1
    work.session.flush()
    _save_targets(command, work)
    return Done(
        text=f"已保存指标体系“{row.title}”，{len(command.targets)} 项目标",
        changes=(Change(kind=CHANGED, ids=(row.version,)),),
        result={"name": row.key, "version": row.version},
    )


def _save_targets(command: SaveIndicatorSet, work: Transaction) -> None:
    """Only what differs is written, so that the trace tells what was changed."""
    kept = {
        row.indicator: row
        for row in work.session.scalars(select(SetTarget).where(SetTarget.set_key == command.name))
    }
    wanted = {target.indicator: target for target in command.targets}
    moved = [key for key, row in kept.items() if key not in wanted or row.no != wanted[key].no.strip()]
    # A number may pass from one indicator to another: those go first that leave theirs.
    work.session.execute(
        delete(SetTarget).where(SetTarget.set_key == command.name, SetTarget.indicator.in_(moved))
    )
    for row in kept.values():
        if row.indicator in moved:
            work.session.expunge(row)
    for key, target in wanted.items():
        row = (
            kept[key] if key in kept and key not in moved else SetTarget(set_key=command.name, indicator=key)
        )
        row.no, row.value, row.year = target.no.strip(), target.value, target.year
        row.article, row.baseline = target.article.strip(), target.baseline
        row.level, row.nature = target.level or None, target.nature or None
        work.session.add(row)
    work.session.flush()


def _set_problems(command: SaveIndicatorSet) -> Iterator[Problem]:
    if not _NAME.fullmatch(command.name):
        text = "名称应为小写字母、数字和连字符，如 plan-2026-2030，请改正。"
        yield Problem(code="indicator_set.name", text=text, field="name")
    for field, value in (("title_text", command.title_text), ("source", command.source)):
        if not value.strip():
            yield Problem(code="required", text="请写明指标体系的名称和依据文件。", field=field)
        elif len(value) > 200:
            yield Problem(code="text.long", text=f"最多 200 字，现有 {len(value)} 字。", field=field)
    if command.last < command.first:
        yield Problem(code="date.order", text="期间的结束日期早于开始日期，请改正。", field="last")
    if len(command.targets) > MOST_TARGETS:
        yield Problem(code="indicator_set.many", text=f"最多 {MOST_TARGETS} 项目标。", field="targets")


def _target_problems(command: SaveIndicatorSet, work: Transaction) -> Iterator[Problem]:
    numbers = Counter(target.no.strip() for target in command.targets)
    keys = Counter(target.indicator for target in command.targets)
    for place, target in enumerate(command.targets):
        indicator = work.catalog.indicators.get(target.indicator)
        words = indicator.title if indicator else target.indicator[:60]
        if indicator is None:
            text = f"没有指标 {words}，或声明它的插件未启用。可用 suite indicators 查看全部。"
            yield Problem(code="indicator.unknown", text=text, row=place, field="indicator")
        if keys[target.indicator] > 1:
            text = f"“{words}”出现了 {keys[target.indicator]} 次，请只留一次。"
            yield Problem(code="indicator_set.twice", text=text, row=place, field="indicator")
        if not _NUMBER.fullmatch(target.no.strip()):
            text = f"“{words}”的序号应如 11 或 T9，现为“{target.no[:10]}”。"
            yield Problem(code="indicator_set.no", text=text, row=place, field="no")
        elif numbers[target.no.strip()] > 1:
            text = f"序号 {target.no} 用了 {numbers[target.no.strip()]} 次，请改正。"
            yield Problem(code="indicator_set.no_twice", text=text, row=place, field="no")
        for field, value in (("value", target.value), ("baseline", target.baseline)):
            if value is not None and not (
                value.is_finite() and 0 <= value < MOST and value == value.quantize(PLACES)
            ):
                text = f"“{words}”的数值应为不小于 0、最多四位小数的数字。"
                yield Problem(code="indicator_set.value", text=text, row=place, field=field)
        if not command.first.year <= target.year <= command.last.year + 20:
            text = f"“{words}”的目标年份 {target.year} 不在体系期间之内或之后 20 年，请改正。"
            yield Problem(code="indicator_set.year", text=text, row=place, field="year")
        if len(target.article) > 200:
            yield Problem(code="text.long", text=f"“{words}”的出处最多 200 字。", row=place, field="article")
        if target.level and target.level not in list(Level):
            text = f"“{words}”的级别应为{'、'.join(Level)}，现为“{target.level[:10]}”。"
            yield Problem(code="indicator_set.level", text=text, row=place, field="level")
        if target.nature and target.nature not in list(Nature):
            text = f"“{words}”的性质应为{'、'.join(Nature)}，现为“{target.nature[:10]}”。"
            yield Problem(code="indicator_set.nature", text=text, row=place, field="nature")


HANDLERS: Mapping[type[Command], Handler] = {SaveIndicatorSet: save_indicator_set}
