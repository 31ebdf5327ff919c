"""What participants of a season handed in, looked through: timeliness, trends, outliers, the same twice."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import false, select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.contract.materials import Materials
from suite.contract.time_limits import Unit
from suite.kernel.assessment.grading import outliers
from suite.kernel.assessment.materials import Handed, Timeliness, jumps, period_ends, timeliness, trend
from suite.kernel.assessment.progress import campaign_row, inside_of
from suite.kernel.assessment.resemblance import alike
from suite.kernel.assessment.schemes import scheme_of
from suite.kernel.assessment.standing import IN
from suite.kernel.clocks.calendar import work_calendar
from suite.kernel.clocks.rules import due_of
from suite.kernel.clocks.spans import years_after
from suite.kernel.ledgers.sheet import ENTRIES, SUBJECTS, LedgerSheet, ledger_sheet
from suite.kernel.registry.current import chunks
from suite.kernel.search.queries import scope_condition
from suite.loader.catalog import Catalog
from suite.tables import Assessment, Attachment, Campaign, Case, LedgerFile

#: How far back what was handed in is compared with what is handed in now.
YEARS_BACK = 2


@dataclass(frozen=True, kw_only=True)
class MaterialLine:
    """One participant: how its periods stand; figure → its run period by period, where it jumps, and whether
    its sum lies far from those of the same group."""

    assessment_id: int
    name: str
    group: str | None
    timeliness: Timeliness
    runs: Mapping[str, tuple[Decimal, ...]]
    jumps: Mapping[str, tuple[dt.date, ...]]
    far: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Held:
    """Where something that was handed in is kept: the key of a ledger, empty for a case; and the number of
    the entry or of the case."""

    ledger: str
    id: int


@dataclass(frozen=True, kw_only=True)
class Twice:
    """The same thing handed in twice: a text by the share that both have, a file by its content. at: where
    the first and the second are kept."""

    what: str
    first: str
    second: str
    share: float
    at: tuple[Held, Held]


@dataclass(frozen=True, kw_only=True)
class Analysis:
    """A season's materials. `figures`: key → the column's title; `ends`: the periods of the season."""

    ends: tuple[dt.date, ...]
    figures: Mapping[str, str]
    lines: tuple[MaterialLine, ...]
    twice: tuple[Twice, ...]


@dataclass(frozen=True, kw_only=True)
class _Told:
    """What an entry says besides: whose it is, and its text."""

    subject_id: int
    handed: Handed
    text: str


def analysis(
    session: Session,
    actor: Actor,
    catalog: Catalog,
    campaign_id: int,
    parameters: Mapping[str, Any],
    today: dt.date,
) -> Analysis | None:
    """The materials of a season as far as the actor may read them; None where the scheme has none.

    Raises Refused for a season that is not there or may not be read.
    """
    row = campaign_row(session, actor, campaign_id)
    materials = scheme_of(catalog, row.scheme).materials
    if materials is None:
        return None
    inside = (*inside_of(actor, row), Assessment.standing == IN)
    rows = list(session.scalars(select(Assessment).where(*inside).order_by(Assessment.name)))
    sheet = ledger_sheet(catalog, materials.ledger)
    told = _told(session, actor, sheet, materials, rows, row)
    lines = material_lines(session, catalog, materials, rows, told, row, parameters, today)
    ends = period_ends(row.first, row.last, int(parameters[materials.every]))
    names = {item.subject_id: item.name for item in rows}
    return Analysis(
        ends=ends,
        figures={key: sheet.by_key[key].title for key in materials.figures},
        lines=tuple(lines),
        twice=(
            *_same_texts(sheet.key, told, names, row, float(str(parameters[materials.alike]))),
            *_same_files(session, actor, row),
        ),
    )


def material_lines(
    session: Session,
    catalog: Catalog,
    materials: Materials,
    rows: Sequence[Assessment],
    told: Sequence[_Told],
    campaign: Campaign,
    parameters: Mapping[str, Any],
    today: dt.date,
) -> list[MaterialLine]:
    """Participant by participant, from what was read of the ledger."""
    ends = period_ends(campaign.first, campaign.last, int(parameters[materials.every]))
    limit, calendar = catalog.limits[materials.limit], work_calendar(session)
    length = int(parameters[limit.n])
    due = {end: due_of(end, length, Unit(limit.unit), calendar, roll=limit.roll).due for end in ends}
    by_unit: defaultdict[int, list[Handed]] = defaultdict(list)
    for item in told:
        by_unit[item.subject_id].append(item.handed)
    least = int(parameters[materials.least_text])
    runs = {
        row.id: {key: trend(by_unit[row.subject_id], key, ends) for key in materials.figures} for row in rows
    }
    far = _far(rows, runs, materials.figures)
    return [
        MaterialLine(
            assessment_id=row.id,
            name=row.name,
            group=row.group,
            timeliness=timeliness(
                {end: day for end, day in due.items() if day is not None},
                by_unit[row.subject_id],
                least,
                today,
            ),
            runs=runs[row.id],
            jumps={
                key: tuple(ends[place] for place in places)
                for key, run in runs[row.id].items()
                if (places := jumps(run))
            },
            far=far[row.id],
        )
        for row in rows
    ]


def _far(
    rows: Sequence[Assessment],
    runs: Mapping[int, Mapping[str, tuple[Decimal, ...]]],
    figures: Sequence[str],
) -> Mapping[int, frozenset[str]]:
    """Participant → the figures whose sum lies far from those of its group."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    for group in {row.group for row in rows}:
        for key in figures:
            sums = {row.id: sum(runs[row.id][key], Decimal(0)) for row in rows if row.group == group}
            for number in outliers(sums):
                found[number].add(key)
    return {row.id: frozenset(found[row.id]) for row in rows}


