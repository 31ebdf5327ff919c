"""`suite export`, `template`: conditions, columns, past days, masking, the trace, formulas as text."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from command_line import Call
from openpyxl import load_workbook
from sqlalchemy import select

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.tables import AuditEntry, AuditTransaction
from suite.testing.factories import a_firm, a_lawyer, make

KIND = "lawyers.lawyer"


@pytest.fixture
def filled(suite_on_sqlite: Suite, admin: Actor) -> None:
    firm, other = make(suite_on_sqlite, admin, "lawyers.law_firm", a_firm(1), a_firm(2))
    make(
        suite_on_sqlite,
        admin,
        KIND,
        a_lawyer(1, body_id=firm, phone="13831120001"),
        a_lawyer(2, body_id=other, district_code="130104", category="part_time"),
        a_lawyer(3, name="=1+1", category="part_time"),
    )


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def names(call: Call, path: Path, *conditions: str) -> list[str]:
    options = [part for condition in conditions for part in ("--where", condition)]
    answer = call("export", KIND, path, *options, "--columns", "姓名,执业证号")
    assert answer.code == 0, answer.err
    return [row["姓名"] for row in table(path)]


@pytest.mark.usefixtures("filled")
def test_conditions_narrow_the_export(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    assert len(names(call, path)) == 3
    assert names(call, path, "区县=桥西") == ["孙志远"]
    assert names(call, path, "执业机构=河北第1律师事务所") == ["钱志远"]
    assert names(call, path, "执业机构=") == ["'=1+1"]
    assert len(names(call, path, "执业类别=专职，兼职")) == 3
    assert names(call, path, "执业类别=兼职", "区县=桥西区") == ["孙志远"]


@pytest.mark.usefixtures("filled")
def test_every_wrong_condition_is_told_at_once_and_no_file_is_written(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    answer = call(
        "export", KIND, path, "--where", "区县=火星", "--where", "星座=狮子", "--where", "区县", "--json"
    )
    assert answer.code == 2
    assert [item["code"] for item in answer.json["refused"]] == [
        "district.unknown", "field.unknown", "where.form"
    ]  # fmt: skip
    assert not path.exists()


@pytest.mark.usefixtures("filled")
def test_a_condition_is_a_value_and_never_sql(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    assert names(call, path, "姓名=x' OR '1'='1") == []


@pytest.mark.usefixtures("filled")
def test_a_secret_cannot_be_asked_for_and_stays_masked(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    answer = call("export", KIND, path, "--where", "联系电话=13831120001", "--json")
    assert (answer.code, answer.json["refused"][0]["code"]) == (2, "field.secret")
    assert call("export", KIND, path, "--columns", "全部").code == 0
    assert {row["联系电话"] for row in table(path)} == {"138****0001", ""}


@pytest.mark.usefixtures("filled")
def test_formulas_are_written_as_text(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    assert call("export", KIND, path, "--columns", "姓名").code == 0
    page = load_workbook(path).active
    assert page is not None
    cells = {page.cell(row=row, column=1).value: page.cell(row=row, column=1).data_type for row in (2, 3, 4)}
    assert cells["=1+1"] == "s"


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_an_export_tells_of_itself_in_the_file_and_in_the_trace(
    call: Call, suite_on_sqlite: Suite, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"out.{ending}"
    asked = ("--columns", "全部", "--where", "区县=桥西", "--reason", "迎检")
    assert call("export", KIND, path, *asked).code == 0
    with suite_on_sqlite.reading() as session:
        [kept] = session.scalars(select(AuditEntry.after).where(AuditEntry.action == "E"))
    told = json.loads(kept or "")
    assert told["digest"] == sha256(path.read_bytes()).hexdigest()
    assert (told["rows"], told["reason"], told["conditions"]) == (1, "迎检", "区县=桥西")
    assert len(told["columns"]) > 10
    if ending == "csv":
        said = (tmp_path / "out.说明.txt").read_text(encoding="utf-8-sig")
    else:
        said = "".join(str(cell) for row in load_workbook(path)["说明"].values for cell in row)
    for words in ("系统管理员（admin）", "迎检", "区县=桥西"):
        assert words in said
    # What was exported comes back as it is.
    again = call("import", KIND, path, "--dry-run", "--json").json
    assert again["counts"] == {"rows": 1, "new": 0, "changed": 0, "same": 1, "held": 0}
    assert again["problems"] == []


@pytest.mark.usefixtures("filled")
def test_what_cannot_be_traced_does_not_appear(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyError

    monkeypatch.setattr("suite.kernel.audit.seal.seal", broken)
    assert call("export", KIND, tmp_path / "out.csv").code == 3
    assert list(tmp_path.glob("*out*")) == []


def test_who_may_not_export_gets_no_file_and_the_attempt_is_traced(
    call: Call, suite_on_sqlite: Suite, tmp_path: Path
) -> None:
    call("user", "add", "juling", "尹建华")
    call("user", "grant", "juling", "core.leader")
    path = tmp_path / "out.csv"
    answer = call("export", KIND, path, "--as", "juling", "--json")
    assert (answer.code, answer.json["refused"][0]["code"]) == (2, "not_permitted")
    assert not path.exists()
    assert call("audit", "verify", "--as", "juling").code == 2
    with suite_on_sqlite.reading() as session:
        kept = session.execute(
            select(AuditTransaction.command, AuditTransaction.actor, AuditEntry.after)
            .join(AuditEntry, AuditEntry.transaction_id == AuditTransaction.id)
            .where(AuditEntry.action == "X")
            .order_by(AuditEntry.id)
        ).all()
    assert [(row.command, row.actor) for row in kept] == [("LogExport", "juling"), ("suite audit", "juling")]
    assert {code for row in kept for code in json.loads(row.after)["codes"]} == {"not_permitted"}


@pytest.mark.parametrize("name", ["out.pdf", "nowhere/out.xlsx"])
def test_a_file_that_cannot_be_is_refused(call: Call, tmp_path: Path, name: str) -> None:
    assert call("export", KIND, tmp_path / name).code == 2
    assert call("template", KIND, tmp_path / name).code == 2


def test_the_template_is_taken_by_the_importer(
    call: Call, tmp_path: Path, roster: Callable[..., Path]
) -> None:
    path = tmp_path / "模板.xlsx"
    assert call("template", KIND, path).code == 0
    told = call("import", KIND, path, "--json").json
    assert told["counts"]["rows"] == 0
    assert told["sheets"][0]["unmapped"] == []
    assert "hidden_sheet" not in {notice["code"] for notice in told["notices"]}
