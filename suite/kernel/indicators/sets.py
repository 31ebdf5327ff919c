"""The indicator sets as they stand: those that are declared, and those that were entered or changed here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from suite.contract.indicators import Indicator, IndicatorSet, Level, Nature, Target
from suite.contract.problems import refuse
from suite.loader.catalog import Catalog
from suite.tables import SetTarget, TargetSet


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A set with what it wants: indicator key → target. version is 0 for one that is only declared."""

    set: IndicatorSet
    targets: Mapping[str, Target]
    version: int = 0


def standing_sets(session: Session, catalog: Catalog) -> dict[str, Standing]:
    """Every set by its name, the earliest first; one that was entered goes before the declared one."""
    found = {name: declared(catalog, item) for name, item in catalog.indicator_sets.items()}
    stored: dict[str, dict[str, Target]] = {}
    for row in session.scalars(select(SetTarget)):
        stored.setdefault(row.set_key, {})[row.indicator] = _target(
            row, catalog.indicators.get(row.indicator)
        )
    for kept in session.scalars(select(TargetSet)):
        own = IndicatorSet(
            key=f"core.{kept.key}", title=kept.title, source=kept.source, first=kept.first, last=kept.last
        )
        found[kept.key] = Standing(set=own, targets=stored.get(kept.key, {}), version=kept.version)
    return dict(sorted(found.items(), key=lambda pair: (pair[1].set.first, pair[0])))


def declared(catalog: Catalog, item: IndicatorSet) -> Standing:
    """A declared set as the plugins that are on declare its targets."""
    targets = {
        indicator.key: target
        for indicator in catalog.indicators.values()
        for target in indicator.targets
        if target.set == item.name
    }
    return Standing(set=item, targets=targets)


def standing_set(session: Session, catalog: Catalog, name: str) -> Standing:
    """One set by its name; raises Refused where there is none."""
    return named(standing_sets(session, catalog), name)


def named(sets: Mapping[str, Standing], name: str) -> Standing:
    """The one of this name; raises Refused where there is none."""
    if name not in sets:
        raise refuse("indicator_set.unknown", f"没有指标体系 {name[:60]}，请核对名称。", field="set")
    return sets[name]


def _target(row: SetTarget, indicator: Indicator | None) -> Target:
    """What was entered; how near is near enough stays as it was declared for the indicator."""
    own = next((target for target in (indicator.targets if indicator else ()) if target.tolerance), None)
    strict = next((target for target in (indicator.targets if indicator else ()) if target.strict), None)
    return Target(
        set=row.set_key,
        no=int(row.no) if row.no.isdigit() else row.no,
        value=row.value,
        year=row.year,
        article=row.article,
        level=Level(row.level) if row.level else None,
        nature=Nature(row.nature) if row.nature else None,
        baseline=row.baseline,
        tolerance=own.tolerance if own else None,
        strict=strict.strict if strict else None,
    )
