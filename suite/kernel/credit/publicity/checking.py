"""The check before sending (预检): every fault of a row that the platform would reject, with place and cure.

Pure: cells in, problems out. What a roster or another row says is handed in.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from suite.contract.problems import Problem, ProblemKind
from suite.kernel.credit.publicity.columns import (
    ARTICLE,
    BODY,
    BY_CODE,
    COLUMNS,
    ID_TYPES,
    NUMBER,
    ORGANS,
    OTHER,
    OTHER_TOLD,
    PERSON,
    PREFIX,
    Form,
    Need,
    PublicColumn,
    Sort,
    other_told,
)
from suite.kernel.credit.publicity.rules import KEPT_BACK
from suite.kernel.registry.identifiers.identity import check_identity
from suite.kernel.registry.identifiers.uscc import check_uscc
from suite.kernel.registry.identifiers.verdict import normalise

DATE = re.compile(r"[0-9]{4}/[0-9]{2}/[0-9]{2}")
#: An amount in plain digits: no letters, no signs, no full-width digits.
AMOUNT = re.compile(r"[0-9]{1,12}(\.[0-9]+)?")
#: Decimals of an amount.
PLACES = 6
#: A permanent licence is written so.
FOREVER = "2099/12/31"
#: Control characters, tabs and ends of lines, and those of no width: joiners, marks of direction, byte order.
CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
#: Ends of lines and tabs, as who types a longer text puts them in; they go out as one space.
BREAKS = re.compile(r"[ \t]*[\t\r\n\x0b\x0c\x85\u2028\u2029]+[ \t]*")
#: From so many characters on a column holds a text of several sentences.
LONG_TEXT = 500
#: What stands for nothing in a cell that must be filled.
NOTHING = frozenset(
    {"无", "暂无", "空", "无数据", "不详", "未知", "/", "\\", "-", "—", "——", "N/A", "null", "NULL"}
)


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the house knows beside the row. names: credit code → the name on the roster. organs: credit code →
    the organ that has it. sent: (number, organ) of other decisions that were reported already.
    longest: the last day of display that the rule allows, None where that is not known. kept_back: it is
    displayed nowhere."""

    today: dt.date
    names: Mapping[str, str] = field(default_factory=dict)
    organs: Mapping[str, str] = field(default_factory=dict)
    sent: frozenset[tuple[str, str]] = frozenset()
    longest: dt.date | None = None
    kept_back: bool = False


def as_sent(form: Form, cells: Mapping[str, str]) -> dict[str, str]:
    """The cells as they go out, which are those that are checked: numbers half-width, upper-case and without
    blanks, longer texts without ends of lines."""
    return {code: _sent(BY_CODE[form].get(code), value) for code, value in cells.items()}


def _sent(column: PublicColumn | None, value: str) -> str:
    if column is None or not value:
        return value
    if column.sort in (Sort.USCC, Sort.ID, Sort.NUMBER):
        return normalise(value)
    return BREAKS.sub(" ", value.strip()) if column.most >= LONG_TEXT else value.strip()


def row_problems(form: Form, cells: Mapping[str, str], known: Known) -> list[Problem]:
    """Every fault of one row, in the order of the columns, then across them."""
    found = [item for column in COLUMNS[form] for item in _cell(form, column, cells, known)]
    return [*found, *_across(form, cells, known, {item.field for item in found})]


def _problem(code: str, column: PublicColumn, text: str) -> Problem:
    return Problem(
        code=f"publicity.{code}",
        text=f"{column.title}（{column.code}）{text}",
        kind=ProblemKind.INVALID,
        field=column.code,
        article=ARTICLE,
    )


def _needed(column: PublicColumn, sort: str) -> bool:
    match column.need:
        case Need.ALWAYS:
            return True
        case Need.BODY:
            return sort != PERSON
        case Need.PERSON:
            return sort == PERSON
    return False


def _cell(form: Form, column: PublicColumn, cells: Mapping[str, str], known: Known) -> Iterator[Problem]:
    value = cells.get(column.code, "")
    sort = cells.get(f"{PREFIX[form]}_XDR_LB", "")
    if not value.strip():
        if _needed(column, sort):
            yield _problem("required", column, f"为必填，现为空。{_cure(column)}")
        return
    if _needed(column, sort) and value.strip() in NOTHING and value not in column.values:
        yield _problem("required", column, f"为必填，“{value.strip()}”不算填写。{_cure(column)}")
        return
    if value != value.strip() or CONTROL.search(value):
        yield _problem("blank", column, "首尾有空格，或者含有换行、制表符等不可见字符，请删去。")
    if len(value) > column.most and (column.several or not column.values):
        yield _problem("long", column, f"最多 {column.most} 字，现为 {len(value)} 字，请缩写。")
    if column.values:
        yield from _listed(column, value)
    match column.sort:
        case Sort.DATE:
            yield from _date(column, value)
        case Sort.MONEY:
            yield from _money(column, value)
        case Sort.USCC:
            verdict = check_uscc(value)
            if not verdict.acceptable:
                yield _problem("uscc", column, f"不正确：{verdict.reasons[0].text}")
            elif verdict.normalised != value:
                yield _problem("uscc", column, f"写法不对，应写成“{verdict.normalised}”。")
        case Sort.NUMBER if column.pattern and not re.fullmatch(column.pattern, value, re.ASCII):
            yield _problem("number", column, f"“{value[:20]}”不正确，应为{column.shape}，请对照证照更正。")
        case Sort.ID:
            yield from _identity(column, value, cells.get(column.code.replace("ZJHM", "ZJLX"), ""), known)


