"""By what two records are held for one: the ways, their keys in SQL and in Python, and how sure each is.

The finder of duplicates groups the roster by these keys; an import asks of its rows whether a record has the
same ones. A name alone tells nobody apart: only together with a birth date, a body or a number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, case, func, literal
from sqlalchemy import String as Text

from suite.contract.declarations import RecordKind, SubjectRole
from suite.kernel.registry.merging_references import IDENTITIES, PERSONS, SUBJECTS
from suite.kernel.registry.timeline import LICENCES

#: What people write or leave out: in names of bodies, of persons (the dot of a foreign name) and in numbers.
IN_BODY_NAMES = " 　()（）·"
IN_NAMES = " 　·"
IN_NUMBERS = " -－"


class Certainty(StrEnum):
    """How sure a reason is."""

    CERTAIN = "certain"  # one number or one person: only a mistake in it would make them two
    LIKELY = "likely"
    POSSIBLE = "possible"


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why two records are held for one: a code, words, how sure it is."""

    code: str
    words: str
    certainty: Certainty


@dataclass(frozen=True, kw_only=True)
class Key:
    """One part of what two records have in common: `sql` of the roster, `plain` of a value of `field`."""

    sql: ColumnElement[Any]
    field: str | None = None
    plain: Callable[[Any], Any] = lambda value: value

    def of(self, values: Mapping[str, Any]) -> Any:
        """The key that these values have; None where they say nothing of it."""
        value = values.get(self.field or "")
        return (self.plain(value) or None) if value is not None else None


@dataclass(frozen=True, kw_only=True)
class Way:
    """A reason, and the keys that two records then have in common.

    `across`: of records of two kinds; the persons behind them may be one.
    """

    reason: Reason
    keys: tuple[Key, ...]
    source: Callable[[], Any]
    across: bool = False


def ways(kind: RecordKind) -> Iterable[Way]:
    """The ways that fit the kind, the surest first."""
    name = name_key(kind)
    number = _number("main_no", SUBJECTS.c.main_no)
    yield Way(
        reason=Reason(code="main_no", words="编号相同，只是写法不同", certainty=Certainty.CERTAIN),
        keys=(number,),
        source=_subjects,
    )
    if kind.has_person:
        yield from _personal(kind, name)
    else:
        yield Way(
            reason=Reason(
                code="organisation_code",
                words="统一社会信用代码中的主体标识码相同",
                certainty=Certainty.CERTAIN,
            ),
            # Characters 9 to 17 of the credit code name the body itself (GB 32100—2015).
            keys=(Key(sql=case((func.length(number.sql) == 18, func.substr(number.sql, 9, 9)), else_=None)),),
            source=_subjects,
        )
    if kind.licence is not None:
        yield Way(
            reason=Reason(code="licence", words=f"{kind.licence.title}号相同", certainty=Certainty.LIKELY),
            keys=(_number(kind.licence.number, LICENCES.c.number),),
            source=_with_licence,
        )
    if kind.role is SubjectRole.PLACE:
        # Villages of one name are many: only in one township is it a sign.
        same = Reason(code="name_body", words="名称和所属相同", certainty=Certainty.LIKELY)
        yield Way(reason=same, keys=(name, _BODY), source=_subjects)
    elif not kind.has_person:
        same = Reason(code="name_district", words="名称相同，同一区县", certainty=Certainty.LIKELY)
        district = Key(sql=SUBJECTS.c.district_code, field="district_code")
        yield Way(reason=same, keys=(name, district), source=_subjects)
        yield Way(
            reason=Reason(code="name", words="名称相近", certainty=Certainty.POSSIBLE),
            keys=(Key(sql=_core_of(name.sql)),),
            source=_subjects,
        )


