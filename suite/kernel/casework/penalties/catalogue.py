"""The catalogue of penalties in words: what the page and the command line show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from suite.contract.parameters import Confidence
from suite.contract.penalties import Decider, Gravity, Measure, PenaltyKind
from suite.kernel.casework.penalties.rules import range_words
from suite.kernel.parameters.queries import parameters_on
from suite.loader.catalog import Catalog


@dataclass(frozen=True, kw_only=True)
class PenaltyLine:
    """One entry in words, with the ranges in force on a day."""

    key: str
    owner: str
    code: str
    title: str
    track: str
    track_words: str
    subjects: tuple[str, ...]
    subject_words: str
    conduct: tuple[str, ...]
    measures: tuple[str, ...]
    deciders: str
    article: str
    basis: str
    valid_from: dt.date
    confidence: Confidence


def penalty_lines(session: Session, catalog: Catalog, today: dt.date) -> list[PenaltyLine]:
    """All entries of both tracks, in declared order."""
    parameters = parameters_on(session, catalog, today)
    return [line_of(entry, catalog, parameters) for entry in catalog.penalties.values()]


def line_of(entry: PenaltyKind, catalog: Catalog, parameters: Mapping[str, Any]) -> PenaltyLine:
    """One entry in words."""
    titles = [catalog.kinds[key].title for key in entry.subjects if key in catalog.kinds]
    return PenaltyLine(
        key=entry.key,
        owner=entry.owner,
        code=entry.code,
        title=entry.title,
        track=entry.track.value,
        track_words=entry.track.words,
        subjects=entry.subjects,
        subject_words="、".join(titles) or "无证人员、机构",
        conduct=entry.conduct,
        measures=tuple(_measure_words(measure, parameters) for measure in entry.measures),
        deciders=_decider_words(entry.deciders, parameters),
        article=entry.article,
        basis=entry.basis,
        valid_from=entry.valid_from,
        confidence=entry.confidence,
    )


def _measure_words(measure: Measure, parameters: Mapping[str, Any]) -> str:
    """停止执业 3 至 6 个月（情节严重）."""
    words = " ".join(part for part in (measure.title, range_words(measure, parameters)) if part)
    notes = []
    if measure.gravities != tuple(Gravity):
        notes.append(measure.gravities[0].words)
    if measure.deciders:
        notes.append(f"由{_decider_words(measure.deciders, parameters)}决定")
    return f"{words}（{'，'.join(notes)}）" if notes else words


def _decider_words(deciders: tuple[Decider, ...], parameters: Mapping[str, Any]) -> str:
    return "、".join(
        f"{item.organ.words}（{'已' if parameters[item.switch] else '未'}委托）"
        if item.switch
        else item.organ.words
        for item in deciders
    )