def _told(
    session: Session,
    actor: Actor,
    sheet: LedgerSheet,
    materials: Materials,
    rows: Sequence[Assessment],
    campaign: Campaign,
) -> list[_Told]:
    """Entries of the participants, of the season and of the years before with which they are compared."""
    columns = {
        key: ENTRIES.c[sheet.by_key[key].name]
        for key in (materials.text, materials.period, *materials.figures)
    }
    scopes = actor.scopes(f"{sheet.owner}:ledger:read")
    since = years_after(campaign.first.replace(day=1), -YEARS_BACK)
    found = []
    for part in chunks([row.subject_id for row in rows]):
        statement = (
            select(
                SUBJECTS.c.subject_id,
                ENTRIES.c.id,
                ENTRIES.c.number,
                ENTRIES.c.title,
                ENTRIES.c.day,
                *(column.label(f"c_{key}") for key, column in columns.items()),
            )
            .join(SUBJECTS, SUBJECTS.c.entry_id == ENTRIES.c.id)
            .where(
                ENTRIES.c.kind == sheet.key,
                ENTRIES.c.struck_at.is_(None),
                SUBJECTS.c.role == "subject",
                SUBJECTS.c.subject_id.in_(part),
                columns[materials.period] >= since,
                columns[materials.period] <= campaign.last,
                scope_condition(ENTRIES.c, scopes) if scopes else false(),
            )
            .order_by(ENTRIES.c.id)
        )
        for item in session.execute(statement).mappings():
            text = str(item[f"c_{materials.text}"] or "")
            found.append(
                _Told(
                    subject_id=item["subject_id"],
                    handed=Handed(
                        entry_id=item["id"],
                        number=item["number"],
                        title=item["title"],
                        day=item["day"],
                        period=item[f"c_{materials.period}"],
                        length=len("".join(text.split())),
                        figures={key: Decimal(item[f"c_{key}"] or 0) for key in materials.figures},
                    ),
                    text=text,
                )
            )
    return found


def _label(item: _Told, names: Mapping[int, str]) -> str:
    handed = item.handed
    return f"{names[item.subject_id]} {handed.number}“{handed.title[:40]}”（{handed.day}）"


