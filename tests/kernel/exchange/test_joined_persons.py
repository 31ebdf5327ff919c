"""A new record of somebody whom the suite knows: what it changes of the person is told, and put back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlalchemy import select, text

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.problems import Severity
from suite.database.engine import writing
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.exchange.importing import accept
from suite.kernel.exchange.previewed import ImportPreview, ImportRequest
from suite.kernel.exchange.undoing import UndoImport
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.tables import Identity, Person, Subject
from suite.testing.factories import make, practice_no, resident_number

LAWYER, ARBITRATOR = "lawyers.lawyer", "arbitration.arbitrator"
KNOWN = {"name": "王志昂", "id_number": resident_number(3), "phone": "13911110001"}


def look(suite: Suite, actor: Actor, path: Path) -> ImportPreview:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["姓名", "身份证号", "执业证号", "执业类别", "区县", "联系电话", "政治面貌"])
    page.append(["王志昂", resident_number(3), practice_no(1), "专职", "长安区", "13800000009", "群众"])
    book.save(path)
    return suite.preview(ImportRequest(kind=LAWYER, path=path), actor)


def person(suite: Suite) -> tuple[object, ...]:
    with suite.reading() as session:
        [found] = session.execute(
            select(Person, Identity.id_type, Identity.id_number, Identity.phone).join(
                Identity, Identity.person_id == Person.id
            )
        ).all()
        [whole, *numbers] = found
        return (*(getattr(whole, column.name) for column in Person.__table__.columns), *numbers)


def version(suite: Suite, record: int) -> int:
    with suite.reading() as session:
        return session.scalars(select(Subject.version).where(Subject.id == record)).one()


@pytest.fixture
def arbitrator(suite_: Suite) -> int:
    given = {**KNOWN, "sex": "male", "district_code": "130102"}
    [made] = make(suite_, suite_.actor(), ARBITRATOR, given)
    return made


@pytest.fixture
def desk(suite_: Suite, request: pytest.FixtureRequest) -> Suite:
    """The same suite, or that of a login whom PostgreSQL binds: a desk that sees lawyers only."""
    if suite_.engine.dialect.name == "sqlite":
        suite_.run(AddUser(login="lawyers", name="律师科"), suite_.actor())
        grant = GrantRole(login="lawyers", role="core.section_staff", profession="lawyers")
        suite_.run(grant, suite_.actor())
        return suite_
    made: Callable[..., Suite] = request.getfixturevalue("login_suite")
    return made("core.section_staff", profession="lawyers")


def clerk(desk: Suite) -> Actor:
    return desk.actor("lawyers") if desk.engine.dialect.name == "sqlite" else desk.actor()


@pytest.mark.both_engines
def test_what_it_changes_of_somebody_known_is_listed_as_a_change(
    suite_: Suite, admin: Actor, arbitrator: int, tmp_path: Path
) -> None:
    [row] = look(suite_, admin, tmp_path / "a.xlsx").rows
    assert row.result == "new"
    assert row.changes["phone"] == ("13911110001", "13800000009")
    assert row.changes["political_status"][0] is None
    assert "sex" not in row.changes
    [told] = [problem for problem in row.problems if problem.code == "match.joined"]
    assert told.severity is Severity.WARNING
    assert "联系电话" in told.text
    assert "政治面貌" not in told.text, "of that nothing stood there"


@pytest.mark.both_engines
def test_of_who_is_known_elsewhere_nothing_is_told_and_all_is_put_back(
    suite_: Suite, arbitrator: int, desk: Suite, tmp_path: Path
) -> None:
    before, standing = person(suite_), version(suite_, arbitrator)
    preview = look(desk, clerk(desk), tmp_path / "a.xlsx")
    [row] = preview.rows
    assert row.changes == {}
    [told] = [problem for problem in row.problems if problem.code == "match.joined_elsewhere"]
    assert "联系电话、" in told.text or "、联系电话" in told.text
    assert not any("139" in problem.text for problem in row.problems)
    run = desk.run(accept(preview), clerk(desk)).result["run"]
    assert "13800000009" in person(suite_)
    assert version(suite_, arbitrator) == standing + 1
    taken = desk.run(UndoImport(kind=LAWYER, run=run), clerk(desk))
    assert (taken.result["removed"], taken.result["left"]) == (1, [])
    assert person(suite_) == before
    assert version(suite_, arbitrator) == standing + 2, "who keeps the other record sees that it changed"


@pytest.mark.both_engines
def test_what_the_other_profession_wrote_since_stays(
    suite_: Suite, admin: Actor, arbitrator: int, desk: Suite, tmp_path: Path
) -> None:
    done = desk.run(accept(look(desk, clerk(desk), tmp_path / "a.xlsx")), clerk(desk))
    later = RowEdit(subject_id=arbitrator, values={"phone": "13700000000"})
    suite_.run(SaveRecords(kind=ARBITRATOR, rows=(later,)), admin)
    taken = desk.run(UndoImport(kind=LAWYER, run=done.result["run"]), clerk(desk))
    assert taken.result["removed"] == 0
    assert "又有修改" in taken.result["left"][0].reason
    assert "13700000000" in person(suite_)


def test_the_function_puts_nothing_else_back(
    suite_on_postgresql: Suite, login_suite: Callable[..., Suite], tmp_path: Path
) -> None:
    suite, admin = suite_on_postgresql, suite_on_postgresql.actor()
    [arbitrator] = make(suite, admin, ARBITRATOR, {**KNOWN, "district_code": "130102"})
    lawyers, notary = (login_suite("core.section_staff", profession=name) for name in ("lawyers", "notary"))
    done = lawyers.run(accept(look(lawyers, lawyers.actor(), tmp_path / "a.xlsx")), lawyers.actor())
    asked = text("SELECT core_persons_put_back(:run, :records)")
    [made] = done.result["ids"]

    def tried(desk: Suite, record: int) -> list[int]:
        with writing(desk.engine) as connection:
            given = {"run": done.result["run"], "records": [record]}
            return list(connection.scalars(asked, given))

    assert tried(notary, made) == [], "the record is not theirs"
    assert tried(lawyers, arbitrator) == [], "the run did not make it"
    suite.run(
        SaveRecords(kind=ARBITRATOR, rows=(RowEdit(subject_id=arbitrator, values={"phone": "13700000000"}),)),
        admin,
    )
    tried(lawyers, made)
    assert "13700000000" in person(suite), "it was changed since"
