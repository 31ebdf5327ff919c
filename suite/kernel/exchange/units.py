"""In which unit a column is counted, as its heading says, and how it becomes the unit of its field.

万元 over a field of 元 is ten thousand times as much. What is a multiple is converted exactly; what is none
(亩 over 平方米) is held, since nobody may guess it, and so is what speaks of 万元 in a way that is not
understood. A heading that says nothing counts as the field does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from suite.contract.declarations import Field, FieldType
from suite.contract.problems import Problem, Severity
from suite.kernel.exchange.clean_numbers import clean_decimal
from suite.kernel.exchange.cleaned import Cleaned, Cleaner, as_text, problem

NUMBERS = (FieldType.INTEGER, FieldType.DECIMAL)
_POWERS = {"十": 1, "拾": 1, "百": 2, "佰": 2, "千": 3, "仟": 3, "万": 4, "萬": 4, "亿": 8, "億": 8}
_SCALE = f"[{''.join(_POWERS)}]"
#: Units of one sort: those that are called otherwise and are the same stand together. The rest of a sort are
#: no multiples by a power of ten, or of another worth.
_SORTS: tuple[tuple[tuple[str, ...], ...], ...] = (
    (
        ("元", "圆", "圓", "人民币", "人民币元", "元人民币", "rmb", "cny"),
        ("美元", "美金", "usd", "us$"), ("港元", "港币", "hkd", "hk$"), ("欧元", "eur", "€"),
        ("日元", "jpy"), ("英镑", "gbp", "£"),
    ),
    (("平方米", "平米", "平方", "㎡", "m2", "m²"), ("亩",), ("公顷",), ("平方公里", "平方千米")),
    (("人", "人次", "名", "位"), ("户", "家"), ("场", "场次")),
    (("小时", "时"), ("分钟",), ("天", "日"), ("月", "个月"), ("年",)),
    (("学时", "课时"),),
    (("件", "宗"), ("份",), ("次",), ("个",), ("篇",), ("项",), ("分",)),
)  # fmt: skip
_SORT = {word: place for place, sort in enumerate(_SORTS) for words in sort for word in words}
#: The sorts of what is counted by the piece: (家) above a column of 人 is a remark rather than a unit.
_PIECES = frozenset(_SORT[word] for word in ("人", "件"))
_TIMES = frozenset(words[0] for sort in _SORTS for words in sort if "年" in sort[-1])
_SAME = {word: words[0] for sort in _SORTS for words in sort for word in words}
_WORDS = "|".join(sorted(map(re.escape, _SORT), key=len, reverse=True))
#: What stands in front of a multiple as well: 人民币万元, CNY万, USD万.
_MONEY = "人民币|rmb|cny|[￥¥]|usd|hkd|eur|jpy|gbp"
_MEASURE = re.compile(
    rf"(?P<money>{_MONEY})?(?P<scale>{_SCALE}{{0,3}})(?P<base>{_WORDS})?(?:每|/)?(?P<per>(?<=[每/])[年月日季次件人户])?"
)
_BRACKETED = re.compile(r"[(（\[【〔<]([^()（）\[\]【】〔〕<>]*)[)）\]】〕>]")
_SAID = re.compile(r"^(?:计量|货币|金额)?(?:单位)?:?[以按]?|计$")
_BARE = re.compile(rf"(?:(?<=[/::,_-])|(?={_SCALE}))(?P<unit>{_SCALE}{{0,3}}(?:{_WORDS}))$")
_UNIT = rf"(?:{_MONEY})?(?:{_SCALE}{{0,3}} ?(?:{_WORDS})|{_SCALE}{{1,3}})"
#: 单位：万元、人; 金额单位：人民币万元; 单 位：（万 元）; 金额：万元.
_NOTE = re.compile(
    rf"(?:(?:^|\W|计量|货币|金额|数据)单 ?位|(?:^|\W)金额)(?:[: 为]+[(\[]?|[(\[])"
    rf"({_UNIT}(?:[、,;和 ]{_UNIT})*)(?=$|[^\w/])",
    re.IGNORECASE,
)
_BETWEEN = re.compile("[、,;和 ]")
#: A multiple of money, however it stands there; not that of an amount (10万元), or of a bound (万元以上).
_MULTIPLE = re.compile(
    rf"(?<![\d.一二三四五六七八九几数每])(?<!{_SCALE}){_SCALE}{{1,3}} ?[元圆](?!以上|以下|以内|级|户|人|店)"
    rf"|(?<=[以按])[“\"‘']?{_SCALE}{{1,3}}(?=[”\"’']?(?:元|圆)?(?:为单位|计|填))"
)
_BESIDE = re.compile("[、,;:]")
_CELL = re.compile(rf"(?P<number>[^\s\u4e00-\u9fff]+) ?(?P<unit>{_SCALE}{{0,3}}(?:{_WORDS})?)(?:整|正)?")
_SPREAD = re.compile(rf"(?<={_SCALE}) (?={_SCALE}|元)|(?<=人民币) (?={_SCALE}|元)")
_HALF = str.maketrans(
    {
        "：": ":",
        "／": "/",
        "，": ",",
        "（": "(",
        "）": ")",
        "－": "-",
        "；": ";",
        "［": "[",
        "］": "]",
        "＜": "<",
        "＞": ">",
    }
)
#: The multiples in which tables are usually kept.
_USUAL = ("", "百", "千", "万", "十万", "百万", "千万", "亿")


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A unit: how many of the base one is, the base in its first spelling (None: not said), per what."""

    scale: int
    base: str | None
    per: str

    def factor(self, target: Measure) -> Decimal | None:
        """How many of the target one of these is; None where it is no multiple."""
        alike = self.base in (None, target.base) and self.per in ("", target.per)
        return Decimal(self.scale) / Decimal(target.scale) if alike else None


