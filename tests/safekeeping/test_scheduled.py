"""The daily backup of a desk: proven before anything goes, and whatever goes wrong is told."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import OperationalError

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.problems import Refused
from suite.contract.states import StateKind
from suite.database import migrate
from suite.kernel.backups.rules import AGAIN, Attempt, clock_time, is_due, moment, standing, surplus
from suite.safekeeping import scheduled, taking
from suite.safekeeping.disk import words_of
from suite.safekeeping.proving import Proof
from suite.safekeeping.scheduled import backups_stand, due, last_attempt, run_scheduled
from suite.testing.fixtures import opened
from tests.safekeeping.conftest import left_over, quiet

NOW = dt.datetime(2026, 11, 23, 4, 0, tzinfo=dt.UTC)  # noon in Shanghai


def at(hours: float) -> dt.datetime:
    return NOW + dt.timedelta(hours=hours)


def test_when_a_backup_is_due() -> None:
    two = dt.time(2, 0)  # ten hours ago
    assert is_due(two, None, NOW)
    assert is_due(two, Attempt(at=at(-11)), NOW)
    assert not is_due(two, Attempt(at=at(-9)), NOW)
    assert not is_due(two, Attempt(at=at(-0.5), problem="磁盘已满"), NOW)
    assert is_due(two, Attempt(at=at(-1.5), problem="磁盘已满"), NOW)
    later = dt.time(18, 0)  # yesterday's was ten to eighteen hours ago
    assert not is_due(later, Attempt(at=at(-17)), NOW)
    assert is_due(later, Attempt(at=at(-19)), NOW)


@given(st.times(), st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2027, 1, 1)), st.integers(1, 4000))
def test_once_a_day_and_never_twice(time: dt.time, day: dt.datetime, minutes: int) -> None:
    now = day.replace(tzinfo=dt.UTC)
    done = Attempt(at=now)
    assert not is_due(time, done, now)
    later = now + dt.timedelta(minutes=minutes)
    assert is_due(time, done, later) or minutes < 24 * 60
    failed = replace(done, problem="x")
    assert is_due(time, failed, now + AGAIN)


def test_how_it_is_told() -> None:
    assert [clock_time(text) for text in ("02:00", "2：30", "24:00", "2点", "")] == [
        dt.time(2), dt.time(2, 30), None, None, None
    ]  # fmt: skip
    assert [moment(at(hours), NOW) for hours in (-9.75, -24, -24 * 60, -24 * 400)] == [
        "02:15", "昨天 12:00", "09-24 12:00", "2025-10-19 12:00"
    ]  # fmt: skip
    good = standing(at(-9.75), Attempt(at=at(-10)), NOW, 7, asked=True)
    assert (good.state, good.fact, good.cure) == (StateKind.OK, "上次验证可恢复：02:15", "")
    assert standing(None, None, NOW, 7, asked=False).state is StateKind.WARN
    assert standing(at(-24 * 8), None, NOW, 7, asked=False).cure
    bad = standing(at(-34), Attempt(at=at(-10), problem="磁盘已满。"), NOW, 7, asked=True)
    assert (bad.state, bad.cure) == (StateKind.BAD, "磁盘已满。")
    # Another desk's failure is not this one's.
    assert standing(at(-9), Attempt(at=at(-10), problem="x"), NOW, 7, asked=False).state is StateKind.OK


@given(st.lists(st.text(), unique=True), st.integers(-1, 9))
def test_the_youngest_stay(names: list[str], keep: int) -> None:
    gone = surplus(names, keep)
    assert sorted([*gone, *sorted(names)[-max(keep, 1) :]]) == sorted(names)


@pytest.fixture
def desk(sqlite_template: Path, tmp_path: Path) -> Iterator[tuple[Suite, Actor, Path]]:
    folder = tmp_path / "copies"
    folder.mkdir()
    database = shutil.copyfile(sqlite_template, tmp_path / "局 库.db")
    with opened(str(database), tmp_path / "home") as suite:
        suite.settings = replace(suite.settings, backup_folder=str(folder), backup_keep=2)
        yield suite, suite.actor(), folder


def good_names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.suffix == ".backup")


def test_it_is_taken_proven_and_noted_and_old_ones_go(
    desk: tuple[Suite, Actor, Path], quick_check: None
) -> None:
    suite, actor, folder = desk
    assert due(suite.settings, NOW)
    done = run_scheduled(suite, actor, quiet, NOW)
    assert done.proof.good
    assert not due(suite.settings, NOW)
    [first] = good_names(folder)
    with suite.reading() as session:
        told = backups_stand(suite, session, NOW)
    assert told.state is StateKind.OK
    # Two older ones of this desk, one of another desk, and a file of somebody else's.
    start = first[: -len("20261126-020000.backup")]
    for name in (f"{start}20200101-020000.backup", f"{start}20200102-020000.backup"):
        (folder / name).write_text("old", "utf-8")
    for name in ("suite-other-suite-20200101-020000.backup", "notes.backup"):
        (folder / name).write_text("not ours", "utf-8")
    proof = Proof(manifest=done.proof.manifest, differences=("不符",), problems=(), upgraded=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scheduled, "prove", lambda *_, **__: proof)
        failed = run_scheduled(suite, actor, quiet, at(1))
        assert failed.file.suffix == ".unproven"
        assert len(good_names(folder)) == 5
        assert "不符" in (last_attempt(suite.settings) or Attempt(at=NOW)).problem
        patch.setattr(scheduled, "prove", lambda *_, **__: replace(proof, differences=()))
        again = run_scheduled(suite, actor, quiet, at(2))
    assert len(again.dropped) == 3
    assert good_names(folder) == sorted(
        ["notes.backup", "suite-other-suite-20200101-020000.backup", first, again.file.name]
    )
    assert left_over(folder) == []


def test_what_goes_wrong_is_told_and_leaves_nothing(
    desk: tuple[Suite, Actor, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    suite, actor, folder = desk
    monkeypatch.setattr(taking.shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(9, 9, 0))
    with pytest.raises(Refused) as refused:
        run_scheduled(suite, actor, quiet, NOW)
    assert refused.value.codes == {"backup.space"}
    monkeypatch.undo()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(taking, "write_package", full)
    with pytest.raises(Refused) as refused:
        run_scheduled(suite, actor, quiet, NOW)
    assert refused.value.codes == {"backup.write"}
    monkeypatch.undo()
    assert list(folder.iterdir()) == []
    folder.rmdir()
    with pytest.raises(Refused) as refused:
        run_scheduled(suite, actor, quiet, NOW)
    assert refused.value.codes == {"backup.folder"}
    with suite.reading() as session:
        told = backups_stand(suite, session, NOW)
    assert (told.state, str(folder) in told.cure) == (StateKind.BAD, True)
    folder.mkdir()

    def away(*_: object) -> None:
        raise OperationalError("SELECT 1", {}, Exception("connection refused"))

    monkeypatch.setattr(migrate, "status", away)
    with pytest.raises(Refused) as refused:
        run_scheduled(suite, actor, quiet, NOW)
    assert refused.value.codes == {"database.unavailable"}
    assert "SELECT" not in (last_attempt(suite.settings) or Attempt(at=NOW)).problem


def test_a_disk_is_told_of_in_words() -> None:
    assert words_of(OSError(28, "No space left on device")) == "磁盘已满"
    assert words_of(OSError(27, "File too large")) == "文件超过了允许的大小"
    assert words_of(OSError(9999, "Something else")) == "Something else"
