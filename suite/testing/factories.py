"""Values of records that are valid by construction; a test states only what it is about."""

from __future__ import annotations

import datetime as dt
from typing import Any

from suite.bootstrap import Suite
from suite.contract.commands import Actor, TwoPersons
from suite.kernel.parameters.commands import SetParameter
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.kernel.registry.identifiers.resident import check_digit
from suite.kernel.registry.identifiers.uscc import check_character

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"


def resident_number(sequence: int, birth: dt.date = dt.date(1985, 4, 12), area: str = "130102") -> str:
    """A valid resident number; even sequences are women's."""
    body = f"{area}{birth:%Y%m%d}{sequence % 1000:03d}"
    return body + check_digit(body)


def uscc(sequence: int, prefix: str = "31", area: str = "130000") -> str:
    """A valid unified social credit code."""
    body = f"{prefix}{area}{sequence:09d}"
    return body + check_character(body)


def practice_no(sequence: int, year: int = 2012, category: int = 1, sex: int = 0) -> str:
    """A well-formed lawyer's practice number of Shijiazhuang."""
    return f"11301{year}{category}{sex}{sequence:06d}"


def a_firm(sequence: int = 1, **values: Any) -> dict[str, Any]:
    """A law firm's values."""
    return {
        "name": f"河北第{sequence}律师事务所",
        "main_no": uscc(sequence),
        "district_code": "130102",
        "category": "general_partnership",
        **values,
    }


def a_lawyer(sequence: int = 1, **values: Any) -> dict[str, Any]:
    """A lawyer's values."""
    return {
        "name": f"{SURNAMES[sequence % 20]}志远",
        "main_no": practice_no(sequence),
        "district_code": "130102",
        "category": "full_time",
        **values,
    }


def make(
    suite: Suite, actor: Actor, kind: str, *rows: dict[str, Any], on: dt.date | None = None
) -> list[int]:
    """Save new records through the executor; returns their ids."""
    done = suite.run(
        SaveRecords(kind=kind, rows=tuple(RowEdit(values=row) for row in rows), effective_on=on), actor
    )
    return list(done.result["ids"])


def leave_to_one(suite: Suite, actor: Actor, rule: TwoPersons) -> None:
    """Let one person alone do what the house may leave to one."""
    suite.run(
        SetParameter(key=rule.switch, value="false", valid_from=dt.date(2020, 1, 1), source="测试"), actor
    )