def _identity(column: PublicColumn, value: str, sort: str, known: Known) -> Iterator[Problem]:
    """The number of a person's document, of the sort that stands beside it."""
    if "*" in value:
        yield _problem("masked", column, "为遮盖的号码，平台不收。请由有权查看的人员导出完整号码。")
        return
    if not sort and column.need is Need.NO:
        yield _problem("id", column, "没有写明是哪一种证件，请同时填写证件类型。")
        return
    checked = check_identity(ID_TYPES.get(sort, "other"), value, today=known.today)
    # Of what has no check digit only a pattern is recalled, which warns; letters of no document are none.
    strict = not checked.acceptable or not checked.normalised.isascii()
    wrong = next((item for item in checked.reasons if strict), None)
    if wrong is not None:
        yield _problem("id", column, f"不正确：{wrong.text}")
    elif checked.normalised != value:
        yield _problem("id", column, "写法不对，应为现行位数的半角号码，字母大写，中间不留空格。")


def _cure(column: PublicColumn) -> str:
    if column.code.endswith(("JGDM", "LYDM", "LYDWDM")):
        return "请在设置的参数中填写本局和省厅的统一社会信用代码；其他机关的，在本条用“补填”填写。"
    if column.secret:
        return "请在名册中补齐当事人的证件号码；名册中没有这一当事人的，在本条用“补填”填写。"
    if "_XDR_" in column.code or column.code.endswith("FRDB"):
        return "请在名册中补齐当事人的资料，或在本条用“补填”填写。"
    return "请在办件中补登，或在本条用“补填”填写。"


def _listed(column: PublicColumn, value: str) -> Iterator[Problem]:
    parts = value.split("；") if column.several else [value]
    if OTHER in parts and column.told:
        text = f"为“{OTHER}”的须注明是什么，应写成“{other_told('补办')}”这样，请补充。"
        yield _problem("other", column, text)
    wrong = [
        part
        for part in parts
        if part not in column.values and not (column.told and OTHER_TOLD.fullmatch(part))
    ]
    if wrong:
        choices = "、".join(column.values)
        yield _problem("enum", column, f"“{'；'.join(wrong)[:40]}”不在可选值中，请改为：{choices}。")
    if len(set(parts)) < len(parts):
        yield _problem("enum", column, "有重复的值，请只留一个。")


def day_of(value: str) -> dt.date | None:
    """The day of a cell; None where it is none."""
    if not DATE.fullmatch(value):
        return None
    try:
        return dt.date(*(int(part) for part in value.split("/")))
    except ValueError:
        return None


def _date(column: PublicColumn, value: str) -> Iterator[Problem]:
    if day_of(value) is None:
        yield _problem("date", column, f"“{value[:20]}”不是“年/月/日”（如 2026/11/09）的日期，请更正。")


def amount_of(value: str) -> Decimal | None:
    """The amount of a cell in 万元; None where it is none."""
    return Decimal(value) if AMOUNT.fullmatch(value) else None


def _money(column: PublicColumn, value: str) -> Iterator[Problem]:
    amount = amount_of(value)
    if amount is None or amount <= 0:
        yield _problem("money", column, f"“{value[:20]}”不是大于零的数，请以万元填写数字。")
        return
    if len(value.partition(".")[2]) > PLACES:
        yield _problem("money", column, "小数超过六位，请以万元填写并保留六位小数以内。")


def _across(form: Form, cells: Mapping[str, str], known: Known, faulty: set[str | None]) -> Iterator[Problem]:
    columns, prefix = BY_CODE[form], PREFIX[form]

    def value(code: str) -> str:
        return "" if code in faulty else cells.get(code, "")

    name, code = value(f"{prefix}_XDR_MC"), value(f"{prefix}_XDR_SHXYM")
    registered = known.names.get(code)
    if registered is not None and name and registered != name:
        text = f"与名称不符：名册中 {code} 是“{registered}”，本条写的是“{name}”。请核对后更正名称或代码。"
        yield _problem("name_code", columns[f"{prefix}_XDR_SHXYM"], text)
    if cells.get(f"{prefix}_XDR_LB") == BODY and cells.get(f"{prefix}_XDR_ZJHM"):
        column = columns[f"{prefix}_XDR_ZJHM"]
        yield _problem("sort", column, "只填自然人的，本条为法人及非法人组织，请删去或改正类别。")
    if cells.get(f"{prefix}_XDR_LB") == PERSON and cells.get(f"{prefix}_XDR_SHXYM"):
        column = columns[f"{prefix}_XDR_SHXYM"]
        yield _problem("sort", column, "只填法人及非法人组织、个体工商户的，本条为自然人，请删去或改正类别。")
    for called, coded in ORGANS[form]:
        registered = known.organs.get(value(coded))
        if registered is not None and value(called) and registered != value(called):
            text = f"与名称不符：这个代码是“{registered}”的，本条写的是“{value(called)}”。请更正名称或代码。"
            yield _problem("name_code", columns[coded], text)
    organ = value("XK_XKJG" if form is Form.LICENCE else "CF_CFJG")
    number = value(NUMBER[form])
    if (number, organ) in known.sent:
        text = f"“{number}”已由{organ}报送过，同一机关的文号不能重复。请核对文号。"
        yield _problem("duplicate", columns[NUMBER[form]], text)
    decided = day_of(value("XK_JDRQ" if form is Form.LICENCE else "CF_JDRQ"))
    if decided is not None and decided > known.today:
        column = columns["XK_JDRQ" if form is Form.LICENCE else "CF_JDRQ"]
        yield _problem("future", column, f"{decided} 晚于今天，请核对。")
    yield from _whose(form, cells)
    yield from _licence(cells, known) if form is Form.LICENCE else _penalty(cells, faulty, decided, known)


