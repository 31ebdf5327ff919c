"""The circular (通报) of a season: who took part and why others did not, results, scores, what follows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from suite.contract.assessment import SheetPart
from suite.contract.commands import Actor
from suite.contract.problems import refuse
from suite.kernel.assessment.boards import Board, BoardLine
from suite.kernel.assessment.following import DONE, DROPPED, MeasureLine, measure_lines
from suite.kernel.assessment.progress import campaign_row, inside_of
from suite.kernel.assessment.results import CHANGED
from suite.kernel.assessment.standing import (
    CLOSED,
    DEFERRED,
    IN,
    NOTICED,
    OUTSIDE,
    STANDINGS,
    UNGRADED,
    WALKING,
)
from suite.kernel.documents.annex import Annex
from suite.loader.catalog import Catalog
from suite.tables import Assessment, Objection

#: A grade that more than so many have is told by its number; the list of results names them.
MOST_NAMES = 60
#: By what participants of several kinds are counted.
SEVERAL = "个"
#: So many items with the lowest share of their points are named.
WEAKEST = 5
#: A table of so many places at most is set behind the text.
MOST_RANKED = 1_000


@dataclass(frozen=True, kw_only=True)
class Circular:
    """What a circular says: the values of its placeholders, and the tables behind it."""

    title: str
    words: Mapping[str, Any]
    annexes: tuple[Annex, ...]
    subjects: tuple[int, ...]


def circular(
    session: Session, actor: Actor, catalog: Catalog, board: Board, *, organ: str, day: str, number: str = ""
) -> Circular:
    """The circular of a season as far as the actor may read it. Raises Refused while nobody is graded."""
    row = campaign_row(session, actor, board.campaign.id)
    answered: Counter[str] = Counter()
    for outcome, many in session.execute(
        select(Objection.outcome, func.count())
        .join(Assessment, Assessment.id == Objection.assessment_id)
        .where(*inside_of(actor, row))
        .group_by(Objection.outcome)
    ):
        answered[outcome or ""] += many
    measures = measure_lines(session, actor, catalog, campaign_id=row.id, settled=True)
    units = {catalog.kinds[kind].unit for kind in catalog.schemes[row.scheme].kinds}
    unit = units.pop() if len(units) == 1 else SEVERAL
    return compose(board, answered, measures, unit=unit, organ=organ, day=day, number=number)


def compose(
    board: Board,
    answered: Mapping[str, int],
    measures: Sequence[MeasureLine],
    *,
    unit: str,
    organ: str,
    day: str,
    number: str = "",
) -> Circular:
    """From what was read. answered: outcome of objections → how many, the empty one for those still open.
    unit: what those who take part are counted by (人, 家)."""
    campaign = board.campaign
    if not any(line.grade is not None for line in board.lines):
        text = "还没有评定等次的对象，没有可以通报的结果。评定后再制作通报。"
        raise refuse("season.list_empty", text, field="campaign_id")
    standings = Counter(line.standing for line in board.lines)
    taking = [line for line in board.lines if line.standing == IN]
    graded = [line for line in taking if line.grade is not None]
    state = {NOTICED: f"结果公示至{campaign.notice_until}", CLOSED: f"结果已公布（{campaign.document_no}）"}
    words = {
        "发文机关": organ,
        "文号": number or campaign.document_no or "",
        "成文日期": day,
        "考核": campaign.title,
        "期间": f"{campaign.first}至{campaign.last}",
        "状态": state.get(campaign.state, f"截至{day}，考核仍在进行"),
        "量词": unit,
        "对象": f"{len(board.lines):,}",
        "参加": f"{standings[IN] + standings[UNGRADED]:,}",
        "已评定": f"{len(graded):,}",
        "未评定": f"{len(taking) - len(graded):,}" if len(graded) < len(taking) else "",
        "例外": _exceptions(board.lines),
        "等次": _grades(board, graded),
        "指标": _headings(board, taking),
        "薄弱": _weakest(board, taking),
        "异议": f"{sum(answered.values()):,}" if answered else "",
        "更正": f"{answered.get(CHANGED, 0):,}",
        "未答复": f"{answered['']:,}" if answered.get("") else "",
        "措施": _measures(measures),
    }
    annexes = tuple(annex for annex in (_by_place(board), _ranking(board)) if annex is not None)
    return Circular(
        title=f"关于{campaign.title}情况的通报",
        words=words,
        annexes=annexes,
        subjects=tuple(line.subject_id for line in board.lines),
    )


def _share(part: Decimal | int, whole: Decimal | int) -> str:
    if not whole:
        return "—"
    share = Decimal(100) * Decimal(part) / Decimal(whole)
    return f"{share.quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


def _exceptions(lines: Sequence[BoardLine]) -> list[dict[str, str]]:
    order = (OUTSIDE, UNGRADED, DEFERRED)
    found = Counter((line.standing, line.rule_text) for line in lines if line.standing in order)
    return [
        {"情形": f"{STANDINGS[standing]}：{text}" if text else STANDINGS[standing], "人数": f"{many:,}"}
        for (standing, text), many in sorted(found.items(), key=lambda one: (order.index(one[0][0]), -one[1]))
    ]


def _grades(board: Board, graded: Sequence[BoardLine]) -> list[dict[str, str]]:
    told = []
    for grade in board.sheet.grades:
        names = [line.name for line in graded if line.grade == grade.key]
        told.append(
            {
                "等次": grade.title,
                "人数": f"{len(names):,}",
                "占比": _share(len(names), len(graded)),
                "名单": "、".join(names) if len(names) <= MOST_NAMES else "",
            }
        )
    return told


def _earned(taking: Sequence[BoardLine], items: Mapping[str, Decimal]) -> tuple[Decimal, Decimal]:
    """What those who take part earned of these items (key → full points), and what they could have."""
    earned, full = Decimal(0), Decimal(0)
    for line in taking:
        for key, most in items.items():
            points = line.points.get(key)
            if points is not None:
                earned, full = earned + points, full + most
    return earned, full


def _headings(board: Board, taking: Sequence[BoardLine]) -> list[dict[str, str]]:
    """The first-level indicators with the share of their points, in the order of the sheet."""
    items = [item for item in board.sheet.criteria if item.part is SheetPart.ITEM]
    told = []
    for heading in dict.fromkeys(item.heading for item in items):
        earned, full = _earned(taking, {item.key: item.most for item in items if item.heading == heading})
        if full:
            told.append({"名称": heading, "得分率": _share(earned, full)})
    return told


def _weakest(board: Board, taking: Sequence[BoardLine]) -> list[dict[str, str]]:
    """The items of which the least was earned."""
    shares = []
    for place, item in enumerate(board.sheet.criteria):
        if item.part is SheetPart.ITEM:
            earned, full = _earned(taking, {item.key: item.most})
            if full and earned < full:
                shares.append((earned / full, place, item.title, _share(earned, full)))
    return [{"名称": title, "得分率": words} for _, _, title, words in sorted(shares)[:WEAKEST]]


def _measures(measures: Sequence[MeasureLine]) -> list[dict[str, str]]:
    told = []
    for title in dict.fromkeys(line.title for line in measures if line.outcome != DROPPED):
        alike = [line for line in measures if line.title == title and line.outcome != DROPPED]
        done = sum(line.outcome == DONE for line in alike)
        state = f"已落实{done:,}" if all(line.settles for line in alike) else f"至{alike[-1].until}期满"
        told.append({"措施": title, "项数": f"{len(alike):,}", "落实": state})
    return told


def _by_place(board: Board) -> Annex | None:
    """District by district: who takes part, and the grades."""
    places: dict[str, list[BoardLine]] = {}
    for line in sorted(board.lines, key=lambda line: line.district or "9"):
        places.setdefault(board.districts.get(line.district or "", "市本级"), []).append(line)
    if len(places) < 2:
        return None
    rows = [
        (
            title,
            f"{sum(line.standing in WALKING for line in lines):,}",
            *(f"{sum(line.grade == grade.key for line in lines):,}" for grade in board.sheet.grades),
        )
        for title, lines in places.items()
    ]
    return Annex(
        title="各地评定情况",
        headings=("区县", "参加", *(grade.title for grade in board.sheet.grades)),
        rows=tuple(rows),
    )


def _ranking(board: Board) -> Annex | None:
    """Group by group the places, where there are points."""
    ranked = [line for line in board.lines if line.rank is not None and line.standing == IN]
    if not ranked or len(ranked) > MOST_RANKED:
        return None
    titles = {grade.key: grade.title for grade in board.sheet.grades}
    rows = [
        (
            board.groups.get(line.group or "", line.group or ""),
            str(line.rank),
            line.name,
            "" if line.total is None else str(line.total),
            titles.get(line.grade or "", ""),
        )
        for line in ranked
    ]
    return Annex(title="得分和名次", headings=("分组", "名次", "名称", "得分", "等次"), rows=tuple(rows))
