"""The filters of 操作留痕, and the query that they say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from suite.kernel.audit.activity import Act, ActivityChoices, ActivityQuery, activity_choices
from suite.ui.desk import Desk
from suite.ui.kit.filter_panels import FilterKind, FilterSpec, Offer, Option
from suite.ui.kit.filters import QUICK
from suite.ui.pages.activity.source import ACTS


def specs(desk: Desk) -> list[FilterSpec]:
    """人员 日期 类别 命令 条线; the people and the commands are those of the trace."""

    def fetched(offered: Callable[[ActivityChoices], list[Option]]) -> Callable[[Offer], None]:
        def fetch(offer: Offer) -> None:
            desk.read(
                lambda session: activity_choices(session, desk.actor),
                lambda choices: offer(offered(choices)),
                owner=getattr(offer, "__self__", None),
            )

        return fetch

    titles = desk.suite.catalog.titles
    return [
        FilterSpec(
            key="logins",
            title="人员",
            fetch=fetched(lambda found: [Option(login, name, words=login) for login, name in found.people]),
        ),
        FilterSpec(key="days", title="日期", kind=FilterKind.DATES),
        FilterSpec(
            key="acts", title="类别", options=tuple(Option(act, state.word) for act, state in ACTS.items())
        ),
        FilterSpec(
            key="commands",
            title="事项",
            fetch=fetched(lambda found: [Option(name, title, words=name) for name, title in found.commands]),
        ),
        FilterSpec(
            key="professions",
            title="条线",
            options=tuple(Option(key, titles.get(key, key)) for key in desk.suite.catalog.professions),
        ),
    ]


def query_of(values: Mapping[str, object]) -> ActivityQuery:
    """What is asked for by the values of the bar."""
    days = values.get("days")
    first, last = days if isinstance(days, tuple) else (None, None)
    return ActivityQuery(
        first=first if isinstance(first, dt.date) else None,
        last=last if isinstance(last, dt.date) else None,
        logins=_chosen(values, "logins"),
        acts=tuple(Act(one) for one in _chosen(values, "acts")),
        commands=_chosen(values, "commands"),
        professions=_chosen(values, "professions"),
        text=str(values.get(QUICK, "")),
    )


def _chosen(values: Mapping[str, object], key: str) -> tuple[str, ...]:
    chosen = values.get(key)
    return tuple(str(one) for one in chosen) if isinstance(chosen, list) else ()
