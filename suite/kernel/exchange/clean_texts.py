"""Cleaners of texts, names, yes/no and values of code lists."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any
from unicodedata import category

from suite.contract.problems import Severity
from suite.kernel.exchange.bounds import DEFAULT_LIMITS
from suite.kernel.exchange.cleaned import (
    APOSTROPHES,
    EMPTY,
    PLACEHOLDERS,
    Cleaned,
    Cleaner,
    as_text,
    cell_error,
    is_placeholder,
    problem,
)
from suite.kernel.exchange.damage import EXACT_DIGITS, damaged_number, scientific, taken_for_date

_HAN = r"\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\ue000-\uf8ff\uf900-\ufaff\U00020000-\U0003ffff"
_CHINESE = re.compile(f"[{_HAN}]")
_BLANK_IN_NAME = re.compile(rf"(?<=[{_HAN}]) (?=[{_HAN}（()])|(?<=[)）]) (?=[{_HAN}])")
_BLANKS_BETWEEN = re.compile(rf"(?<=[{_HAN}，。；：、）])\s+(?=[{_HAN}（])")
#: A break that goes without leaving anything between what it parts.
_BROKEN = re.compile(rf"(?<=[{_HAN}）])[^\S\r\n]*[\r\n]\s*(?=[{_HAN}（])")
_BREAK = re.compile(r"[\r\n\v\f\u2028\u2029]")
_DOT_FORMS = "·•‧・･⋅∙●"
_DOTS = re.compile(rf" ?[{_DOT_FORMS}] ?")
_POINT = re.compile(rf"(?<=[{_HAN}]) ?[.．] ?(?=[{_HAN}])")

#: What programs put in the place of a character that they cannot write.
_DESTROYED = re.compile("[?？\ufffd□■〓]")
#: What refers to the cell above, which nobody can tell once rows are sorted or left out.
DITTOS = frozenset({"同上", "同前", "〃", "″", "ditto"})
#: What stands for a name that is not known or not written again, beside the usual placeholders.
_NO_NAMES = DITTOS | frozenset(
    {
        "不详",
        "未知",
        "待定",
        "待补",
        "空",
        "空缺",
        "作废",
        "已注销",
        "已转出",
    }
)
NO_NAME = re.compile(rf"(?:{'|'.join(sorted(filter(str.isalpha, PLACEHOLDERS | _NO_NAMES)))})\Z")
"""Finds what is no name among texts of letters only."""
#: Signs that refer to a note below the table, and a point that stands for one.
_MARK = re.compile("[*＊★☆▲△▼▽◆◇※#＃^†‡]|^·|·$")
#: A remark in brackets behind the name; one sign tells namesakes apart (大, 女, 一).
_REMARK = re.compile(r"[(（〔\[【].*[)）〕\]】]")
#: Between the names of two people; a comma stands in one foreign name as well.
_SEVERAL_PEOPLE = re.compile(r"\w\s*[、；;/／]\s*\w|[^\W\x00-\x7f]\s*[，,]\s*[^\W\x00-\x7f]")
#: Signs inside names of people of all nations; Latin ones may end with a point (Jr.).
_SIGNS_OF_NAMES = "·.'’-,"
_DIGIT = re.compile(r"\d")
_NUMBERED = re.compile(r"\D+\d{1,2}")

YES = frozenset({"是", "√", "✓", "✔", "有", "对", "Y", "YES", "TRUE", "T", "1"})
NO = frozenset({"否", "×", "✗", "✘", "X", "无", "没有", "错", "N", "NO", "FALSE", "F", "0"})


def clean_text(value: Any, *, longest: int = DEFAULT_LIMITS.text) -> Cleaned:
    """A text: half-width letters and digits, single blanks, no line breaks; Chinese punctuation stays."""
    if isinstance(value, str):
        if "\n" in value or "\r" in value:
            value = _BLANKS_BETWEEN.sub(_closed_up, value)
    elif isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= 10**EXACT_DIGITS:
        return damaged_number(value) or EMPTY
    elif (date := taken_for_date(value)) is not None:
        return date
    text = as_text(value)
    if not text:
        return EMPTY
    if len(text) > longest:
        return Cleaned(
            None, problem("text_too_long", f"文字超过 {longest} 字，请缩短后再导入，全文可作为附件保存。")
        )
    if text[0] == "#" or text[-1].isdigit():
        return cell_error(text) or scientific(text, alone=False) or Cleaned(text)
    return Cleaned(text)


def clean_words(value: Any) -> Cleaned:
    """A text of a field of its own: as `clean_text`; what refers to the row above is not followed.

    Lines between which no sign stands are joined as one, and it is told: they may have been several things.
    """
    cleaned = clean_text(value)
    text = cleaned.value
    if not isinstance(text, str) or cleaned.problems:
        return cleaned
    if text in DITTOS:
        return Cleaned(text, problem("text_refers", f"“{text}”没有照抄上一行，请填写内容本身。"))
    if isinstance(value, str) and _BROKEN.search(value.replace("_x000D_", "")):
        told = f"单元格里有换行，已连成“{text[:40]}”，如是几项请在各项之间加顿号。"
        return Cleaned(text, problem("text_joined", told, Severity.WARNING))
    return cleaned


def clean_lines(value: Any) -> Cleaned:
    """A long text: as `clean_text`, line by line; the breaks between its lines stay."""
    if not isinstance(value, str) or not _BREAK.search(value := value.replace("_x000D_", "\n")):
        return clean_text(value)
    text = "\n".join(map(as_text, value.splitlines())).strip("\n")
    if len(text) > DEFAULT_LIMITS.text or "\n" not in text:
        return clean_text(text)
    return Cleaned(re.sub(r"\n{3,}", "\n\n", text))


def clean_name(value: Any) -> Cleaned:
    """A name of a person or body: blanks inside Chinese go, · in all its forms becomes one and stays.

    Blanks inside Latin names and inside names with · stay, and so do rare characters, whatever plane they
    come from. A number or a date is no name, nor is one that lost a character; 无 and — say that there is
    none. What refers to another cell is not followed.
    """
    if isinstance(value, str) and value.isalpha() and not NO_NAME.match(value):
        # Neither blanks nor dots nor digits; nearly every name is so.
        return clean_text(value, longest=200)
    if isinstance(value, str) and any(dot in value for dot in _DOT_FORMS):
        # The parts of such a name may be written apart: a line break in it is a blank.
        value = " ".join(value.split())
    cleaned = clean_text(value, longest=200)
    text = cleaned.value
    if not isinstance(text, str) or cleaned.problems:
        return cleaned
    if is_placeholder(text):
        return EMPTY
    if text in _NO_NAMES:
        return Cleaned(text, problem("name_missing", f"“{text}”不是名称，请填写名称本身。"))
    if found := _DESTROYED.search(text):
        return Cleaned(
            text,
            problem(
                "name_destroyed",
                f"“{text[:40]}”里的“{found[0]}”像是没有保存下来的字（多为生僻字），请对照证照改正。",
            ),
        )
    if not isinstance(value, str) or (text.isascii() and not any(map(str.isalpha, text))):
        return Cleaned(text, problem("name_is_number", f"“{text[:40]}”不是名称，请核对是否填错了列。"))
    name = _POINT.sub("·", _DOTS.sub("·", text))
    return Cleaned(name if "·" in name else _BLANK_IN_NAME.sub("", name))


def clean_own_name(value: Any) -> Cleaned:
    """The name by which a record is known: as `clean_name`, and never none."""
    cleaned = clean_name(value)
    if cleaned == EMPTY and (text := as_text(value)):
        return Cleaned(text, problem("name_missing", f"“{text}”不是名称，请填写名称本身。"))
    name = cleaned.value
    if isinstance(name, str) and not cleaned.problems and (found := _MARK.search(name)):
        told = f"“{name[:40]}”里有标记“{found[0]}”，请去掉标记，它所说明的内容填到各自的列。"
        return Cleaned(name, problem("name_marked", told))
    return cleaned


def clean_person_name(value: Any) -> Cleaned:
    """The name of a natural person: no digit stands in it, but where offices number namesakes (王伟2).

    A remark in brackets is no part of a name either, but where it is one sign that tells namesakes apart;
    nor are other signs, nor are the names of several people one name.
    """
    cleaned = clean_own_name(value.lstrip(APOSTROPHES) if isinstance(value, str) else value)
    name = cleaned.value
    if not isinstance(name, str) or cleaned.problems:
        return cleaned
    if remark := _REMARK.search(name):
        if len(remark[0]) <= len("（大）"):
            told = f"姓名“{name[:40]}”带有括注，如是为区分同名的人所加，请核对是否去掉。"
            return Cleaned(name, problem("name_remarked", told, Severity.WARNING))
        told = f"姓名“{name[:40]}”里有括注，请只填姓名，括注的内容填到各自的列。"
        return Cleaned(name, problem("name_remarked", told))
    if _SEVERAL_PEOPLE.search(name):
        told = f"姓名“{name[:40]}”像是几个人的姓名，请每人填一行。"
        return Cleaned(name, problem("name_of_several", told))
    if sign := _sign_of_no_name(name):
        told = f"姓名“{name[:40]}”里有“{sign}”，请只填姓名。"
        return Cleaned(name, problem("name_has_signs", told))
    if not _DIGIT.search(name):
        return cleaned
    if _NUMBERED.fullmatch(name):
        told = f"姓名“{name[:40]}”末尾有数字，如是为区分同名的人所加，请核对是否去掉。"
        return Cleaned(name, problem("name_numbered", told, Severity.WARNING))
    told = f"姓名“{name[:40]}”里有数字，请只填姓名，电话、编号等填到各自的列。"
    return Cleaned(name, problem("name_has_digits", told))


def _sign_of_no_name(name: str) -> str | None:
    """The first sign that stands in no name, or not at the ends of one."""
    ends = (name[0], name[-1]) if _CHINESE.search(name) else ()
    return next(
        (
            char
            for place, char in enumerate((*ends, *name))
            if category(char)[0] in "PS" and (place < len(ends) or char not in _SIGNS_OF_NAMES)
        ),
        None,
    )


def _closed_up(blanks: re.Match[str]) -> str:
    """Nothing for blanks that break a line between Chinese characters; other blanks as they are."""
    return "" if _BREAK.search(blanks[0]) else blanks[0]


def clean_boolean(value: Any) -> Cleaned:
    """Yes or no: 是/否, √/×, 有/无, Y/N, 1/0."""
    if isinstance(value, bool):
        return Cleaned(value)
    text = as_text(value).upper()
    if text in YES:
        return Cleaned(True)
    if text in NO:
        return Cleaned(False)
    if is_placeholder(text):
        return EMPTY
    return cell_error(text) or Cleaned(
        None, problem("boolean_unknown", f"“{text[:20]}”看不出是或否，请填“是”或“否”。")
    )


def code_cleaner(
    by_text: Mapping[str, str], titles: Mapping[str, str], unknown: Collection[str] = ()
) -> Cleaner:
    """A cleaner for one code list: any spelling in `by_text` becomes its value.

    `titles` (value → title) lists what is allowed when a text is not known. A text of `unknown` says that
    nothing is known: empty, and told. Case, blanks and full-width forms do not matter; nothing is matched
    by likeness.
    """
    spellings = {_folded(text): code for text, code in by_text.items()}
    allowed = "、".join(list(titles.values())[:20]) + ("等" if len(titles) > 20 else "")

    def clean_code(value: Any) -> Cleaned:
        text = as_text(value)
        code = spellings.get(_folded(text))
        if code is not None:
            return Cleaned(code)
        if is_placeholder(text):
            return EMPTY
        if text in unknown:
            told = f"“{text}”表示未知或未说明，按没有填写处理，名册中已有的不变。"
            return Cleaned(None, problem("code_said_unknown", told, Severity.NOTICE))
        return cell_error(text) or Cleaned(
            None, problem("code_unknown", f"“{text[:40]}”不是可用的值，请改为：{allowed}。")
        )

    return clean_code


def _folded(text: str) -> str:
    return as_text(text).replace(" ", "").replace("（", "(").replace("）", ")").casefold()
