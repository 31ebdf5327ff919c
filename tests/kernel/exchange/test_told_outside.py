"""Taking a packet back: ids that came with it go, what others know stays, and so does what was said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import text

from suite.bootstrap import Suite
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.exchange.houses import NameHouse
from suite.kernel.exchange.importing import accept
from suite.kernel.exchange.previewed import CHANGED, NEW, SAME, ImportRequest
from suite.kernel.exchange.sending import SendRoster
from suite.kernel.exchange.three_way import CONFLICT, KEPT
from suite.kernel.exchange.undoing import UndoImport
from suite.testing.factories import a_lawyer, make, practice_no
from suite.testing.keyrings import MemoryKeyring
from tests.kernel.exchange.two_houses import LAWYERS, answer, change, number_of, receive


def undo(suite: Suite, run: object) -> dict[str, Any]:
    return dict(suite.run(UndoImport(kind=LAWYERS, run=int(str(run))), suite.actor(), reason="报错").result)


def counted(suite: Suite, query: str) -> int:
    with suite.reading() as session:
        number: int = session.scalar(text(query))
        return number


def results(suite: Suite, packet: Path) -> dict[str, str]:
    """Name → what the packet's row would do."""
    found = suite.preview_packet(packet, suite.actor())
    return {found.name_of(row): row.result for row in found.preview.rows}


NAMES = {number: str(a_lawyer(number)["name"]) for number in (1, 2)}
IDS = "SELECT (SELECT count(*) FROM core_foreign_uid) + (SELECT count(*) FROM core_subject_uid)"


@pytest.mark.parametrize("receipt", [False, True])
def test_a_packet_takes_along_the_ids_that_came_with_it(
    association: Suite,
    bureau: Suite,
    send: Callable[..., Path],
    secrets: MemoryKeyring,
    tmp_path: Path,
    receipt: bool,
) -> None:
    make(association, association.actor(), LAWYERS, a_lawyer(1), a_lawyer(2))
    done = receive(bureau, send())
    if receipt:
        answer(bureau, done["exchange"], tmp_path / "回执.xlsx")
    told = undo(bureau, done["run"])
    assert (told["removed"], told["left"]) == (2, [])
    assert counted(bureau, IDS) == 0
    assert results(bureau, send()) == dict.fromkeys(NAMES.values(), NEW)


def test_a_login_takes_its_packet_back(
    association: Suite,
    suite_on_postgresql: Suite,
    login_suite: Callable[..., Suite],
    send: Callable[..., Path],
    secrets: MemoryKeyring,
    tmp_path: Path,
) -> None:
    suite_on_postgresql.run(NameHouse(name="石家庄市司法局"), suite_on_postgresql.actor())
    desk = login_suite("core.section_staff", profession="lawyers", district="130102")
    make(association, association.actor(), LAWYERS, a_lawyer(1, phone="13800000001"), a_lawyer(2))
    done = receive(desk, send())
    answer(desk, done["exchange"], tmp_path / "回执.xlsx")
    change(desk, number_of(desk, NAMES[1]), specialties="税务")
    told = undo(desk, done["run"])
    assert (told["removed"], len(told["left"])) == (1, 1)
    assert counted(suite_on_postgresql, IDS) == 2
    assert results(desk, send()) == {NAMES[1]: SAME, NAMES[2]: NEW}


def test_what_was_sent_out_since_stays_and_the_run_can_be_tried_again(
    association: Suite, bureau: Suite, send: Callable[..., Path], secrets: MemoryKeyring
) -> None:
    [sender] = make(association, association.actor(), LAWYERS, a_lawyer(1, specialties="合同"))
    done = receive(bureau, send())
    bureau.run(SendRoster(kind=LAWYERS, file_name="x.xlsx", reason="月报"), bureau.actor())
    for _try in range(2):
        told = undo(bureau, done["run"])
        assert told["undone"] == 0
        assert [row.reason for row in told["left"]] == ["已向外报送，不能移除。"]
    assert counted(bureau, "SELECT count(*) FROM core_import_run WHERE undone_at IS NOT NULL") == 0
    # What the sender said still stands: a change of the bureau's own is not listed as one of the sender's.
    change(bureau, number_of(bureau, NAMES[1]), specialties="海商")
    [row] = bureau.preview_packet(send(), bureau.actor()).preview.rows
    assert (row.result, [problem.code for problem in row.problems]) == (SAME, [KEPT])
    change(association, sender, specialties="税务")
    assert "specialties" not in bureau.preview_packet(send(), bureau.actor()).preview.rows[0].changes


def test_what_stays_of_a_packet_has_been_said_and_what_went_has_not(
    association: Suite, bureau: Suite, send: Callable[..., Path], secrets: MemoryKeyring
) -> None:
    first, second = make(
        association,
        association.actor(),
        LAWYERS,
        *(a_lawyer(n, specialties="合同", phone=f"1380000000{n}") for n in (1, 2)),
    )
    receive(bureau, send())
    for place, number in enumerate((first, second), 1):
        change(association, number, specialties="税务", phone=f"1390000000{place}")
    done = receive(bureau, send())
    change(bureau, number_of(bureau, NAMES[1]), specialties="海商", phone="13700000001")
    told = undo(bureau, done["run"])
    assert (told["restored"], len(told["left"])) == (1, 1)
    # The one that stayed keeps the bureau's change; the other one's change is asked again.
    assert results(bureau, send()) == {NAMES[1]: SAME, NAMES[2]: CHANGED}
    again = receive(bureau, send())
    assert again["taken"] == 1
    assert results(bureau, send()) == {NAMES[1]: SAME, NAMES[2]: SAME}


def test_an_imported_record_that_was_sent_out_stays(
    suite_on_sqlite: Suite, secrets: MemoryKeyring, tmp_path: Path
) -> None:
    suite = suite_on_sqlite
    suite.run(NameHouse(name="石家庄市司法局"), suite.actor())
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["姓名", "执业证号", "执业类别", "区县"])
    page.append([NAMES[1], practice_no(1), "专职", "长安区"])
    book.save(tmp_path / "a.xlsx")
    found = suite.preview(ImportRequest(kind=LAWYERS, path=tmp_path / "a.xlsx"), suite.actor())
    run = suite.run(accept(found), suite.actor()).result["run"]
    suite.run(SendRoster(kind=LAWYERS, file_name="x.xlsx", reason="月报"), suite.actor())
    assert [row.reason for row in undo(suite, run)["left"]] == ["已向外报送，不能移除。"]


def test_a_packet_tells_nothing_of_a_record_that_lies_elsewhere(
    association: Suite, bureau: Suite, send: Callable[..., Path], secrets: MemoryKeyring
) -> None:
    [sender] = make(association, association.actor(), LAWYERS, a_lawyer(1, specialties="合同"))
    receive(bureau, send())
    change(bureau, number_of(bureau, NAMES[1]), specialties="海商")
    change(association, sender, specialties="税务")
    bureau.run(AddUser(login="qiaoxi", name="桥西区干事"), bureau.actor())
    role = GrantRole(login="qiaoxi", role="core.section_staff", profession="lawyers", district="130104")
    bureau.run(role, bureau.actor())
    for login, codes in (("admin", {CONFLICT}), ("qiaoxi", {"out_of_scope"})):
        [row] = bureau.preview_packet(send(), bureau.actor(login)).preview.rows
        assert {problem.code for problem in row.problems} == codes
        assert any("海商" in problem.text for problem in row.problems) == (login == "admin")
