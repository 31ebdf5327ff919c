"""A section's own login imports a workbook and takes it back, with the server watching."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import text

from suite.bootstrap import Suite
from suite.contract.commands import Actor, Done
from suite.kernel.exchange.houses import signed
from suite.kernel.exchange.importing import accept
from suite.kernel.exchange.packet_files import write_packet
from suite.kernel.exchange.preview import ImportRequest
from suite.kernel.exchange.sending import SendRoster
from suite.kernel.exchange.taking import PacketPreview, leave_out, take
from suite.kernel.exchange.undoing import UndoImport
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.kernel.registry.integrity import check
from suite.testing.factories import a_firm, a_lawyer, make, practice_no, resident_number
from suite.testing.keyrings import MemoryKeyring

LAWYER = "lawyers.lawyer"
HEADINGS = ("姓名", "身份证号", "执业证号", "执业机构", "执业类别", "联系电话", "状态")
#: What is counted before and after; the keys of search follow from it, and are checked besides.
TABLES = ("core_subject", "core_person", "core_identity", "core_post", "core_dated_value", "core_licence",
          "core_licence_event", "core_import_secret", "core_search_key")  # fmt: skip


def line(sequence: int, name: str, phone: str) -> list[Any]:
    return [
        name, resident_number(2 * sequence + 1), practice_no(sequence), "河北第1律师事务所", "专职", phone,
        "执业",
    ]  # fmt: skip


def imported(desk: Suite, actor: Actor, path: Path, rows: Sequence[Sequence[Any]]) -> Done:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(list(HEADINGS))
    for row in rows:
        page.append(list(row))
    book.save(path)
    return desk.run(accept(desk.preview(ImportRequest(kind=LAWYER, path=path), actor)), actor)


def counts(suite: Suite) -> dict[str, int]:
    with suite.reading() as session:
        return {table: session.scalar(text(f"SELECT count(*) FROM {table}")) or 0 for table in TABLES}


def sound(suite: Suite) -> bool:
    with suite.reading() as session:
        return not any(part.problems for part in check(session, suite.catalog, lambda *_: None))


@pytest.mark.parametrize("scope", [{}, {"association": "石家庄市律师协会"}])
def test_an_import_is_taken_back_by_who_made_it(
    suite_on_postgresql: Suite, login_suite: Callable[..., Suite], tmp_path: Path, scope: dict[str, str]
) -> None:
    role = "core.association" if scope else "core.section_staff"
    desk = login_suite(role, profession="lawyers", **scope)
    actor = desk.actor()
    [firm] = make(desk, actor, "lawyers.law_firm", a_firm(1))
    known = a_lawyer(1, name="王志昂", id_number=resident_number(3), phone="13911110001", body_id=firm)
    make(desk, actor, LAWYER, known)
    before = counts(suite_on_postgresql)
    done = imported(
        desk,
        actor,
        tmp_path / "a.xlsx",
        [line(1, "王志昂", "13800000001"), line(2, "赵明", "13800000002")],
    )
    assert counts(suite_on_postgresql)["core_subject"] == before["core_subject"] + 1
    taken = desk.run(UndoImport(kind=LAWYER, run=done.result["run"]), actor)
    assert (taken.result["removed"], taken.result["restored"], taken.result["left"]) == (1, 1, [])
    assert counts(suite_on_postgresql) == before
    assert sound(suite_on_postgresql)
    with suite_on_postgresql.reading() as session:
        kept = session.execute(text("SELECT name, phone_shown FROM core_person")).one()
        assert tuple(kept) == ("王志昂", "139****0001")


@pytest.mark.parametrize("role", ["core.association", "core.section_staff"])
def test_each_who_takes_rosters_in_goes_by_what_a_colleague_took(
    suite_on_postgresql: Suite,
    login_suite: Callable[..., Suite],
    association: Suite,
    secrets: MemoryKeyring,
    tmp_path: Path,
    role: str,
) -> None:
    scope = {"association": "石家庄市律师协会"} if role == "core.association" else {}
    one, other = (login_suite(role, profession="lawyers", **scope) for _ in range(2))
    there, packet = association.actor(), tmp_path / "报送.xlsx"
    [firm] = make(association, there, "lawyers.law_firm", a_firm(1))
    known = a_lawyer(1, id_number=resident_number(3), phone="13911110001", body_id=firm, specialties="合同")
    [theirs] = make(association, there, LAWYER, known)

    def sent(kind: str) -> Path:
        done = association.run(SendRoster(kind=kind, file_name=packet.name, reason="月报"), there).result
        write_packet(packet, done["head"], signed(done["head"]), done["headings"], done["rows"])
        return packet

    def took(desk: Suite, kind: str) -> dict[str, Any]:
        return dict(desk.run(take(desk.preview_packet(sent(kind), desk.actor())), desk.actor()).result)

    def seen(desk: Suite) -> tuple[str, set[str], set[str | None]]:
        found = desk.preview_packet(packet, desk.actor()).preview
        [row] = found.rows
        assert found.notices == ()
        return row.result, set(row.changes), {problem.field for problem in row.problems}

    def edit(desk: Suite, record: int, **values: object) -> None:
        change = SaveRecords(kind=LAWYER, rows=(RowEdit(subject_id=record, values=values),))
        desk.run(change, desk.actor())

    took(one, "lawyers.law_firm")
    [ours] = took(one, LAWYER)["records"].values()
    edit(one, ours, phone="13800000009", specialties="海商")
    edit(association, theirs, languages="英语")
    sent(LAWYER)
    assert seen(one) == seen(other) == ("changed", {"languages"}, {"phone", "specialties"})
    run = took(other, LAWYER)["run"]
    # What a colleague took back has not been said either.
    other.run(UndoImport(kind=LAWYER, run=run), other.actor(), reason="对方报错了")
    sent(LAWYER)
    assert seen(one) == seen(other) == ("changed", {"languages"}, {"phone", "specialties"})


@pytest.mark.parametrize("role", ["core.association", "core.section_staff"])
def test_a_new_record_that_was_left_out_is_known_again_by_who_left_it_out(
    suite_on_postgresql: Suite,
    login_suite: Callable[..., Suite],
    association: Suite,
    secrets: MemoryKeyring,
    tmp_path: Path,
    role: str,
) -> None:
    scope = {"association": "石家庄市律师协会"} if role == "core.association" else {}
    desk = login_suite(role, profession="lawyers", **scope)
    stranger = login_suite(role, profession="notary", **({"association": "公证协会"} if scope else {}))
    there, packet = association.actor(), tmp_path / "报送.xlsx"
    [firm] = make(association, there, "lawyers.law_firm", a_firm(1))
    known = a_lawyer(1, id_number=resident_number(3), phone="13911110001", body_id=firm)
    [theirs] = make(association, there, LAWYER, known)

    def found(kind: str) -> PacketPreview:
        done = association.run(SendRoster(kind=kind, file_name=packet.name, reason="月报"), there).result
        write_packet(packet, done["head"], signed(done["head"]), done["headings"], done["rows"])
        return desk.preview_packet(packet, desk.actor())

    desk.run(take(found("lawyers.law_firm")), desk.actor())
    first = found(LAWYER)
    assert [row.result for row in first.preview.rows] == ["new"]
    desk.run(take(leave_out(first, {row.row: "不认识" for row in first.preview.rows})), desk.actor())
    assert [row.result for row in found(LAWYER).preview.rows] == ["held"]
    with stranger.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM core_roster_exchange_secret")) == 0
    change = RowEdit(subject_id=theirs, values={"phone": "13911110002"})
    association.run(SaveRecords(kind=LAWYER, rows=(change,)), there)
    assert [row.result for row in found(LAWYER).preview.rows] == ["new"]


@pytest.mark.parametrize("role", ["core.association", "core.section_staff"])
def test_what_a_sender_said_last_is_kept_and_read_by_who_takes_rosters_in(
    suite_on_postgresql: Suite,
    login_suite: Callable[..., Suite],
    association: Suite,
    secrets: MemoryKeyring,
    tmp_path: Path,
    role: str,
) -> None:
    scope = {"association": "石家庄市律师协会"} if role == "core.association" else {}
    desk = login_suite(role, profession="lawyers", **scope)
    actor = desk.actor()
    packet = tmp_path / "报送.xlsx"
    there = association.actor()
    [firm] = make(association, there, "lawyers.law_firm", a_firm(1))
    number = resident_number(3)
    [theirs] = make(
        association, there, LAWYER, a_lawyer(1, id_number=number, phone="13911110001", body_id=firm)
    )

    def took(kind: str) -> dict[str, Any]:
        sent = association.run(SendRoster(kind=kind, file_name=packet.name, reason="月报"), there).result
        write_packet(packet, sent["head"], signed(sent["head"]), sent["headings"], sent["rows"])
        return dict(desk.run(take(desk.preview_packet(packet, actor)), actor).result)

    took("lawyers.law_firm")
    [ours] = took(LAWYER)["records"].values()
    own = RowEdit(subject_id=ours, values={"phone": "13800000009"})
    desk.run(SaveRecords(kind=LAWYER, rows=(own,)), actor)
    other = RowEdit(subject_id=theirs, values={"languages": "英语"})
    association.run(SaveRecords(kind=LAWYER, rows=(other,)), there)
    assert took(LAWYER)["taken"] == 1
    with suite_on_postgresql.reading() as session:
        [phone] = session.scalars(text("SELECT phone FROM core_identity"))
        [plain] = session.scalars(
            text("SELECT said FROM core_roster_exchange_row WHERE said LIKE '%languages%英语%'")
        )
        kept = set(session.scalars(text("SELECT said FROM core_roster_exchange_secret")))
    assert phone == "13800000009"
    assert "13911110001" not in plain
    assert number not in plain
    assert any("13911110001" in said for said in kept)