def _personal(kind: RecordKind, name: Key) -> Iterable[Way]:
    yield Way(
        reason=Reason(code="person", words="已是同一个人", certainty=Certainty.CERTAIN),
        keys=(Key(sql=SUBJECTS.c.person_id),),
        source=_subjects,
    )
    number = _number("id_number", IDENTITIES.c.id_number).sql
    # A number of 15 digits is the one of 18 without the century and the check digit.
    short = Key(
        sql=case(
            (func.length(number) == 18, func.substr(number, 1, 6).op("||")(func.substr(number, 9, 9))),
            else_=number,
        )
    )
    same = Reason(code="id_number", words="证件号码相同，只是写法不同", certainty=Certainty.CERTAIN)
    yield Way(reason=same, keys=(short,), source=_with_identity)
    yield Way(reason=same, keys=(short,), source=_with_identity, across=True)
    born = Reason(code="name_birth", words="姓名和出生日期相同", certainty=Certainty.LIKELY)
    birth = Key(sql=PERSONS.c.birth_date, field="birth_date")
    yield Way(reason=born, keys=(name, birth), source=_with_person)
    yield Way(reason=born, keys=(name, birth), source=_with_person, across=True)
    if "body_id" in kind.by_key:
        yield Way(reason=_named(kind, "name_body", "body_id"), keys=(name, _BODY), source=_subjects)
    yield Way(
        reason=Reason(code="name_phone", words="姓名和联系电话相同", certainty=Certainty.LIKELY),
        keys=(name, _number("phone", IDENTITIES.c.phone)),
        source=_with_identity,
    )
    for field in kind.known_by:
        yield Way(
            reason=_named(kind, f"name_{field}", field),
            keys=(name, Key(sql=kind.details.c[kind.by_key[field].name], field=field)),
            source=lambda: SUBJECTS.join(kind.details, kind.details.c.subject_id == SUBJECTS.c.id),
        )


def _named(kind: RecordKind, code: str, field: str) -> Reason:
    words = f"姓名和{kind.by_key[field].title}相同"
    return Reason(code=code, words=words, certainty=Certainty.LIKELY)


def name_key(kind: RecordKind) -> Key:
    """A name as all its spellings have it in common."""
    signs = IN_NAMES if kind.has_person else IN_BODY_NAMES
    return Key(sql=_without(SUBJECTS.c.name, signs), field="name", plain=lambda text: _plain(text, signs))


def likely_with_name(kind: RecordKind) -> list[Way]:
    """The ways by which a record of the kind is likely to be another of its name; of two keys each."""
    return [
        way
        for way in ways(kind)
        if way.reason.certainty is Certainty.LIKELY
        and not way.across
        and way.keys[0].field == "name"
        and way.keys[1].field in kind.by_key
    ]


#: Whom or what a record belongs to.
_BODY = Key(sql=SUBJECTS.c.body_id, field="body_id")


def _subjects() -> Any:
    return SUBJECTS


def _with_person() -> Any:
    return SUBJECTS.join(PERSONS, PERSONS.c.id == SUBJECTS.c.person_id)


def _with_identity() -> Any:
    return SUBJECTS.join(IDENTITIES, IDENTITIES.c.person_id == SUBJECTS.c.person_id)


def _with_licence() -> Any:
    return SUBJECTS.join(LICENCES, LICENCES.c.subject_id == SUBJECTS.c.id)


def _number(field: str, column: ColumnElement[Any]) -> Key:
    """A number as all its spellings have it in common."""
    return Key(
        sql=func.upper(_without(column, IN_NUMBERS)),
        field=field,
        plain=lambda text: _plain(text, IN_NUMBERS).upper(),
    )


def _without(column: ColumnElement[Any], signs: str) -> ColumnElement[str]:
    """A text without these signs."""
    text: ColumnElement[str] = column
    for sign in signs:
        text = func.replace(text, sign, "", type_=Text())
    return text


def _plain(text: str, signs: str) -> str:
    """The same of a text at hand."""
    return text.translate(_removing(signs))


@lru_cache(maxsize=16)
def _removing(signs: str) -> Mapping[int, None]:
    return dict.fromkeys(map(ord, signs))


def _core_of(name: ColumnElement[str]) -> ColumnElement[str]:
    """A body's name without where it is and what it is, which offices write or leave out."""
    for part in ("河北省", "河北", "石家庄市", "石家庄"):
        name = func.replace(name, part, literal(""))
    return name
