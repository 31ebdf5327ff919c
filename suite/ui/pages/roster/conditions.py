"""The filter bar of a kind: one filter for each declared field that can be asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from suite.contract.declarations import Field, FieldType, RecordKind
from suite.database.engine import ReadSession
from suite.kernel.registry.current import names_of
from suite.kernel.registry.queries import ListQuery, counts_by
from suite.ui.desk import Desk
from suite.ui.kit.filter_panels import FilterKind, FilterSpec, Offer, Option
from suite.ui.pages.roster.state import MATTER, Matter

#: A panel that lists more is searched by name instead of read.
MOST_OPTIONS = 400
EMPTY = "未填"
#: Types whose values are few enough to choose from, whatever the field.
ASKED_FOR = (FieldType.CODE, FieldType.CODES, FieldType.DATE, FieldType.BOOLEAN)

Counted = list[tuple[Any, int]]


class Conditions:
    """Makes the specs of a kind and fetches the choices of each panel with their live counts.

    `ask` tells the query in force. `names` keeps the names of linked subjects that a set filter shows.
    `matter` is what the list was opened for from the desk; a filter of its own takes it back.
    """

    def __init__(
        self, desk: Desk, kind: RecordKind, districts: Mapping[str, str], ask: Callable[[], ListQuery]
    ) -> None:
        self._desk = desk
        self._kind = kind
        self._districts = districts
        self._ask = ask
        self.names: dict[int, str] = {}
        self.matter: Matter | None = None

    def specs(self) -> list[FilterSpec]:
        """The filters in the order of the fields; those not declared `filtered` wait under 更多条件."""
        specs = [self._spec(field) for field in self._kind.fields if self._usable(field)]
        if self.matter is None:
            return specs
        option = Option(self.matter, self.matter.title, len(self.matter.ids))
        return [FilterSpec(key=MATTER, title=self.matter.word, options=(option,)), *specs]

    @staticmethod
    def _usable(field: Field) -> bool:
        if field.sensitive or field.key == "name":
            return False
        return field.filtered or field.type in ASKED_FOR

    def _spec(self, field: Field) -> FilterSpec:
        if field.type is FieldType.DATE:
            return FilterSpec(key=field.key, title=field.title, kind=FilterKind.DATES, in_bar=field.filtered)
        return FilterSpec(
            key=field.key,
            title=field.title,
            options=tuple(Option(value, title) for value, title in self._fixed(field).items()),
            fetch=lambda offer: self._fetch(field, offer),
            in_bar=field.filtered,
        )

    def _fixed(self, field: Field) -> dict[Any, str]:
        """The choices that are known without asking, in their own order."""
        match field.type:
            case FieldType.CODE | FieldType.CODES:
                return {**self._desk.suite.catalog.codes[field.codes or ""].titles}
            case FieldType.DISTRICT:
                return {**self._districts}
            case FieldType.BOOLEAN:
                return {True: "是", False: "否"}
            case FieldType.LINK:
                return dict(sorted(self.names.items()))
        return {}

    def _fetch(self, field: Field, offer: Offer) -> None:
        suite, actor, asked = self._desk.suite, self._desk.actor, self._ask()

        def query(session: ReadSession) -> tuple[Counted, Mapping[int, str]]:
            counted = counts_by(session, actor, suite.catalog, asked, field.key)
            counted.sort(key=lambda pair: -pair[1])
            counted = counted[:MOST_OPTIONS]
            links = [value for value, _ in counted if value] if field.type is FieldType.LINK else []
            return counted, names_of(session, links)

        def answered(answer: tuple[Counted, Mapping[int, str]]) -> None:
            counted, names = answer
            self.names.update(names)
            offer(self._options(field, dict(counted)))

        # The panel may have been thrown away by then: another kind is shown, the tab is closed.
        self._desk.read(query, answered, owner=getattr(offer, "__self__", None))

    def _options(self, field: Field, hits: dict[Any, int]) -> list[Option]:
        known = self._fixed(field)
        order = list(known) if field.type is not FieldType.LINK else []
        order += [value for value in hits if value is not None and value not in order]
        options = [Option(value, known.get(value, str(value)), hits.get(value, 0)) for value in order]
        if hits.get(None):
            options.append(Option(None, EMPTY, hits[None]))
        return options

    def unknown_links(self, filters: Mapping[str, object]) -> list[int]:
        """Linked subjects in set filters whose names have still to be read."""
        ids: list[int] = []
        for key, values in filters.items():
            field = self._kind.by_key.get(key)
            if field is not None and field.type is FieldType.LINK and isinstance(values, list):
                ids += [value for value in values if value is not None and value not in self.names]
        return ids