def _same_texts(
    ledger: str, told: Sequence[_Told], names: Mapping[int, str], campaign: Campaign, least: float
) -> list[Twice]:
    """Texts that are alike, of which at least one belongs to the season."""
    by_key = {f"{place:06}": item for place, item in enumerate(told)}
    return [
        Twice(
            what="内容雷同",
            first=_label(by_key[pair.first], names),
            second=_label(by_key[pair.second], names),
            share=pair.share,
            at=(
                Held(ledger=ledger, id=by_key[pair.first].handed.entry_id),
                Held(ledger=ledger, id=by_key[pair.second].handed.entry_id),
            ),
        )
        for pair in alike({key: item.text for key, item in by_key.items()}, least)
        if max(by_key[pair.first].handed.period, by_key[pair.second].handed.period) >= campaign.first
    ]


def _same_files(session: Session, actor: Actor, campaign: Campaign) -> list[Twice]:
    """Files of equal content in two cases or ledger entries of the profession, the later of the season.

    Evidence of duty lists, photographs of checks, what came with a report.
    """
    since = years_after(campaign.first.replace(day=1), -YEARS_BACK)
    holders: defaultdict[str, dict[Held, _Holder]] = defaultdict(dict)
    for holder in sorted(
        (*_in_cases(session, actor, campaign, since), *_in_entries(session, actor, campaign, since)),
        key=lambda item: (item.day, item.label),
    ):
        holders[holder.sha256].setdefault(holder.at, holder)
    found = []
    for held in holders.values():
        first, *others = held.values()
        found += [
            Twice(
                what="同一文件",
                first=first.label,
                second=other.label,
                share=1.0,
                at=(first.at, other.at),
            )
            for other in others
            if other.day >= campaign.first
        ]
    return found


@dataclass(frozen=True, kw_only=True)
class _Holder:
    """A case or an entry that holds a file."""

    at: Held
    sha256: str
    day: dt.date
    label: str


def _in_cases(session: Session, actor: Actor, campaign: Campaign, since: dt.date) -> list[_Holder]:
    scopes = actor.scopes(f"{campaign.profession}:case:read")
    rows = session.execute(
        select(Attachment.sha256, Attachment.file_name, Case.id, Case.number, Case.title, Case.opened)
        .join(Case, Case.id == Attachment.case_id)
        .where(
            Case.profession == campaign.profession,
            Case.opened >= since,
            Attachment.struck_at.is_(None),
            scope_condition(Case, scopes) if scopes else false(),
        )
    )
    return [
        _Holder(
            at=Held(ledger="", id=row.id),
            sha256=row.sha256,
            day=row.opened,
            label=f"{row.number} {row.title}“{row.file_name}”（{row.opened}）",
        )
        for row in rows
    ]


def _in_entries(session: Session, actor: Actor, campaign: Campaign, since: dt.date) -> list[_Holder]:
    scopes = actor.scopes(f"{campaign.profession}:ledger:read")
    rows = session.execute(
        select(
            LedgerFile.sha256,
            LedgerFile.file_name,
            ENTRIES.c.id,
            ENTRIES.c.kind,
            ENTRIES.c.number,
            ENTRIES.c.title,
            ENTRIES.c.day,
        )
        .join(ENTRIES, ENTRIES.c.id == LedgerFile.entry_id)
        .where(
            ENTRIES.c.profession == campaign.profession,
            ENTRIES.c.day >= since,
            ENTRIES.c.struck_at.is_(None),
            LedgerFile.struck_at.is_(None),
            scope_condition(ENTRIES.c, scopes) if scopes else false(),
        )
    )
    return [
        _Holder(
            at=Held(ledger=row.kind, id=row.id),
            sha256=row.sha256,
            day=row.day,
            label=f"台账 {row.number}“{row.title[:40]}”附件“{row.file_name}”（{row.day}）",
        )
        for row in rows
    ]
