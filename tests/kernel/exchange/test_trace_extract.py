"""The extract of the trace: an isolated interpreter accepts a true one and refuses every altered one."""

from __future__ import annotations

import datetime as dt
import io
import json
import runpy
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from suite.bootstrap import Suite
from suite.contract.commands import Actor, Granted, Scope
from suite.contract.problems import Refused
from suite.kernel.exchange.leaving import export_file
from suite.kernel.exchange.trace_extract import ExtractRequest, write_extract
from suite.kernel.exchange.trace_files import LogTraceExport
from suite.kernel.exchange.trace_sheet import sheet_of, write_sheet
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.tables import AuditLink
from suite.testing.factories import a_lawyer, make, resident_number


@pytest.fixture
def lawyers(suite_: Suite, admin: Actor) -> list[int]:
    ids = make(
        suite_,
        admin,
        "lawyers.lawyer",
        a_lawyer(1, id_number=resident_number(11), phone="13800005207"),
        a_lawyer(2, id_number=resident_number(12), phone="13800005208"),
    )
    edit = RowEdit(values={"category": "part_time", "phone": "13900005209"}, subject_id=ids[0])
    suite_.run(SaveRecords(kind="lawyers.lawyer", rows=(edit,)), admin, reason="来电更正")
    return ids


def extract(suite: Suite, actor: Actor, path: Path, **asked: Any) -> int:
    request = ExtractRequest(**asked)
    with suite.reading() as session:
        return export_file(
            path,
            LogTraceExport(conditions=request.words, reason="审计"),
            actor,
            run=suite.run,
            content="操作痕迹摘录",
            write=lambda place, basis: write_extract(session, actor, suite.catalog, request, place, basis),
        )


def verified(path: Path, tmp_path: Path, *typed: str) -> tuple[int, str]:
    """What the script of the extract itself says, in an interpreter that sees nothing of ours."""
    script = tmp_path / "outside" / "verify.py"
    script.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(path) as archive:
        script.write_bytes(archive.read("verify.py"))
    done = subprocess.run(
        [sys.executable, "-I", str(script), str(path), *typed],
        capture_output=True,
        cwd=script.parent,
        check=False,
    )
    assert done.stderr == b""
    return done.returncode, done.stdout.decode()


def refused(path: Path, tmp_path: Path) -> bool:
    """Whether the script refuses it; in this interpreter, since another one costs more than the script."""
    script = runpy.run_path(str(tmp_path / "outside" / "verify.py"))
    said = io.StringIO()
    with redirect_stdout(said):
        code = script["main"]([str(path)])
    return code == 1 and "核对不通过" in said.getvalue()


def altered(path: Path, out: Path, name: str, change: Callable[[str], str]) -> Path:
    """The same zip with one file changed."""
    with zipfile.ZipFile(path) as former, zipfile.ZipFile(out, "w") as now:
        for one in former.namelist():
            text = former.read(one).decode()
            if one == name:
                changed = change(text)
                assert changed != text
                text = changed
            now.writestr(one, text)
    return out


def without_line(text: str) -> str:
    return "".join(text.splitlines(keepends=True)[:-1])


def swapped(text: str) -> str:
    lines = text.splitlines(keepends=True)
    return "".join([*lines[:-2], lines[-1], lines[-2]])