@dataclass(frozen=True, kw_only=True)
class Conversion:
    """How a column's numbers become the field's: unit of either, and the factor, None where there is none."""

    heading: str
    given: str
    wanted: str
    factor: Decimal | None

    @property
    def asks(self) -> str:
        """What a person who mends a cell of the column should know of its unit."""
        if self.factor is not None:
            return f"本列以{self.given}计"
        return f"请换算后连同单位填写，如“100{self.wanted}”" if self.wanted else "请在原表换算并改正表头"

    @property
    def words(self) -> str:
        """How a person reads it: 万元 → 元，×10,000."""
        if self.factor is None:
            return f"{self.given}，应为{self.wanted or '不带倍数的数'}"
        if self.factor >= 1:
            return f"{self.given} → {self.wanted}，×{self.factor:,f}"
        return f"{self.given} → {self.wanted}，÷{1 / self.factor:,f}"


#: Numbers of more digits before the point are none of any field, and are held by its own check.
_MOST_DIGITS = 15

NO_CONVERSIONS: Mapping[int, Conversion] = MappingProxyType({})


@lru_cache(maxsize=1024)
def measure_of(text: str) -> Measure | None:
    """The unit that a text names, None where it is none."""
    plain = text.translate(_HALF).replace(" ", "").casefold()
    found = _MEASURE.fullmatch(plain)
    if not plain or found is None:
        return None
    base = found["base"] or (_SAME.get(found["money"], "元") if found["money"] else None)
    if base is None and not found["scale"]:
        return None
    power = sum(_POWERS[sign] for sign in found["scale"])
    return Measure(scale=10**power, base=_SAME[base] if base else None, per=found["per"] or "")


def unit_in(heading: str) -> str | None:
    """The unit that a heading names: in brackets, behind a mark, or as 万元 at its end; the last counts."""
    whole = heading.translate(_HALF).replace(" ", "")
    if (bracketed := _in_brackets(whole)) is not None:
        return bracketed
    plain = _BRACKETED.sub("", whole)
    bare = _BARE.search(plain)
    return bare["unit"] if bare is not None and bare.start() > 0 else None


