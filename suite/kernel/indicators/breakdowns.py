"""A number of cases told apart by bodies or by a field: how many in each part, over what was recorded."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from suite.contract.indicators import Breakdown, Cases, Count, Figure, Members, Ratio, Side
from suite.kernel.indicators.figures import parts_on
from suite.kernel.indicators.members import Asked
from suite.kernel.indicators.reading import MOST_WRITTEN, Reader, Reading
from suite.kernel.indicators.rules import Number, ratio
from suite.tables import CaseParty, Subject

#: What the cases do not say.
NOTHING = "未填写"


def told_apart(reader: Reader, measure: Ratio | Count, breakdown: Breakdown) -> list[tuple[str, Reading]]:
    """The parts by name, the highest value first, those without one by their count.

    A part that nothing was recorded of below the line has no value: what is not known is not zero.
    """
    above = _parts(reader, measure.a, breakdown)
    below = _parts(reader, measure.b, breakdown) if isinstance(measure, Ratio) else {}
    found = []
    for key, name in _names(reader, breakdown, [*above, *below]).items():
        a = above.get(key, 0)
        if isinstance(measure, Ratio):
            b = below.get(key)
            reading = Reading(value=ratio(a, b, measure.per), numerator=a, denominator=b)
        else:
            reading = Reading(value=Fraction(a), numerator=a, denominator=None)
        found.append((name, reading))
    return sorted(found, key=lambda pair: (-(pair[1].value or 0), -(pair[1].numerator or 0), pair[0]))


def _parts(reader: Reader, side: Side, breakdown: Breakdown) -> Mapping[str, Number]:
    chosen = reader.world.chosen(side)
    if isinstance(chosen, Cases):
        return _cases(reader, chosen, breakdown)
    # Of a code the whole city's figure is recorded, which is not that of some of its districts.
    if not isinstance(chosen, Figure) or (breakdown.field is not None and not reader.places.everywhere):
        return {}
    series = reader.world.catalog.figures[chosen.series]
    wanted = reader.figure(chosen).wanted
    return parts_on(reader.session, series, breakdown.by, reader.world.day, wanted)


def _cases(reader: Reader, side: Cases, breakdown: Breakdown) -> dict[str, int]:
    """How many cases count to each part."""
    places = tuple(sorted(reader.places.names))
    asked = reader.world.asks((side, breakdown, places, reader.places.everywhere))
    return {
        "" if key is None else str(key): number for key, number in reader.session.execute(_in_parts(asked))
    }


@lru_cache(maxsize=MOST_WRITTEN)
def _in_parts(asked: Asked) -> Select[Any]:
    side, breakdown, places, everywhere = asked.what
    world = asked.world
    kind, rows = world.catalog.case_kinds[side.kind], world.case_rows(side)
    looked_at = [rows.c.district.in_(places)]
    if everywhere:
        looked_at.append(rows.c.district.is_(None))
    part: ColumnElement[Any]
    if breakdown.field is not None:
        part = kind.details.c[kind.by_key[breakdown.field].name]
        source = rows.join(kind.details, kind.details.c.case_id == rows.c.id)
    else:
        part = case((Subject.kind == breakdown.by, Subject.id), else_=Subject.body_id)
        named = and_(
            CaseParty.case_id == rows.c.id, CaseParty.role == kind.respondent, CaseParty.left_on.is_(None)
        )
        source = rows.join(CaseParty, named).join(Subject, Subject.id == CaseParty.subject_id)
    return (
        select(part, func.count(rows.c.id.distinct()))
        .select_from(source)
        .where(or_(*looked_at))
        .group_by(part)
    )


def _names(reader: Reader, breakdown: Breakdown, keys: list[str]) -> dict[str, str]:
    """The words for the parts; bodies that the reader may not see are left out."""
    codes = reader.world.catalog.codes.get(breakdown.by)
    wanted = dict.fromkeys(keys)
    if codes is not None:
        return {key: codes.titles.get(key, key) if key else NOTHING for key in wanted}
    ids = [int(key) for key in wanted if key]
    if not ids:
        return dict.fromkeys(wanted, NOTHING)
    bodies = reader.world.rows(Members(kind=breakdown.by, title=""))
    known = {
        str(number): name
        for number, name, district in reader.session.execute(
            select(bodies.c.id, bodies.c.name, bodies.c.district).where(bodies.c.id.in_(ids))
        )
        if reader.looked_at(district)
    }
    return {key: known[key] if key else NOTHING for key in wanted if not key or key in known}
