"""The board of a season: units by items with their places, and one participant's sheet."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from suite.contract.assessment import AssessmentScheme, Criterion, ScoreSource
from suite.contract.commands import Actor
from suite.contract.problems import refuse
from suite.kernel.assessment.grading import outliers, ranks
from suite.kernel.assessment.marks import UNMARKED, Marks, marks_of
from suite.kernel.assessment.progress import CampaignLine, campaign_line, campaign_row, inside_of
from suite.kernel.assessment.schemes import Sheet, sheet_of_season
from suite.kernel.assessment.scores import NOT_COUNTING, ItemScore, items_of, total_from
from suite.kernel.assessment.scoring import Total
from suite.kernel.assessment.standing import UNKNOWN, WALKING, may
from suite.kernel.ledgers.current import may as may_entry
from suite.kernel.registry.current import chunks
from suite.kernel.registry.districts import full_district_names
from suite.kernel.search.pinyin import initials_of
from suite.loader.catalog import Catalog
from suite.tables import Assessment, AssessmentEvent, Campaign, LedgerEntry, Objection, Score, Subject, User


@dataclass(frozen=True, kw_only=True)
class BoardLine:
    """One participant on the board. points: item → its points; None where it does not apply. asking: items on
    which two scorers differ too far. far: items that lie out among those of the same group. initials: those
    of its name in pinyin."""

    id: int
    subject_id: int
    kind: str
    name: str
    initials: str
    body_id: int | None
    body: str
    group: str | None
    district: str | None
    standing: str
    rule: str | None
    rule_text: str
    step: str
    total: Decimal | None
    rank: int | None
    proposal: str | None
    proposed_by: str
    grade: str | None
    points: Mapping[str, Decimal | None]
    asking: frozenset[str]
    far: frozenset[str]
    marks: Marks
    version: int


class Known(NamedTuple):
    """What a board needs of a subject."""

    kind: str
    name: str
    initials: str


@dataclass(frozen=True, kw_only=True)
class Board:
    """Units × items of a season, group by group, the best first; medians, and progress by source.

    groups and districts: value → the words for it.
    """

    campaign: CampaignLine
    sheet: Sheet
    lines: tuple[BoardLine, ...]
    groups: Mapping[str, str]
    districts: Mapping[str, str]
    medians: Mapping[str | None, Mapping[str, Decimal]]
    by_source: Mapping[ScoreSource, int]


@dataclass(frozen=True, kw_only=True)
class EntryBehind:
    """The entry of a ledger that a score rests on: its text and its files are the evidence.

    Told to those alone who may read the entry where it lies.
    """

    ledger: str
    id: int
    words: str


@dataclass(frozen=True, kw_only=True)
class GivenScore:
    """One score of one scorer. `hidden`: another scorer's, until the reader has given his own."""

    id: int
    item: str
    source: ScoreSource
    by: str
    mine: bool
    on: dt.date
    points: Decimal | None
    found: Decimal | None
    due: Decimal | None
    evidence: str
    entry: EntryBehind | None = None
    hidden: bool = False


@dataclass(frozen=True, kw_only=True)
class AssessmentSheet:
    """What stands behind one participant's line: scores in force, what happened, objections."""

    campaign: CampaignLine
    sheet: Sheet
    name: str
    kind: str
    subject_id: int
    version: int
    standing: str
    step: str
    grade: str | None
    proposal: str | None
    proposed_by: str
    departure: str
    items: Mapping[str, ItemScore]
    total: Total
    scores: tuple[GivenScore, ...]
    events: tuple[tuple[dt.date, str, str, str], ...]
    objections: tuple[Objection, ...]


def board(session: Session, actor: Actor, catalog: Catalog, campaign_id: int) -> Board:
    """The board of a season. Raises Refused for one that is not there or may not be read."""
    row = campaign_row(session, actor, campaign_id)
    sheet = sheet_of_season(session, catalog, row)
    statement = select(Assessment).where(*inside_of(actor, row)).order_by(Assessment.name, Assessment.id)
    rows = list(session.scalars(statement))
    items = items_of(session, sheet, rows) if sheet.criteria else {}
    marks = marks_of(session, catalog, sheet.scheme, row)
    lines = _ranked(rows, items, _subjects(session, rows), marks)
    groups = group_titles(catalog, sheet.scheme, [line.group for line in lines])
    order = {group: place for place, group in enumerate(groups)}
    return Board(
        campaign=campaign_line(session, actor, row),
        sheet=sheet,
        lines=tuple(
            sorted(
                lines,
                key=lambda line: (
                    order.get(line.group or "", 0),
                    line.rank is None,
                    line.rank or 0,
                    line.name,
                ),
            )
        ),
        groups=groups,
        districts=full_district_names(session),
        medians=_medians(lines, sheet.criteria),
        by_source=_by_source(session, actor, row, sheet),
    )


