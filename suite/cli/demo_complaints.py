"""Complaints of all fields and the small logs for the demonstration, played by commands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import TYPE_CHECKING, Any

from suite.cli.demo_cases import Play
from suite.cli.demo_tales.appraisal import COURT
from suite.cli.demo_tales.arbitration import ARBITRATION, PROCEEDINGS
from suite.cli.demo_tales.lawyers import LAWYERS
from suite.cli.demo_tales.notary import NOTARIES
from suite.cli.demo_tales.tale import Tale
from suite.cli.demo_workbooks import SEED
from suite.kernel.casework.derive import step
from suite.kernel.registry.queries import ListQuery, list_ids

if TYPE_CHECKING:
    from suite.bootstrap import Suite
    from suite.contract.commands import Actor

PEOPLE = ("马永强", "郭秀珍", "冯立新", "曹丽娟", "邓志明", "许桂芝", "韩建军", "宋玉兰")
#: Dates that a step is given as its own day, or so many days after it.
OWN_DAYS = {
    "province_on": 0, "rectified_on": 0, "announced_on": 0, "issued_on": 0, "held_on": 0, "appeared_on": 0,
    "reported_on": 0, "rectify_by": 20, "hearing_on": 12,
}  # fmt: skip
WITH_RECTIFICATION = ("order", "measure")


class Teller:
    """Plays tales of one profession: one clerk takes the steps, others sign."""

    def __init__(self, suite: Suite, clerk: Actor, second: str, signers: tuple[Actor, ...]) -> None:
        self._suite, self._clerk, self._second = suite, clerk, second
        self._play = Play(suite, clerk, second, signers)
        self._rng = Random(f"{SEED}:complaints of all")
        self._records: dict[str, list[int]] = {}

    def tell(self, tales: Sequence[Tale]) -> int:
        """How many of them could be told: a roster without records has none."""
        return sum(self._told(tale, place) for place, tale in enumerate(tales))

    def _told(self, tale: Tale, place: int) -> bool:
        bodies = self._of(tale.about)
        if not bodies:
            return False
        catalog, day = self._suite.catalog, self._suite.today - dt.timedelta(days=tale.back)
        kind = catalog.case_kinds[tale.kind]
        lifecycle = catalog.lifecycle_of(kind)
        opening = lifecycle.by_command[tale.opening]
        values = {**self._days(tale.opening, lifecycle.by_command, day), **tale.values}
        values |= {key: day - dt.timedelta(days=days) for key, days in tale.days.items()}
        if opening.complainant:
            name = PEOPLE[place % len(PEOPLE)]
            values["complainants"] = ({"name": name, "phone": f"1380311{2000 + place + tale.back * 10}"},)
        command = step(
            catalog,
            tale.opening,
            kind=tale.kind,
            on=day,
            **{kind.respondent: (self._rng.choice(bodies),)},
            **values,
        )
        case_id: int = self._suite.run(command, self._clerk).result["case_id"]
        told = any(name == "NotifyAcceptance" for name, _, _ in tale.way)
        for name, after, given in tale.way:
            on = day + dt.timedelta(days=after)
            made = {**self._days(name, lifecycle.by_command, on), **given}
            if "officer" in lifecycle.by_command[name].parties:
                users = kind.roles["officer"].of.value == "user"
                made["officer"] = (self._clerk.login, self._second) if users else ("委员甲", "委员乙")
            if name == "DecideComplaint" and made["outcome"] not in WITH_RECTIFICATION:
                made.pop("rectify_by", None)
            self._play.take(case_id, name, on, **made)
            if name == "AcceptComplaint" and not told:
                self._play.take(case_id, "NotifyAcceptance", on + dt.timedelta(days=1))
        return True

    @staticmethod
    def _days(command: str, steps: Mapping[str, Any], on: dt.date) -> dict[str, Any]:
        return {
            key: on + dt.timedelta(days=OWN_DAYS[key]) for key in steps[command].fields if key in OWN_DAYS
        }

    def _of(self, kind: str) -> list[int]:
        if kind not in self._records:
            with self._suite.reading() as session:
                query = ListQuery(kind=kind, filters={"status": ("active",)}, sort=(("name", False),))
                self._records[kind] = list(
                    list_ids(session, self._clerk, self._suite.catalog, query).ids[:200]
                )
        return self._records[kind]


def complaints_of_all(suite: Suite, clerk: Callable[[str], Actor]) -> str:
    """The complaints of lawyers, notaries and arbitration, and the small logs of all.

    clerk: profession, or area of rights → who handles its cases.
    """
    known = {
        "lawyers": (LAWYERS, "lvshikz"),
        "notary": (NOTARIES, "gongzhengkz"),
        "arbitration": (ARBITRATION, "zhongcaikz"),
        "arbitration.proceedings": (PROCEEDINGS, "zhongcaikz"),
        "appraisal": (COURT[:-1], "jiandingkz"),
        "appraisal.interference": (COURT[-1:], "jiandingkz"),
    }
    told = 0
    for area, (tales, head) in known.items():
        if area.partition(".")[0] in suite.catalog.professions:
            signers = (suite.actor(head), suite.actor("juling"))
            told += Teller(suite, clerk(area), head, signers).tell(tales)
    return f"{told} 件"
