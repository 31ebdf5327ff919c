"""The districts, townships and villages that a new database begins with."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import ClassVar

from sqlalchemy import func, select

from suite.contract.commands import Change, Command, Done
from suite.contract.problems import refuse
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.tables import District, Subject


@dataclass(frozen=True, kw_only=True)
class LoadPlaces(Command):
    """Write the shipped districts, townships and villages into a new database."""

    permission: ClassVar[str] = "core:places:edit"
    title: ClassVar[str] = "载入区划与村居"


def shipped(name: str) -> Iterator[dict[str, str]]:
    """The rows of a shipped table of places."""
    text = files("suite.kernel.registry").joinpath("data", f"{name}.csv").read_text("utf-8")
    yield from csv.DictReader(text.splitlines())


def load_places(command: LoadPlaces, work: Transaction) -> Done:
    """Write them, once."""
    if work.session.scalar(select(func.count()).select_from(District)):
        raise refuse("places.loaded", "区划已经载入，更新请用导入。")
    for row in shipped("districts"):
        work.session.add(
            District(
                code=row["code"],
                name=row["name"],
                short_name=row["short_name"],
                kind=row["kind"],
                standard=row["in_gbt2260"] == "Y",
                province_managed=row["province_managed"] == "Y",
            )
        )
    work.session.flush()
    townships = [
        RowEdit(
            values={
                "name": row["name"],
                "main_no": row["code"],
                "district_code": row["district_code"],
                "township_kind": row["kind"],
            }
        )
        for row in shipped("townships")
    ]
    work.run(SaveRecords(kind="core.township", rows=tuple(townships)))
    ids = dict(
        work.session.execute(select(Subject.main_no, Subject.id).where(Subject.kind == "core.township")).all()
    )
    villages = [
        RowEdit(
            values={
                "name": row["name"],
                "main_no": row["code"],
                "district_code": row["district_code"],
                "body_id": ids[row["township_code"]],
                "village_kind": row["kind"],
            }
        )
        for row in shipped("villages")
    ]
    work.run(SaveRecords(kind="core.village", rows=tuple(villages)))
    return Done(
        text=f"已载入 24 个区县、{len(townships)} 个乡镇、{len(villages):,} 个村居",
        changes=(Change(kind="core.village", ids=()),),
    )
