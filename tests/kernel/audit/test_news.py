"""News from desk to desk: what travels, what is believed, and what an SQLite file tells."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from suite.bootstrap import Suite, build_suite
from suite.contract.commands import Actor, Change
from suite.kernel.audit.news import MOST_BYTES, MOST_IDS, changes_of, joined_changes, payload_of
from suite.kernel.parameters.commands import SetParameter
from suite.kernel.registry.views import SaveView
from suite.listening import listen
from suite.settings import Settings
from suite.testing.factories import a_lawyer, make
from suite.testing.fixtures import TODAY, installed

LAWYER = "lawyers.lawyer"
CHANGE = st.builds(
    Change, kind=st.text(min_size=1, max_size=30), ids=st.lists(st.integers(1, 10**9)).map(tuple)
)


@given(st.lists(CHANGE, max_size=30))
def test_what_is_sent_is_what_comes(changes: list[Change]) -> None:
    sent = joined_changes(changes)
    payload = payload_of("one desk", sent)
    found = {change.kind: change for change in changes_of(payload, "another")}
    assert len(payload.encode()) <= max(MOST_BYTES, 60 + 250 * len(sent))
    assert set(found) == {change.kind for change in sent}
    for change in sent:
        assert found[change.kind].many or found[change.kind].ids == change.ids
    assert changes_of(payload, "one desk") == ()


def test_of_an_import_only_the_kind_is_told() -> None:
    payload = payload_of("one desk", [Change(kind=LAWYER, ids=tuple(range(MOST_IDS + 1)))])
    [told] = changes_of(payload, "another")
    assert (told.many, told.ids) == (True, ())
    assert told.touches(LAWYER, 7)


@given(st.text() | st.sampled_from(['["x", 5]', '["x", [["k", "a"]]]', "[]", "null", '["x", [[1]]]']))
def test_what_a_login_may_have_forged_does_no_harm(payload: str) -> None:
    for change in changes_of(payload, "me"):
        assert isinstance(change.kind, str)


def test_a_desk_hears_of_another_and_not_of_itself(suite_: Suite, admin: Actor, tmp_path: object) -> None:
    url = suite_.engine.url.render_as_string(hide_password=False)
    other = build_suite(Settings(database=url, home=suite_.settings.home), today=TODAY, plugins=installed())
    other.check_database()
    ears = listen(suite_)
    try:
        make(suite_, admin, LAWYER, a_lawyer(1))
        made = make(other, admin, LAWYER, a_lawyer(2))
        heard: list[Change] = []
        for _ in range(20):
            heard += ears.wait(1)
            if heard:
                break
        assert [change for change in heard if change.kind == LAWYER] == [Change(kind=LAWYER, ids=tuple(made))]
        other.run(SaveView(kind=LAWYER, name="甲", query="{}", shared=True), admin)
        other.run(
            SetParameter(key="core.password_length", value="12", valid_from=TODAY, source="试验"), admin
        )
        kinds: set[str] = set()
        for _ in range(20):
            kinds |= {change.kind for change in ears.wait(1)}
            if {"core.view", "core.parameter"} <= kinds:
                break
        assert {"core.view", "core.parameter"} <= kinds
        assert ears.wait(0) == ()
    finally:
        ears.close()
        other.engine.dispose()