def _in_brackets(whole: str) -> str | None:
    for inside in reversed(_BRACKETED.findall(whole)):
        # Beside its unit a heading may say more: （年，万元，含附加险）.
        said = [_SAID.sub("", part) for part in (inside, *_BESIDE.split(inside))]
        measures = {part: measure.scale for part in said if (measure := measure_of(part)) is not None}
        if measures:
            return max(measures, key=lambda part: measures[part])
    return None


def is_unit_said(text: str) -> bool:
    """Whether what stands in brackets is a unit, has one among what it says, or speaks of a multiple."""
    return _in_brackets(f"({text})") is not None or _MULTIPLE.search(text) is not None


def without_unit(heading: str) -> str:
    """A heading without the unit that stands at its end, brackets apart."""
    plain = heading.translate(_HALF)
    bare = _BARE.search(plain)
    return plain[: bare.start()].rstrip("/:,_-") if bare is not None and bare.start() > 0 else heading


def units_above(rows: Iterable[Sequence[Any]]) -> tuple[str, ...]:
    """The units of a whole table, as what stands around it says them: 单位：万元、人.

    What speaks of a multiple of money otherwise is among them as it stands.
    """
    found: dict[str, None] = {}
    for text in (as_text(value).translate(_HALF) for row in rows for value in row if isinstance(value, str)):
        # Blanks within a unit are for the eye: 万 元.
        note = _NOTE.search(_SPREAD.sub("", text))
        rest = _NOTE.sub(" ", _SPREAD.sub("", text), count=1)
        if note is not None and not _MULTIPLE.search(rest):
            found |= dict.fromkeys(_BETWEEN.split(note[1]))
        elif _MULTIPLE.search(rest):
            bracketed = _in_brackets(text) if note is None else None
            found[bracketed or text] = None
    return tuple(found)


def is_unit_row(row: Sequence[Any]) -> bool:
    """Whether a row says nothing but units, as some tables have it below their headings."""
    texts = [as_text(value) for value in row if value not in ("", None)]
    return bool(texts) and all(measure_of(_only_unit(text)) is not None for text in texts)


def _only_unit(text: str) -> str:
    plain = text.translate(_HALF).replace(" ", "")
    whole = _BRACKETED.fullmatch(plain)
    return _SAID.sub("", whole[1] if whole is not None else plain)


def conversion(field: Field, heading: str, above: Sequence[str] = ()) -> Conversion | None:
    """What is to be done with a column's numbers; None where they are counted as the field counts.

    `above`: the units of the whole table, which hold where the heading names none.
    """
    if field.type not in NUMBERS:
        return None
    target = measure_of(field.unit)
    own = unit_in(heading)
    if target is None:
        # How much one of them is nobody said: only a multiple is certainly another number.
        measure = measure_of(own) if own is not None else None
        if own is None or measure is None or measure.scale == 1:
            return None
        return Conversion(heading=heading, given=own, wanted="", factor=None)
    given, factor = _own_unit(own, target) if own is not None else _unit_of_table(heading, above, target)
    return (
        None
        if given is None or factor == 1
        else Conversion(heading=heading, given=given, wanted=field.unit, factor=factor)
    )


#: A unit that is to be minded, and how many of the field's one of it is; None where that cannot be said.
_Meant = tuple[str | None, Decimal | None]
_NOTHING: _Meant = (None, None)


def _own_unit(given: str, target: Measure) -> _Meant:
    measure = measure_of(given)
    if measure is None:
        return _NOTHING
    factor = measure.factor(target)
    # （人） over what is counted in 元 is a remark rather than a unit.
    remark = factor is None and measure.scale == 1 and _sort(measure) != _sort(target)
    return _NOTHING if remark else (given, factor)


