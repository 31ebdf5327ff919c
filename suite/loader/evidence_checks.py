"""Faults of what schemes are told besides their scorers: questionnaires, and what is handed in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from suite.contract.assessment import AssessmentScheme, ScoreSource, SheetMeasure
from suite.contract.ledgers import Ledger


def evidence_faults(
    scheme: AssessmentScheme, parameters: Set[str], limits: Set[str], ledgers: Mapping[str, Ledger]
) -> Iterator[str]:
    """Every fault of a scheme's questionnaire and materials, in Chinese with its cure."""
    yield from _survey(scheme, parameters)
    yield from _materials(scheme, parameters, limits, ledgers)


def _survey(scheme: AssessmentScheme, parameters: Set[str]) -> Iterator[str]:
    """A questionnaire feeds items that are scored by the percentage of a survey."""
    if scheme.survey is None:
        return
    items = {item.key: item for item in scheme.criteria}
    for measure, key in scheme.survey.feeds.items():
        item = items.get(key)
        if item is None or item.measure is not SheetMeasure.MEAN or ScoreSource.SURVEY not in item.sources:
            yield f"{scheme.key}：{measure.words}所指的评分项 {key} 不存在，或不以问卷均值计分，请改正。"
    for key in (scheme.survey.least, *scheme.survey.least_of.values()):
        if key not in parameters:
            yield f"{scheme.key}：没有参数 {key}，请声明 Parameter 或改正名称。"


def _materials(
    scheme: AssessmentScheme, parameters: Set[str], limits: Set[str], ledgers: Mapping[str, Ledger]
) -> Iterator[str]:
    """What is handed in stands in a ledger about the participants; the analysis scores it as a ratio."""
    told = scheme.materials
    if told is None:
        return
    ledger = ledgers.get(told.ledger)
    if ledger is None or not set(scheme.kinds) <= set(ledger.subjects):
        yield f"{scheme.key}：信息报送的台账 {told.ledger} 不存在，或不以参加对象为对象，请改正。"
    for key in (told.text, told.period, *told.figures):
        if ledger is not None and key not in ledger.by_key:
            yield f"{scheme.key}：台账 {told.ledger} 没有栏目 {key}，请改正名称。"
    if told.limit not in limits:
        yield f"{scheme.key}：没有期限 {told.limit}，请声明 TimeLimit 或改正名称。"
    for key in (told.every, told.least_text, told.alike):
        if key not in parameters:
            yield f"{scheme.key}：没有参数 {key}，请声明 Parameter 或改正名称。"
    item = next((item for item in scheme.criteria if item.key == told.feeds), None)
    if item is None or item.measure is not SheetMeasure.RATIO or ScoreSource.ANALYSIS not in item.sources:
        yield f"{scheme.key}：评分项 {told.feeds} 不存在，或不由数据研判按比例计分，请改正。"