def assessment_sheet(session: Session, actor: Actor, catalog: Catalog, assessment_id: int) -> AssessmentSheet:
    """One participant with its scores. Raises Refused for one that is not there or may not be read.

    Where an item is judged by two who do not see each other's score, a reader who scores sees the others'
    only after his own, or once the item is settled: a third scorer does not see the two who differ.
    """
    row = session.get(Assessment, assessment_id)
    campaign = campaign_row(session, actor, row.campaign_id) if row is not None else None
    if row is None or campaign is None or not may(actor, "assessment:read", row):
        raise refuse("assessment.unknown", UNKNOWN, field="assessment_id")
    sheet = sheet_of_season(session, catalog, campaign)
    items = items_of(session, sheet, [row])[row.id]
    scores = list(
        session.scalars(
            select(Score)
            .where(Score.assessment_id == row.id, Score.replaced_at.is_(None))
            .order_by(Score.item, Score.id)
        )
    )
    names: dict[str, str] = dict(session.execute(select(User.login, User.name)).all())
    kept = [score.entry_id for score in scores if score.entry_id is not None]
    entries = {
        entry.id: EntryBehind(ledger=entry.kind, id=entry.id, words=f"{entry.number} {entry.title}")
        for entry in session.scalars(select(LedgerEntry).where(LedgerEntry.id.in_(kept)))
        if may_entry(actor, "ledger:read", entry.profession, entry.district_code, entry.association)
    }
    return AssessmentSheet(
        campaign=campaign_line(session, actor, campaign),
        sheet=sheet,
        name=row.name,
        kind=session.get_one(Subject, row.subject_id).kind,
        subject_id=row.subject_id,
        version=row.version,
        standing=row.standing,
        step=row.step,
        grade=row.grade,
        proposal=row.proposal,
        proposed_by=row.proposed_by,
        departure=row.departure,
        items=items,
        total=total_from(sheet, items),
        scores=tuple(
            _given(sheet, score, scores, items, actor, names, entries)
            for score in scores
            if score.item in sheet.by_key
        ),
        events=tuple(
            (event.on_date, event.title, names.get(event.by_login, event.by_login), event.note)
            for event in session.scalars(
                select(AssessmentEvent)
                .where(AssessmentEvent.assessment_id == row.id)
                .order_by(AssessmentEvent.id)
            )
        ),
        objections=tuple(
            session.scalars(select(Objection).where(Objection.assessment_id == row.id).order_by(Objection.id))
        ),
    )


def _given(
    sheet: Sheet,
    score: Score,
    scores: Sequence[Score],
    items: Mapping[str, ItemScore],
    actor: Actor,
    names: Mapping[str, str],
    entries: Mapping[int, EntryBehind],
) -> GivenScore:
    item = items.get(score.item)
    judges = {
        other.by_login
        for other in scores
        if other.item == score.item and ScoreSource(other.source) not in NOT_COUNTING
    }
    hidden = (
        item is not None
        and sheet.by_key[score.item].independent > 1
        and ScoreSource(score.source) not in NOT_COUNTING
        and item.settled.applies
        and item.settled.points is None
        and actor.login not in judges
        and actor.may(f"{score.profession}:assessment:score")
    )
    return GivenScore(
        id=score.id,
        mine=score.by_login == actor.login,
        item=score.item,
        source=ScoreSource(score.source),
        by=names.get(score.by_login, score.by_login),
        on=score.on_date,
        points=None if hidden else score.points,
        found=None if hidden else score.found,
        due=None if hidden else score.due,
        evidence="" if hidden else score.evidence,
        entry=None if hidden else entries.get(score.entry_id or 0),
        hidden=hidden,
    )


