"""The items of the plan with the places where they are done: from the list and from what is declared."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

from suite.loader.catalog import Catalog

HERE, WAITING = "here", "waiting"


@dataclass(frozen=True, kw_only=True)
class Item:
    """One item as the list of the plan's systems has it; `owner` is a plugin, or several.

    `section` names the plan's numbers, `chapter` is the heading under which it is shown.
    """

    no: int
    title: str
    section: str
    chapter: str
    owner: str


@dataclass(frozen=True, kw_only=True)
class PlanLine:
    """One item and where it is done. An item that nobody serves waits for its owner's plugin."""

    item: Item
    where: tuple[str, ...]

    @property
    def state(self) -> str:
        """Whether it is done here."""
        return HERE if self.where else WAITING


@cache
def items() -> tuple[Item, ...]:
    """All items, in the order of their numbers."""
    text = resources.files(__package__ or "").joinpath("items.csv").read_text(encoding="utf-8")
    return tuple(
        Item(
            no=int(row["no"]),
            title=row["title"],
            section=row["section"],
            chapter=row["chapter"],
            owner=row["owner"],
        )
        for row in csv.DictReader(text.splitlines())
    )


def plan_lines(catalog: Catalog) -> list[PlanLine]:
    """Every item with its places, as declared by the core and the plugins that are on."""
    return [PlanLine(item=item, where=catalog.plan.get(item.no, ())) for item in items()]
