"""Whatever can refer to a record or a person has a name for people, and the trace knows since when."""

from __future__ import annotations

import pytest

from suite.bootstrap import Suite
from suite.database.audit_sql import UNAUDITED
from suite.database.base import METADATA
from suite.database.rights_cases import WRITTEN_WITH
from suite.kernel.registry.referring import OTHER, foreign_keys, place_title, places_words


@pytest.mark.both_engines
@pytest.mark.parametrize("target", ["core_subject", "core_person"])
def test_every_foreign_key_is_told_in_words(suite_: Suite, target: str) -> None:
    with suite_.engine.connect() as connection:
        places = foreign_keys(connection, target)
    assert len(places) > 3
    for place in places:
        title = place_title(place, suite_.catalog)
        assert title != OTHER, place
        assert not title.startswith("插件"), place
        assert "_" not in title, place


@pytest.mark.both_engines
def test_since_when_a_row_refers_is_in_the_trace(suite_: Suite) -> None:
    with suite_.engine.connect() as connection:
        tables = {name for name, _ in foreign_keys(connection, "core_subject")}
    for name in tables:
        written_with, _ = WRITTEN_WITH.get(name, (name, ()))
        assert written_with not in UNAUDITED, name
        assert written_with in METADATA.tables, name


def test_what_nobody_declares_is_told_by_its_owner(suite_on_sqlite: Suite) -> None:
    places = [("mediation_visit", "subject_id"), ("mediation_note", "subject_id"), ("", "")]
    assert places_words(places, suite_on_sqlite.catalog) == "其他业务数据、插件“mediation”的数据"