def _ranked(
    rows: Sequence[Assessment],
    items: Mapping[int, Mapping[str, ItemScore]],
    known: Mapping[int, Known],
    marks: Mapping[int, Marks],
) -> list[BoardLine]:
    """Lines with their places and outliers among those of the same group who take part."""
    groups: defaultdict[str | None, list[Assessment]] = defaultdict(list)
    for row in rows:
        if row.standing in WALKING:
            groups[row.group].append(row)
    places: dict[int, int] = {}
    far: defaultdict[int, set[str]] = defaultdict(set)
    for members in groups.values():
        places |= ranks({row.id: row.total for row in members if row.total is not None})
        keys = {key for row in members for key in items.get(row.id, {})}
        for key in keys:
            points = {
                row.id: settled
                for row in members
                if key in items[row.id] and (settled := items[row.id][key].settled.points) is not None
            }
            for number in outliers(points):
                far[number].add(key)
    return [
        BoardLine(
            id=row.id,
            subject_id=row.subject_id,
            kind=known[row.subject_id].kind,
            name=row.name,
            initials=known[row.subject_id].initials,
            body_id=row.body_id,
            body=known[row.body_id].name if row.body_id is not None and row.body_id in known else "",
            group=row.group,
            district=row.district_code,
            standing=row.standing,
            rule=row.rule,
            rule_text=row.rule_text,
            step=row.step,
            total=row.total,
            rank=places.get(row.id),
            proposal=row.proposal,
            proposed_by=row.proposed_by,
            grade=row.grade,
            points={
                key: item.settled.points if item.settled.applies else None
                for key, item in items.get(row.id, {}).items()
                if not item.settled.applies or item.settled.points is not None
            },
            asking=frozenset(key for key, item in items.get(row.id, {}).items() if item.settled.asks_another),
            far=frozenset(far[row.id]),
            marks=marks.get(row.id, UNMARKED),
            version=row.version,
        )
        for row in rows
    ]


def _subjects(session: Session, rows: Sequence[Assessment]) -> dict[int, Known]:
    """Subject → what is known of it: of the participants, and of the bodies that they belonged to."""
    ids = {number for row in rows for number in (row.subject_id, row.body_id) if number is not None}
    found: dict[int, Known] = {}
    for part in chunks(sorted(ids)):
        for number, kind, name, key in session.execute(
            select(Subject.id, Subject.kind, Subject.name, Subject.name_key).where(Subject.id.in_(part))
        ):
            found[number] = Known(kind, name, initials_of(key))
    return found


def group_titles(catalog: Catalog, scheme: AssessmentScheme, groups: Iterable[str | None]) -> dict[str, str]:
    """The groups that occur in words, in the order of their code list."""
    values = {group for group in groups if group is not None}
    codes: dict[str, str] = {}
    for kind in scheme.kinds:
        field = catalog.kinds[kind].by_key.get(scheme.group or "")
        if field is not None and field.codes is not None:
            codes |= catalog.codes[field.codes].titles
    known = {value: title for value, title in codes.items() if value in values}
    return known | {value: value for value in sorted(values - known.keys())}


def _medians(
    lines: Sequence[BoardLine], criteria: Sequence[Criterion]
) -> dict[str | None, dict[str, Decimal]]:
    found: defaultdict[str | None, dict[str, Decimal]] = defaultdict(dict)
    for group in {line.group for line in lines}:
        for item in criteria:
            points = [
                value
                for line in lines
                if line.group == group
                and line.standing in WALKING
                and (value := line.points.get(item.key)) is not None
            ]
            if points:
                found[group][item.key] = median(points)
    return found


def _by_source(session: Session, actor: Actor, row: Campaign, sheet: Sheet) -> dict[ScoreSource, int]:
    """Source → how many participants it has scored at least once."""
    counts: dict[str, int] = dict(
        session.execute(
            select(Score.source, func.count(func.distinct(Score.assessment_id)))
            .join(Assessment, Assessment.id == Score.assessment_id)
            .where(*inside_of(actor, row), Score.replaced_at.is_(None))
            .group_by(Score.source)
        ).all()
    )
    used = [source for source in ScoreSource if any(source in item.sources for item in sheet.criteria)]
    return {source: counts.get(source.value, 0) for source in used}
