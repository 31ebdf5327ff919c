"""查重与合并 by hand: the pairs, the choices, the merge with its reason, and taking it back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from suite.bootstrap import Suite
from suite.contract.code_sets import packed
from suite.contract.commands import Actor
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.registry.merging_commands import MergeSubjects
from suite.kernel.registry.record_file import record_file
from suite.tables import Subject
from suite.testing.factories import a_firm, a_lawyer, make, resident_number
from suite.ui.desk import Desk
from suite.ui.kit.act_strip import ActStrip
from suite.ui.kit.editors import TextEditor
from suite.ui.pages.merging.page import DONE, SPLIT, MergingPage
from suite.ui.pages.record.page import RecordPage
from tests.ui.hands import type_text

LAWYER = "lawyers.lawyer"


@pytest.fixture
def desk(suite_on_sqlite: Suite, admin: Actor, qtbot: QtBot, light: None) -> Iterator[Desk]:
    made = Desk(suite_on_sqlite, admin)
    yield made
    made.close()
    QCoreApplication.processEvents()


@pytest.fixture
def twice(suite_on_sqlite: Suite, admin: Actor) -> tuple[int, int]:
    suite = suite_on_sqlite
    [firm] = make(suite, admin, "lawyers.law_firm", a_firm(1))
    one, two = make(
        suite,
        admin,
        LAWYER,
        a_lawyer(1, name="王志远", body_id=firm, id_number=resident_number(7), specialties="建设工程"),
        a_lawyer(2, name="王志远", body_id=firm, specialties="破产清算", phone="13900004520"),
    )
    return one, two


def settled(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(lambda: not desk.busy)
    QCoreApplication.processEvents()


def give_reason(strip: ActStrip, text: str) -> None:
    editor = strip.form.rows["reason"].editor
    assert isinstance(editor, TextEditor)
    type_text(editor.line, text)


def shown(qtbot: QtBot, desk: Desk, argument: object = (LAWYER,)) -> MergingPage:
    page = MergingPage(desk, argument)
    qtbot.addWidget(page)
    page.resize(1300, 760)
    page.show()
    qtbot.waitUntil(lambda: page.compare is not None or page.empty.isVisible())
    settled(qtbot, desk)
    return page


def test_a_pair_is_merged_by_the_keyboard_and_taken_back(
    qtbot: QtBot, desk: Desk, suite_on_sqlite: Suite, admin: Actor, twice: tuple[int, int]
) -> None:
    page = shown(qtbot, desk)
    assert page.table.model().rowCount() == 1
    view = page.compare
    assert view is not None
    view.begin()
    assert view.radios["id_number", "kept"].isChecked()
    assert view.radios["phone", "gone"].isChecked()
    assert not any(resident_number(7) in radio.text() for radio in view.radios.values())
    chosen = view.radios["specialties", "gone"]
    chosen.setFocus()
    qtbot.keyClick(chosen, Qt.Key.Key_Space)
    settled(qtbot, desk)
    assert view.choices == {"specialties": "gone"}
    assert view.part_words() == [view.parts.itemAt(n).widget().text() for n in range(view.parts.count())]

    qtbot.keyClick(view.merge, Qt.Key.Key_Space)
    assert not view.strip.isHidden()
    view.strip.submit()
    assert view.strip.form.rows["reason"].problem
    give_reason(view.strip, "重复登记")
    view.strip.submit()
    qtbot.waitUntil(lambda: page.compare is None)
    settled(qtbot, desk)
    assert page.empty.isVisible()
    with suite_on_sqlite.reading() as session:
        file = record_file(session, admin, suite_on_sqlite.catalog, twice[1])
        assert (file.subject_id, file.values["specialties"]) == (twice[0], "破产清算")

    page.tabs.set_current(DONE)
    assert [line.reason for line in page.history.lines] == ["重复登记"]
    page.history.begin_undo()
    give_reason(page.history.strip, "并非一人")
    page.history.strip.submit()
    qtbot.waitUntil(lambda: page.history.strip.isHidden())
    settled(qtbot, desk)
    assert page.history.lines[0].undone is not None
    assert not page.history.undo.isEnabled()
    assert page.table.model().rowCount() == 1


def test_the_other_one_may_be_kept_and_esc_steps_back(
    qtbot: QtBot, desk: Desk, twice: tuple[int, int]
) -> None:
    page = shown(qtbot, desk, (LAWYER, *twice))
    view = page.compare
    assert view is not None
    assert view.preview.kept.subject_id == twice[0]
    page.turn()
    qtbot.waitUntil(lambda: page.compare is not view and page.compare is not None)
    turned = page.compare
    assert turned is not None
    assert turned.preview.kept.subject_id == twice[1]
    turned.begin_merge()
    assert page.step_back()
    assert turned.strip.isHidden()


def test_a_refusal_is_told_in_the_strip(
    qtbot: QtBot, desk: Desk, suite_on_sqlite: Suite, admin: Actor, twice: tuple[int, int]
) -> None:
    page = shown(qtbot, desk)
    view = page.compare
    assert view is not None
    suite_on_sqlite.run(MergeSubjects(kind=LAWYER, kept=twice[1], gone=twice[0], reason="另一处"), admin)
    view.begin_merge()
    give_reason(view.strip, "重复登记")
    view.strip.submit()
    settled(qtbot, desk)
    assert "已并入" in view.strip.problem.text()


def test_who_may_not_merge_is_told(qtbot: QtBot, suite_on_sqlite: Suite, admin: Actor, light: None) -> None:
    suite_on_sqlite.run(AddUser(login="xiehui", name="协会"), admin)
    suite_on_sqlite.run(GrantRole(login="xiehui", role="core.association", profession="lawyers"), admin)
    desk = Desk(suite_on_sqlite, suite_on_sqlite.actor("xiehui"))
    page = MergingPage(desk, (LAWYER,))
    qtbot.addWidget(page)
    page.show()
    assert "权限" in page._refused.sentence.text()
    assert not desk.busy
    desk.close()


def test_a_merged_record_opens_the_kept_one_and_says_so(
    qtbot: QtBot, desk: Desk, suite_on_sqlite: Suite, admin: Actor, twice: tuple[int, int]
) -> None:
    kept, gone = twice
    suite_on_sqlite.run(MergeSubjects(kind=LAWYER, kept=kept, gone=gone, reason="重复登记"), admin)
    page = RecordPage(desk, LAWYER, gone)
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.argument_changed) as moved:
        page.show()
    settled(qtbot, desk)
    QApplication.processEvents()
    assert moved.args == [(LAWYER, kept)]
    assert page.subject_id == kept
    assert "重复登记" in page._bars["led"].text.text()


def test_a_person_is_parted_again_with_what_is_theirs(
    qtbot: QtBot, desk: Desk, suite_on_sqlite: Suite, admin: Actor
) -> None:
    suite = suite_on_sqlite
    number = resident_number(9)
    [lawyer] = make(suite, admin, LAWYER, a_lawyer(1, name="冀远", id_number=number))
    [arbitrator] = make(suite, admin, "arbitration.arbitrator", {"name": "冀远", "id_number": number})
    page = shown(qtbot, desk)
    page.tabs.set_current(SPLIT)
    view = page.splitting
    (person,) = view.people
    assert [record.subject_id for record in person.records] == [lawyer, arbitrator]

    def part(*records: int) -> None:
        view.begin()
        view.strip.form.rows["moving"].editor.set_value(packed(map(str, records)))
        give_reason(view.strip, "两人同名")
        view.strip.submit()
        settled(qtbot, desk)

    part(lawyer, arbitrator)
    assert not view.strip.isHidden()
    assert view.strip.form.rows["moving"].problem, "one record at least has to stay"
    view.drop_strip()
    part(arbitrator)
    assert view.strip.isHidden()
    qtbot.waitUntil(lambda: not page.splitting.people, timeout=20_000)
    assert [line.what for line in page.history.lines] == ["split"]
    with suite.reading() as session:
        persons = session.scalars(select(Subject.person_id).where(Subject.id.in_([lawyer, arbitrator]))).all()
    assert len(set(persons)) == 2
