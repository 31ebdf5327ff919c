"""Two desks with the same file: the second is told in one sentence to look again."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from suite.bootstrap import Suite
from suite.contract.commands import Actor, Command
from suite.contract.problems import ProblemKind, Refused
from suite.kernel.exchange.importing import ImportRows, accept
from suite.kernel.exchange.previewed import ImportRequest
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.tables import Subject
from suite.testing.factories import a_firm, make

FIRM, VOLUNTEER = "lawyers.law_firm", "popularization.volunteer"
PATIENCE = 20


def write(path: Path, *rows: tuple[object, ...]) -> Path:
    book = Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(list(row))
    book.save(path)
    return path


def numbered(path: Path) -> Path:
    lines = ((f"河北新办{n}律师事务所", a_firm(n)["main_no"], "长安区", "普通合伙") for n in range(11, 41))
    return write(path, ("名称", "统一社会信用代码", "区县", "组织形式"), *lines)


def bare(path: Path) -> Path:
    """People of whom nothing but the name tells that they are there already."""
    lines = ((f"王志{'远昂平明安超'[n]}", "男", "长安区") for n in range(6))
    return write(path, ("姓名", "性别", "县区"), *lines)


def looked(suite: Suite, actor: Actor, kind: str, path: Path) -> ImportRows:
    return accept(suite.preview(ImportRequest(kind=kind, path=path), actor))


def told(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    [problem] = refused.value.problems
    assert (problem.code, problem.kind) == ("import.moved", ProblemKind.STALE)
    assert problem.text.endswith("本次未写入。请重新核对后再导入。")
    return problem.text


def count(suite: Suite, kind: str) -> int:
    with suite.reading() as session:
        return session.scalar(select(func.count()).select_from(Subject).where(Subject.kind == kind)) or 0


@pytest.mark.both_engines
@pytest.mark.parametrize(("kind", "file"), [(FIRM, numbered), (VOLUNTEER, bare)])
def test_who_comes_second_with_a_file_is_told_so(
    suite_: Suite, admin: Actor, tmp_path: Path, kind: str, file: Callable[[Path], Path]
) -> None:
    path = file(tmp_path / "a.xlsx")
    first, second = (looked(suite_, admin, kind, path) for _ in range(2))
    assert first.rows
    suite_.run(first, admin)
    assert f"{admin.name}已导入同一份文件" in told(lambda: suite_.run(second, admin))
    assert count(suite_, kind) == len(first.rows)


@pytest.mark.both_engines
def test_of_other_files_that_meet_the_rows_are_not_told_one_by_one(
    suite_: Suite, admin: Actor, tmp_path: Path
) -> None:
    first, second = (looked(suite_, admin, FIRM, numbered(tmp_path / name)) for name in ("a.xlsx", "b.xlsx"))
    suite_.run(first, admin)
    object.__setattr__(second, "file_hash", "another")
    assert f"{admin.name}修改了名册" in told(lambda: suite_.run(second, admin))


@pytest.mark.both_engines
def test_what_was_saved_by_hand_meanwhile_is_told_so_too(suite_: Suite, admin: Actor, tmp_path: Path) -> None:
    command = looked(suite_, admin, FIRM, numbered(tmp_path / "a.xlsx"))
    make(suite_, admin, FIRM, a_firm(12))
    assert "名册有了变化" in told(lambda: suite_.run(command, admin))


@pytest.mark.both_engines
def test_what_is_wrong_without_others_is_told_row_by_row(suite_: Suite, admin: Actor, tmp_path: Path) -> None:
    command = looked(suite_, admin, FIRM, numbered(tmp_path / "a.xlsx"))
    for row in command.rows:
        row.checked = None
        row.values["name"] = ""
    with pytest.raises(Refused) as refused:
        suite_.run(command, admin)
    assert len(refused.value.problems) == len(command.rows)


def test_both_at_the_same_moment(suite_on_postgresql: Suite, admin: Actor, tmp_path: Path) -> None:
    """The second waits until the first is through: nothing of it meets a constraint."""
    suite = suite_on_postgresql
    path = bare(tmp_path / "a.xlsx")
    first, second = (looked(suite, admin, VOLUNTEER, path) for _ in range(2))
    wrote, waits = threading.Event(), threading.Event()
    failed: list[BaseException] = []

    def hold(what: str, done: int, total: int) -> None:
        if what == "登记导入":
            wrote.set()
            waits.wait(1)  # the second one asks meanwhile

    def run() -> None:
        try:
            suite.run(first, admin, progress=hold)
        except BaseException as error:
            failed.append(error)

    beside = threading.Thread(target=run)
    beside.start()
    assert wrote.wait(PATIENCE)
    text = told(lambda: suite.run(second, admin))
    beside.join(PATIENCE)
    assert not failed
    assert "已导入同一份文件" in text
    assert count(suite, VOLUNTEER) == len(first.rows)


@pytest.mark.parametrize("importing", [True, False])
def test_what_commits_after_the_checks_is_told_in_words_of_the_kind(
    suite_on_postgresql: Suite, admin: Actor, tmp_path: Path, importing: bool
) -> None:
    """There the constraint tells, which all kinds with a number share."""
    suite = suite_on_postgresql
    command: Command = looked(suite, admin, FIRM, numbered(tmp_path / "a.xlsx"))
    if not importing:
        command = SaveRecords(kind=FIRM, rows=(RowEdit(values=a_firm(12)),))
    saved: list[int] = []

    def meanwhile(what: str, done: int, total: int) -> None:
        if what == "写入名册" and not saved:
            beside = threading.Thread(target=lambda: saved.extend(make(suite, admin, FIRM, a_firm(12))))
            beside.start()
            beside.join(PATIENCE)

    def run() -> None:
        suite.run(command, admin, progress=meanwhile)

    if importing:
        assert "名册有了变化" in told(run)
    else:
        with pytest.raises(Refused, match="“统一社会信用代码”已被另一条记录使用"):
            run()
    assert count(suite, FIRM) == len(saved) == 1
