"""A score sheet as rows of text, as the editor and the workbook have it, and back: pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from suite.contract.assessment import Criterion, ScoreSource, SheetMeasure, SheetPart
from suite.contract.problems import Problem

#: Column → its heading.
COLUMNS: Mapping[str, str] = {
    "key": "编码",
    "heading": "一级指标",
    "title": "评分项",
    "most": "分值",
    "measure": "计分方法",
    "full": "满分标准",
    "part": "性质",
    "independent": "评分人数",
    "sources": "评分来源",
    "rule": "评分标准",
    "article": "依据",
}
#: The longest that the database keeps.
LONGEST = {"key": 40, "heading": 60, "title": 200, "article": 200, "rule": 2_000}
SEPARATOR = "、"
LARGEST = Decimal(10_000)
MEASURES = {item.words: item for item in SheetMeasure}
PARTS = {item.words: item for item in SheetPart}
SOURCES = {item.words: item for item in ScoreSource if item is not ScoreSource.CORRECTION}
#: How what was found is typed, by how it becomes points.
HINTS = {
    SheetMeasure.THRESHOLD: "填已具备的项数，满 {full} 项得满分",
    SheetMeasure.RATIO: "填已完成数和应完成数，没有应完成的填 0",
    SheetMeasure.COUNT: "填数量，满 {full} 得满分",
    SheetMeasure.RATING: "填 0 至 1 之间的评定，1 为满分",
    SheetMeasure.MEAN: "填百分数，{full}% 得满分",
}
KEY = re.compile(r"[a-z][a-z0-9_]*")

Row = Mapping[str, str]


def measure_hint(item: Criterion) -> str:
    """How what was found of an item is typed."""
    return HINTS[item.measure].format(full=f"{item.full.normalize():f}")


def row_of(item: Criterion) -> dict[str, str]:
    """An item as text."""
    return {
        "key": item.key,
        "heading": item.heading,
        "title": item.title,
        "most": f"{item.most.normalize():f}",
        "measure": item.measure.words,
        "full": f"{item.full.normalize():f}",
        "part": item.part.words,
        "independent": str(item.independent),
        "sources": SEPARATOR.join(words for words, source in SOURCES.items() if source in item.sources),
        "rule": item.rule,
        "article": item.article or "",
    }


def criteria_of(rows: Sequence[Row]) -> tuple[tuple[Criterion, ...], list[Problem]]:
    """The items that rows of text say, and what cannot be read: its column as `field`, its place as `row`.

    A new item needs no code: it gets the next free one.
    """
    taken = {row.get("key", "").strip() for row in rows}
    items: list[Criterion] = []
    problems: list[Problem] = []
    for place, row in enumerate(rows):
        item, wrong = _item(row, place, taken)
        problems += wrong
        if item is not None:
            items.append(item)
    return tuple(items), problems


def _item(row: Row, place: int, taken: set[str]) -> tuple[Criterion | None, list[Problem]]:
    wrong: list[Problem] = []
    text = {key: row.get(key, "").strip() for key in COLUMNS}

    def problem(key: str, words: str) -> None:
        said = f"第 {place + 1} 行“{COLUMNS[key]}”{words}"
        wrong.append(Problem(code=f"sheet.{key}", text=said, field=key, row=place))

    for key, longest in LONGEST.items():
        if len(text[key]) > longest:
            problem(key, f"最多 {longest} 字，现为 {len(text[key])} 字。")
    for key in ("heading", "title"):
        if not text[key]:
            problem(key, "不能为空，请填写。")
    if not text["key"]:
        text["key"] = _free_key(taken)
        taken.add(text["key"])
    elif not KEY.fullmatch(text["key"]):
        problem("key", "应为小写字母开头的字母、数字和下划线；新增的评分项可以不填。")
    most, full = _number(text["most"]), _number(text["full"] or "1")
    for key, value in (("most", most), ("full", full)):
        if value is None:
            problem(key, f"应为大于 0 的数（最多两位小数），现为“{text[key]}”。")
    measure = MEASURES.get(text["measure"])
    if measure is None:
        problem("measure", f"可填：{SEPARATOR.join(MEASURES)}，现为“{text['measure']}”。")
    part = PARTS.get(text["part"] or SheetPart.ITEM.words)
    if part is None:
        problem("part", f"可填：{SEPARATOR.join(PARTS)}，现为“{text['part']}”。")
    independent = text["independent"] or "1"
    if independent not in ("1", "2"):
        problem("independent", f"应为 1 或 2，现为“{independent}”。")
    sources = [SOURCES.get(word) for word in re.split(r"[、，,;；\s]+", text["sources"]) if word]
    if not sources or None in sources:
        problem("sources", f"可填（用顿号分开）：{SEPARATOR.join(SOURCES)}，现为“{text['sources']}”。")
    if wrong or most is None or full is None or measure is None or part is None:
        return None, wrong
    return (
        Criterion(
            key=text["key"],
            heading=text["heading"],
            title=text["title"],
            most=most,
            measure=measure,
            sources=tuple(dict.fromkeys(source for source in sources if source is not None)),
            full=full,
            part=part,
            independent=int(independent),
            rule=text["rule"],
            article=text["article"] or None,
        ),
        [],
    )


def _free_key(taken: set[str]) -> str:
    number = 1
    while f"item_{number}" in taken:
        number += 1
    return f"item_{number}"


def _number(text: str) -> Decimal | None:
    try:
        value = Decimal(text.replace("，", "").replace(",", ""))
    except InvalidOperation:
        return None
    if not value.is_finite() or not 0 < value <= LARGEST or value != round(value, 2):
        return None
    return value