def test_an_outsider_accepts_a_true_extract_and_refuses_altered_ones(
    suite_: Suite, admin: Actor, lawyers: list[int], tmp_path: Path
) -> None:
    with suite_.reading() as session:
        head = session.scalars(select(AuditLink.hash).order_by(AuditLink.id.desc())).first() or ""
    path = tmp_path / "record.zip"
    told = extract(suite_, admin, path, subject_id=lawyers[0])
    with zipfile.ZipFile(path) as archive:
        text = archive.read("entries.jsonl").decode()
        assert "secrets.jsonl" not in archive.namelist()
        assert "不需要本单位的任何程序" in archive.read("说明.txt").decode()
    entries = [json.loads(line) for line in text.splitlines()]
    assert sum("entry" in entry for entry in entries) == told > 3
    # The other one was saved in the same act: only hashes tell of it; numbers and telephones are apart.
    assert "赵志远" not in text or "钱志远" not in text
    assert "13800005207" not in text
    assert verified(path, tmp_path)[0] == 0
    assert verified(path, tmp_path, *(head[place : place + 4] for place in range(0, 16, 4)))[0] == 0
    assert verified(path, tmp_path, "0" * 64)[0] == 1
    changes: list[tuple[str, Callable[[str], str]]] = [
        ("entries.jsonl", lambda text: text.replace("part_time", "full_time")),
        ("entries.jsonl", without_line),
        ("entries.jsonl", swapped),
        ("links.jsonl", lambda text: text.replace("来电更正", "来信更正")),
        ("links.jsonl", without_line),
        ("links.jsonl", lambda text: text.split("\n", 1)[1]),
        ("manifest.json", lambda text: text.replace(head[:8], "00000000")),
        ("manifest.json", lambda text: text[:-20]),
    ]
    for name, change in changes:
        assert refused(altered(path, tmp_path / "altered.zip", name, change), tmp_path), name
    code, words = verified(tmp_path / "altered.zip", tmp_path)
    assert (code, "核对不通过" in words) == (1, True)


def test_secret_values_come_with_the_right_only_and_are_verified(
    suite_: Suite, admin: Actor, lawyers: list[int], tmp_path: Path
) -> None:
    auditor = Actor(
        login=admin.login, name="审计", granted=(Granted(permission="core:audit:read", scope=Scope()),)
    )
    day = suite_.clock()[0].date()
    asked = {"first": day - dt.timedelta(days=1), "last": day + dt.timedelta(days=1)}
    with pytest.raises(Refused) as told:
        extract(suite_, auditor, tmp_path / "a.zip", secrets=True, **asked)
    assert told.value.codes == {"not_permitted"}
    assert extract(suite_, auditor, tmp_path / "b.zip", **asked) > 1_000
    path = tmp_path / "c.zip"
    extract(suite_, admin, path, secrets=True, subject_id=lawyers[0])
    with zipfile.ZipFile(path) as archive:
        assert "13900005209" in archive.read("secrets.jsonl").decode()
        assert "13800005208" not in archive.read("secrets.jsonl").decode()
    assert verified(path, tmp_path)[0] == 0
    for change in (lambda text: text.replace("13900005209", "13900005200"), without_line):
        assert refused(altered(path, tmp_path / "d.zip", "secrets.jsonl", change), tmp_path)


def test_nothing_in_the_range_is_refused_and_leaves_no_file(
    suite_: Suite, admin: Actor, tmp_path: Path
) -> None:
    with pytest.raises(Refused) as told:
        extract(suite_, admin, tmp_path / "a.zip", last=dt.date(1999, 1, 1))
    assert told.value.codes == {"audit.extract_empty"}
    assert list(tmp_path.glob("*.zip")) == []


def test_the_daily_sheet_is_one_page_with_the_head(
    suite_: Suite, admin: Actor, lawyers: list[int], tmp_path: Path
) -> None:
    day = suite_.clock()[0].date()
    path = tmp_path / "日报.xlsx"
    with suite_.reading() as session:
        found = sheet_of(session, admin, day)
        head = session.scalars(select(AuditLink.hash).order_by(AuditLink.id.desc())).first()
    export_file(
        path,
        LogTraceExport(conditions=str(day)),
        admin,
        run=suite_.run,
        content="操作痕迹日报",
        write=lambda place, basis: write_sheet(found, place, basis),
    )
    page = load_workbook(path).active
    assert page is not None
    text = "".join(str(cell) for row in page.values for cell in row if cell is not None)
    assert head == found.head.hash
    assert head in text.replace(" ", "")
    assert admin.login in text
    assert page.page_setup.fitToHeight == 1