def _unit_of_table(heading: str, above: Sequence[str], target: Measure) -> _Meant:
    """What a heading without a unit that is understood, or the units above the table, say of a column."""
    if unclear := _unclear(heading, target):
        return unclear, None
    # Whoever says it in two ways has said it in none.
    unread = (_unclear(given, target) for given in above if measure_of(given) is None)
    if (unclear := next((given for given in unread if given is not None), None)) is not None:
        return unclear, None
    measures = [(given, measure) for given in above if (measure := measure_of(given)) is not None]
    bare = [given for given, measure in measures if measure.base is None]
    if bare and target.base == "元":
        # 单位：万 may mean the money, the people, or both.
        return bare[0], None
    alike = [(given, measure) for given, measure in measures if _sort(measure) == _sort(target)]
    factors = {factor: given for given, measure in alike if (factor := measure.factor(target)) is not None}
    if len(factors) == 1:
        [(factor, given)] = factors.items()
        return given, factor
    if factors:
        return "、".join(factors.values()), None
    for given, measure in alike:
        # 单位：人 stands above columns of 户 too.
        if measure.scale != 1 or _sort(target) not in _PIECES:
            return given, None
    return _NOTHING


def _unclear(text: str, target: Measure) -> str | None:
    """A text that speaks of another multiple of money than a field of money counts in."""
    found = _MULTIPLE.finditer(text.translate(_HALF)) if target.base == "元" else ()
    return text[:30] if any(_own_unit(given[0].strip("“\"‘'"), target)[1] != 1 for given in found) else None


def conversions(
    fields: Mapping[int, Field], headings: Mapping[int, str], around: Iterable[Sequence[Any]]
) -> dict[int, Conversion]:
    """Place of a column → what is to be done with its numbers, for those of another unit than the field's.

    `around`: the rows above the header, the notes below the table, and the name of its sheet.
    """
    table = units_above(around)
    found = {place: conversion(field, headings.get(place, ""), table) for place, field in fields.items()}
    return {place: one for place, one in found.items() if one is not None}


def in_unit(field: Field, clean: Cleaner, column: Conversion | None) -> Cleaner:
    """The cleaner of a column of numbers that has a unit, whether the column or a cell says another one."""
    target = measure_of(field.unit)

    def read(value: Any) -> Cleaned:
        text = as_text(value)
        said = _CELL.fullmatch(text) if isinstance(value, str) else None
        own = measure_of(said["unit"]) if said is not None and said["unit"] else None
        if target is None and column is None and said is not None and own is not None:
            return _in_no_unit(field, said["unit"], own, text, clean(value))
        factor = own.factor(target) if own is not None and target is not None else None
        if said is not None and own is not None and factor is None and not _counts_pieces(own, target):
            told = f"“{text[:30]}”的单位与“{field.title}”的单位“{field.unit}”不能换算，请换算后填写。"
            return Cleaned(None, problem("unit_unknown", told))
        if said is None or factor is None:
            return clean(value) if column is None else _converted(field, value, text, column)
        if factor == 1 and column is None:
            return clean(said["number"])
        cell = Conversion(heading="", given=said["unit"], wanted=field.unit, factor=factor)
        found = _converted(field, said["number"], text, cell)
        if found.value is None or found.problems:
            return found
        told = f"“{text[:30]}”自带单位，按 {found.value:,} {field.unit}读取，请核对。"
        return Cleaned(found.value, problem("unit_in_cell", told, Severity.WARNING))

    return read


def _in_no_unit(field: Field, unit: str, own: Measure, text: str, found: Cleaned) -> Cleaned:
    """A cell with a unit (8分, 3年) in a field that has none: told where its headings do not speak of it."""
    counts = _sort(own) in _PIECES and own.base != "分"
    plain = counts or any(unit in heading for heading in (field.title, *field.headings))
    if found.value is None or found.problems or plain:
        return found
    if own.base in _TIMES:
        told = f"“{text[:30]}”以“{unit}”计，“{field.title}”不是这样计的，请核对是否填错了列。"
        return Cleaned(None, problem("unit_unknown", told))
    told = f"“{text[:30]}”自带单位，按 {found.value:,} 读取，请核对。"
    return Cleaned(found.value, problem("unit_in_cell", told, Severity.WARNING))