def _whose(form: Form, cells: Mapping[str, str]) -> Iterator[Problem]:
    """What is filled in for the other sort of party, and a sort of document without its number."""
    columns, prefix = BY_CODE[form], PREFIX[form]
    sort, head = cells.get(f"{prefix}_XDR_LB"), f"{prefix}_FR_ZJ"
    if sort == PERSON:
        for code in (f"{prefix}_FRDB", f"{head}LX", f"{head}HM"):
            if cells.get(code, "").strip():
                text = "只填法人及非法人组织的，本条为自然人，请删去或改正类别。"
                yield _problem("sort", columns[code], text)
    elif cells.get(f"{head}LX", "").strip() and not cells.get(f"{head}HM", "").strip():
        yield _problem("id", columns[f"{head}LX"], "填了证件类型而没有号码，请补填号码，或者删去类型。")
    if sort == BODY and cells.get(f"{prefix}_XDR_ZJLX", "").strip():
        column = columns[f"{prefix}_XDR_ZJLX"]
        yield _problem("sort", column, "只填自然人的，本条为法人及非法人组织，请删去或改正类别。")


def _licence(cells: Mapping[str, str], known: Known) -> Iterator[Problem]:
    first, last = day_of(cells.get("XK_YXQZ", "")), day_of(cells.get("XK_YXQZI", ""))
    if first is not None and last is not None and last < first:
        column = BY_CODE[Form.LICENCE]["XK_YXQZI"]
        yield _problem("order", column, f"{last} 早于有效期自 {first}，请核对；长期有效的填 {FOREVER}。")
    elif last is not None and last < known.today and cells.get("XK_ZT") == "1":
        column = BY_CODE[Form.LICENCE]["XK_ZT"]
        yield _problem("state", column, f"为 1（有效），而有效期已于 {last} 届满，请改为 2，或核对有效期至。")


def _penalty(
    cells: Mapping[str, str], faulty: set[str | None], decided: dt.date | None, known: Known
) -> Iterator[Problem]:
    columns = BY_CODE[Form.PENALTY]
    kinds = set() if "CF_CFLB" in faulty else set(cells.get("CF_CFLB", "").split("；"))
    for kind, code in (
        ("罚款", "CF_NR_FK"),
        ("没收违法所得、没收非法财物", "CF_NR_WFFF"),
        ("暂扣许可证件", "CF_NR_ZKDX"),
        ("吊销许可证件", "CF_NR_ZKDX"),
    ):
        if kind in kinds and not cells.get(code, "").strip():
            text = f"：处罚类别含“{kind}”，应当填写。请在办件中补登，或在本条用“补填”填写。"
            yield _problem("required", columns[code], text)
    for kind, code in (("罚款", "CF_NR_FK"), ("没收违法所得、没收非法财物", "CF_NR_WFFF")):
        if kinds and kind not in kinds and cells.get(code, "").strip():
            yield _problem("amount", columns[code], f"填了数额而处罚类别没有“{kind}”，请核对。")
    for code in ("CF_YXQ", "CF_GSJZQ"):
        day = day_of(cells.get(code, ""))
        if day is not None and decided is not None and day < decided:
            yield _problem("order", columns[code], f"{day} 早于处罚决定日期 {decided}，请核对。")
    shown, column = day_of(cells.get("CF_GSJZQ", "")), columns["CF_GSJZQ"]
    if shown is not None and known.kept_back:
        yield _problem("longest", column, f"：{KEPT_BACK}，本局不公示，请删去。")
    elif shown is not None and known.longest is not None and shown > known.longest:
        yield _problem("longest", column, f"{shown} 超过最长公示期 {known.longest}，请改正。")


def duplicates(rows: Iterable[tuple[int, str, str]]) -> dict[int, str]:
    """Rows of one file that have the number and organ of an earlier one: id → the number."""
    seen: set[tuple[str, str]] = set()
    found: dict[int, str] = {}
    for number, document, organ in rows:
        if document and (document, organ) in seen:
            found[number] = document
        seen.add((document, organ))
    return found
