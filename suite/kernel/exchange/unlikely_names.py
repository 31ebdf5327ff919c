"""Rows whose name is none: headings inside a table, and the labels of a form that was read as a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from suite.contract.declarations import RecordKind
from suite.contract.problems import Severity
from suite.kernel.exchange.cleaned import problem
from suite.kernel.exchange.previewed import PreviewRow

#: A table whose rows fill fewer fields may well have rows with a name alone.
FEWEST_FILLED = 3


def hold_unlikely(kind: RecordKind, rows: Sequence[PreviewRow]) -> None:
    """Hold the rows of a roster whose name is none by where it stands or by what it says."""
    _hold_labels(kind, rows)
    _hold_lone(kind, rows)


def _hold_labels(kind: RecordKind, rows: Sequence[PreviewRow]) -> None:
    """Hold the rows that are named as a column: a form of one record (住所 | … | 电话 | …) is no table."""
    labels = {text for field in kind.fields for text in (field.title, *field.headings)}
    for row in rows:
        name = row.values.get("name")
        if name in labels:
            told = (
                f"“{name}”是栏目的名称，不是{kind.by_key['name'].title}。"
                "如是一份一表的登记表，请按名册格式每条记录填一行。"
            )
            row.problems += (one.at(field="name") for one in problem("name_is_label", told))


def _hold_lone(kind: RecordKind, rows: Sequence[PreviewRow]) -> None:
    """Hold the rows without a record that fill the name only, in a table whose other rows fill more.

    桥西区, 续表 or 退出人员 between the rows would else be taken for a person or a firm.
    """
    filled: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        filled[row.sheet].update(row.values)
    for row in rows:
        if row.subject_id is not None or row.masked or row.values.keys() != {"name"}:
            continue
        if any(found.severity is Severity.ERROR for found in row.problems):
            continue
        if len(filled[row.sheet]) >= FEWEST_FILLED:
            told = (
                f"这一行只填了“{kind.by_key['name'].title}”一栏，像是表内的小标题。"
                "是小标题的请跳过本行，确为一条记录的请补填其他内容。"
            )
            row.problems += (one.at(field="name") for one in problem("name_alone", told))