def _converted(field: Field, value: Any, text: str, column: Conversion) -> Cleaned:
    cleaned = clean_decimal(value)
    number = cleaned.value
    if number is None:
        return cleaned
    if column.factor is None:
        told = f"这一列以“{column.given}”计，" + (
            f"“{field.title}”以“{field.unit}”计，不能自动换算，请换算后连同单位填写（如“100{field.unit}”），"
            "或换算整列并改正表头。"
            if field.unit
            else f"“{field.title}”按原数登记，不能自动换算，请换算后填写，并改正表头。"
        )
        return Cleaned(None, problem("unit_unknown", told))
    exact = number * column.factor
    if field.type is FieldType.INTEGER:
        if exact != exact.to_integral_value():
            words = f"“{text[:30]}”折合 {exact:f} {field.unit}，不是整数，请核对。"
            return Cleaned(None, problem("number_not_whole", words))
        return Cleaned(int(exact))
    rounded = _rounded(field, exact)
    if exact == rounded:
        return Cleaned(exact)
    told = f"“{text[:30]}”折合 {exact.normalize():f} {field.unit}，按 {field.places} 位小数记为 {rounded}。"
    return Cleaned(rounded, problem("unit_rounded", told, Severity.WARNING))


def _rounded(field: Field, exact: Decimal) -> Decimal:
    if field.places is None or exact.adjusted() > _MOST_DIGITS:
        return exact
    return exact.quantize(Decimal(1).scaleb(-field.places), ROUND_HALF_UP)


def as_kept(field: Field, clean: Cleaner) -> Cleaner:
    """The cleaner of a column of decimals, with no more of them than the field keeps; told where some go."""

    def read(value: Any) -> Cleaned:
        found = clean(value)
        if not isinstance(found.value, Decimal) or found.value == (rounded := _rounded(field, found.value)):
            return found
        told = f"“{as_text(value)[:30]}”按 {field.places} 位小数记为 {rounded}。"
        return Cleaned(rounded, (*found.problems, *problem("number_rounded", told, Severity.WARNING)))

    return read


def sister_headings(field: Field, headings: Iterable[str]) -> list[str]:
    """The headings of a field that name its unit, as tables that count in a multiple write them."""
    target = measure_of(field.unit)
    found: list[str] = []
    if target is None or field.type not in NUMBERS:
        return found
    for heading in headings:
        unit = unit_in(heading)
        measure = measure_of(unit) if unit is not None else None
        if unit is None or measure is None or measure.factor(target) is None or measure.base is None:
            continue
        head, _, tail = heading.rpartition(unit)
        found += [f"{head}{scale}{unit.lstrip(''.join(_POWERS))}{tail}" for scale in _USUAL if head]
    return found


def _counts_pieces(measure: Measure, target: Measure | None) -> bool:
    """Whether a unit is a word for one of whatever is counted (12个, 3项) over what is counted so."""
    return (
        measure.base in ("个", "项", "次", "件", "份")
        and measure.scale == 1
        and target is not None
        and _sort(target) in _PIECES
    )


def _sort(measure: Measure) -> int | None:
    return _SORT[measure.base] if measure.base is not None else None


def unit_notices(sheet: str, found: Mapping[int, Conversion]) -> Iterable[Problem]:
    """What is told of each column whose unit is not the field's."""
    for one in found.values():
        code = "unit_unknown" if one.factor is None else "unit_converted"
        what = "单位不能换算" if one.factor is None else "已换算单位"
        text = f"工作表“{sheet}”的“{one.heading}”列{what}：{one.words}。"
        yield Problem(code=code, text=text, severity=Severity.NOTICE)
