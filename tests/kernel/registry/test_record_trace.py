"""The trace of a record in words, within the reader's scope, and without secrets."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suite.bootstrap import Suite, build_suite
from suite.contract.commands import Actor, Granted, Scope
from suite.contract.problems import Refused
from suite.kernel.audit.queries import lies_in, ranges
from suite.kernel.exchange.export import LogExport, export_list
from suite.kernel.exchange.leaving import Basis, export_file
from suite.kernel.registry.commands import RevealIdentity, RowEdit, SaveRecords
from suite.kernel.registry.queries import ListQuery
from suite.kernel.registry.trace import TraceLine, record_trace
from suite.settings import Settings
from suite.testing.factories import a_lawyer, make

LAWYERS = EntryPoint(name="lawyers", value="plugins.lawyers", group="suite.plugins")
KIND = "lawyers.lawyer"


@pytest.fixture
def suite(sqlite_database: Path, tmp_path: Path) -> Iterator[Suite]:
    """A new database; of the plugins only the lawyers' is on."""
    made = build_suite(Settings(database=str(sqlite_database), home=tmp_path), points=[LAWYERS])
    made.check_database()
    yield made
    made.engine.dispose()


def save(suite: Suite, *, subject_id: int | None = None, reason: str = "", **values: object) -> int:
    row = RowEdit(subject_id=subject_id, values=values)
    done = suite.run(SaveRecords(kind=KIND, rows=(row,)), suite.actor(), reason=reason)
    return int(done.result["ids"][0])


def lawyer(suite: Suite) -> int:
    return save(
        suite,
        name="王志远",
        main_no="11301201210151826",
        category="full_time",
        district_code="130102",
        phone="13812345207",
    )


def trace(suite: Suite, number: int, actor: Actor | None = None) -> list[TraceLine]:
    with suite.reading() as session:
        return record_trace(session, actor or suite.actor(), suite.catalog, number)


def test_acts_are_told_newest_first_in_titles_of_fields_and_codes(suite: Suite) -> None:
    number = lawyer(suite)
    save(suite, subject_id=number, reason="转为兼职", category="part_time", job_title="顾问")
    save(suite, subject_id=number, job_title=None)
    lines = trace(suite, number)
    assert [line.act for line in lines] == ["保存档案", "保存档案", "新增律师档案"]
    assert [change.text for change in lines[0].changes] == ["职务“顾问”已清空"]
    assert lines[1].reason == "转为兼职"
    assert lines[1].who == "系统管理员"
    today = suite.today
    assert {change.text for change in lines[1].changes} == {
        f"执业类别由“专职律师”改为“兼职律师”（自 {today} 起）",
        "职务登记为“顾问”",
    }
    assert (lines[1].changes[0].before, lines[1].changes[0].after) == ("专职律师", "兼职律师")
    assert lines[2].changes == ()


def test_secrets_are_never_given(suite: Suite) -> None:
    number = lawyer(suite)
    save(suite, subject_id=number, phone="13912344520")
    suite.run(RevealIdentity(kind=KIND, subject_id=number, field="phone", reason="核实投诉"), suite.actor())
    lines = trace(suite, number)
    assert (lines[0].act, lines[0].reason) == ("查看完整联系电话", "核实投诉")
    assert lines[1].changes[0].text.endswith("一栏已更改（内容另存）")
    assert lines[1].changes[0].before is None
    assert "1391234" not in str(lines)
    assert "1381234" not in str(lines)


def test_a_trace_out_of_scope_is_refused(suite: Suite) -> None:
    number = lawyer(suite)
    scope = Scope(districts=frozenset({"130104"}))
    reader = Actor(
        login="far", name="外区", granted=(Granted(permission="lawyers:roster:read", scope=scope),)
    )
    with pytest.raises(Refused) as refused:
        trace(suite, number, reader)
    assert refused.value.codes == {"out_of_scope"}
    with pytest.raises(Refused) as refused:
        trace(suite, number, Actor(login="x", name="某人"))
    assert refused.value.codes == {"not_permitted"}
    with pytest.raises(Refused) as refused:
        trace(suite, 999_999)
    assert refused.value.codes == {"record.unknown"}


def test_a_masked_base_meets_an_untouched_secret(suite: Suite) -> None:
    number = lawyer(suite)
    save(suite, subject_id=number, job_title="顾问")
    mine = RowEdit(
        subject_id=number,
        values={"phone": "13912344520"},
        expected_version=1,
        base={"phone": "138****5207"},
    )
    suite.run(SaveRecords(kind=KIND, rows=(mine,)), suite.actor())
    late = RowEdit(
        subject_id=number,
        values={"phone": "13700001111"},
        expected_version=1,
        base={"phone": "138****5207"},
    )
    with pytest.raises(Refused) as refused:
        suite.run(SaveRecords(kind=KIND, rows=(late,)), suite.actor())
    problem = refused.value.problems[0]
    assert problem.code == "stale"
    assert problem.data["conflicts"] == {"phone": ("138****5207", "137****1111", "139****4520")}


@pytest.mark.as_login
def test_the_exports_that_a_record_was_in_are_told(suite_: Suite, admin: Actor, tmp_path: Path) -> None:
    ids = make(suite_, admin, "lawyers.lawyer", *(a_lawyer(n) for n in range(1, 5)))
    inside, outside = ids[1], ids[3]

    def write(path: Path, basis: Basis) -> int:
        with suite_.reading() as session:
            return export_list(
                session,
                admin,
                suite_.catalog,
                ListQuery(kind="lawyers.lawyer"),
                ["name"],
                path,
                progress=lambda *_: None,
                ids=ids[:3],
                basis=basis,
            )

    log = LogExport(kind="lawyers.lawyer", columns=("name",), conditions="勾选的 3 人", reason="迎检")
    export_file(tmp_path / "名册.xlsx", log, admin, run=suite_.run, content="律师名册", write=write)
    with suite_.reading() as session:
        [told, *_] = record_trace(session, admin, suite_.catalog, inside)
        assert (told.act, told.reason) == ("导出名册", "迎检")
        assert "名册.xlsx" in told.changes[0].text
        assert "导出名册" not in {line.act for line in record_trace(session, admin, suite_.catalog, outside)}


@given(st.lists(st.integers(1, 60)))
def test_ranges_tell_exactly_what_they_were_made_of(ids: list[int]) -> None:
    told = ranges(ids)
    assert {number for number in range(70) if lies_in(number, told)} == set(ids)
