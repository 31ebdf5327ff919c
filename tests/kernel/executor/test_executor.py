"""The only writer: nothing half written, dry runs, bugs with an incident, reads that cannot write."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import pytest
from sqlalchemy import create_engine, func, select, text, update
from sqlalchemy.exc import DBAPIError

from suite.bootstrap import Suite
from suite.contract.commands import Actor, Command, Done, Granted, Scope
from suite.contract.problems import Problem, ProblemKind, Refused, Severity, refuse
from suite.database.engine import reading, writing
from suite.kernel.audit.verify import verify
from suite.kernel.executor.executor import Bug, Cancelled
from suite.kernel.parameters.commands import SetParameter
from suite.kernel.parameters.queries import parameters_on
from suite.kernel.registry.commands import RevealIdentity, RowEdit, SaveRecords
from suite.tables import AuditEntry, AuditTransaction, Subject
from suite.testing.factories import a_lawyer, make


@dataclass(frozen=True, kw_only=True)
class Stumble(Command):
    """Writes a parameter and then fails as `how` says."""

    permission: ClassVar[str] = "core:parameter:edit"
    title: ClassVar[str] = "试验"

    how: str


def _stumble(command: Stumble, work: Any) -> Done:
    work.run(
        SetParameter(key="core.reveal_seconds", value="30", valid_from=dt.date(2026, 1, 1), source="试验")
    )
    if command.how == "bug":
        raise KeyError("unforeseen")
    if command.how == "cancel":
        raise Cancelled("已取消")
    raise Refused([Problem(code="no", text="不行。")])


@pytest.fixture
def stumbling(suite_: Suite) -> Suite:
    suite_.executor._handlers[Stumble] = _stumble
    return suite_


def seconds(suite: Suite) -> object:
    with suite.reading() as session:
        return parameters_on(session, suite.catalog, dt.date(2026, 11, 23))["core.reveal_seconds"]


def transactions(suite: Suite) -> int:
    with suite.reading() as session:
        return session.scalar(select(func.count()).select_from(AuditTransaction)) or 0


@pytest.mark.parametrize(("how", "error"), [("refuse", Refused), ("bug", Bug), ("cancel", Cancelled)])
def test_whatever_fails_leaves_nothing(
    stumbling: Suite, admin: Actor, how: str, error: type[Exception], caplog: pytest.LogCaptureFixture
) -> None:
    before = transactions(stumbling)
    with pytest.raises(error) as raised:
        stumbling.run(Stumble(how=how), admin)
    assert seconds(stumbling) == 60
    assert transactions(stumbling) == before
    if isinstance(raised.value, Bug):
        assert raised.value.incident in caplog.text
        assert raised.value.incident in str(raised.value)


def test_a_dry_run_takes_the_same_path_and_writes_nothing(suite_: Suite, admin: Actor) -> None:
    command = SetParameter(
        key="core.reveal_seconds", value="30", valid_from=dt.date(2026, 1, 1), source="局务会"
    )
    assert "30" in suite_.run(command, admin, dry_run=True).text
    assert seconds(suite_) == 60
    suite_.run(command, admin)
    assert seconds(suite_) == 30


def test_what_is_not_permitted_is_refused_before_anything_else(suite_: Suite) -> None:
    nobody = Actor(login="nobody", name="无")
    with pytest.raises(Refused) as refused:
        suite_.run(SetParameter(key="x", value="", valid_from=dt.date(2026, 1, 1), source=""), nobody)
    assert refused.value.codes == {"not_permitted"}
    assert refused.value.problems[0].kind is ProblemKind.NOT_PERMITTED


@dataclass(frozen=True, kw_only=True)
class Forbid(Command):
    """Is against a rule, or has a wrong value."""

    permission: ClassVar[str] = "core:parameter:edit"
    title: ClassVar[str] = "试验"

    kind_: ProblemKind
    subject_id: int = 7


def _forbid(command: Forbid, work: Any) -> Done:
    raise refuse("rule", "规则不许。", command.kind_)


@pytest.mark.as_login
def test_an_attempt_that_matters_is_traced_and_a_wrong_value_is_not(suite_: Suite, admin: Actor) -> None:
    suite_.executor._handlers[Forbid] = _forbid
    may = Granted(permission=Forbid.permission, scope=Scope())
    clerk = replace(admin, granted=(*admin.granted, may))
    for actor, kind, dry in (
        (clerk, ProblemKind.INVALID, False),
        (clerk, ProblemKind.FORBIDDEN, True),
        (clerk, ProblemKind.FORBIDDEN, False),
        (replace(admin, granted=()), ProblemKind.INVALID, False),
    ):
        with pytest.raises(Refused):
            suite_.run(Forbid(kind_=kind), actor, dry_run=dry)
    engine = suite_.engine
    if engine.dialect.name == "postgresql":
        engine = create_engine(engine.url.set(username="postgres"))
    with engine.connect() as connection:
        told = connection.execute(
            select(AuditTransaction.command, AuditTransaction.actor, AuditEntry.row_key, AuditEntry.after)
            .join(AuditEntry, AuditEntry.transaction_id == AuditTransaction.id)
            .where(AuditEntry.action == "X")
            .order_by(AuditEntry.id)
        ).all()
        assert [(row.command, row.actor, row.row_key) for row in told] == [
            ("Forbid", admin.login, admin.login)
        ] * 2
        assert [json.loads(row.after)["codes"] for row in told] == [["rule"], ["not_permitted"]]
        assert {json.loads(row.after)["subject"] for row in told} == {7}
        assert not verify(connection).problems
    engine.dispose()


def test_a_read_session_does_not_write(suite_: Suite, admin: Actor) -> None:
    [lawyer] = make(suite_, admin, "lawyers.lawyer", a_lawyer(1))
    with reading(suite_.engine) as session:
        found = session.get(Subject, lawyer)
        assert found is not None
        found.name = "改名"
        with pytest.raises(RuntimeError, match="does not write"):
            session.flush()
    with reading(suite_.engine) as session, pytest.raises(DBAPIError):
        session.execute(text("UPDATE core_subject SET name = 'x'"))


def test_a_write_past_the_executor_is_refused_or_traced(suite_: Suite, admin: Actor) -> None:
    [lawyer] = make(suite_, admin, "lawyers.lawyer", a_lawyer(1))
    statement = text("UPDATE core_subject SET name = '改名' WHERE id = :id")
    if suite_.engine.dialect.name == "sqlite":
        with pytest.raises(DBAPIError), writing(suite_.engine) as connection:
            connection.execute(statement, {"id": lawyer})
        return
    with writing(suite_.engine) as connection:
        connection.execute(statement, {"id": lawyer})
    with suite_.reading() as session:
        newest = session.scalars(select(AuditTransaction).order_by(AuditTransaction.id.desc())).first()
        assert newest is not None
        assert (newest.command, newest.title) == (None, None)


def test_a_plugin_may_refuse_and_follow_up_and_one_that_raises_is_named(suite_: Suite, admin: Actor) -> None:
    from suite.api import PluginInfo, hookimpl

    class Watching:
        told: ClassVar[str] = "warn"

        @hookimpl
        def suite_plugin(self) -> PluginInfo:
            return PluginInfo(name="watching", title="试验插件", version="1", api=1, migrations="core")

        @hookimpl
        def suite_declare(self) -> tuple[()]:
            return ()

        @hookimpl
        def suite_check_command(self, command: Command, actor: Actor, facts: Any) -> list[Problem] | None:
            if not isinstance(command, SaveRecords):
                return None
            if self.told == "raise":
                raise ValueError("broken")
            severity = Severity.ERROR if self.told == "refuse" else Severity.WARNING
            return [Problem(code="watching", text="请留意。", severity=severity)]

        @hookimpl
        def suite_command_done(self, done: Done, command: Command, actor: Actor, work: Any) -> list[Command]:
            if not isinstance(command, SaveRecords):
                return []
            return [
                SetParameter(
                    key="core.reveal_seconds", value="15", valid_from=dt.date(2026, 1, 1), source="随动"
                )
            ]

    plugin = Watching()
    suite_.plugins.add("watching", plugin)
    assert "watching" in suite_.plugins.loaded, suite_.plugins.parked
    save = SaveRecords(kind="lawyers.lawyer", rows=(RowEdit(values=a_lawyer(1)),))
    Watching.told = "refuse"
    with pytest.raises(Refused) as refused:
        suite_.run(save, admin)
    assert refused.value.codes == {"watching"}
    assert seconds(suite_) == 60
    Watching.told = "raise"
    with pytest.raises(Refused) as refused:
        suite_.run(save, admin)
    assert refused.value.codes == {"core.plugin_check_failed"}
    Watching.told = "warn"
    done = suite_.run(save, admin)
    assert "watching" in {problem.code for problem in done.warnings}
    assert seconds(suite_) == 15


def test_a_listener_that_raises_does_not_undo_what_is_committed(
    suite_: Suite, admin: Actor, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[Done] = []

    def stumble(done: Done) -> None:
        raise ValueError("no window")

    suite_.executor.listen(stumble)
    suite_.executor.listen(told.append)
    make(suite_, admin, "lawyers.lawyer", a_lawyer(1))
    assert len(told) == 1
    assert "no window" in caplog.text


def test_a_command_on_an_unknown_kind_is_refused(suite_: Suite, admin: Actor) -> None:
    for command in (
        RevealIdentity(kind="lawyers.nope", subject_id=1, field="phone", reason="核对"),
        SaveRecords(kind="lawyers.nope", rows=()),
    ):
        with pytest.raises(Refused) as refused:
            suite_.run(command, admin)
        assert refused.value.codes == {"kind.unknown"}


@pytest.mark.parametrize("way", ["text", "core", "connection"])
def test_a_check_cannot_write(suite_: Suite, admin: Actor, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    [lawyer] = make(suite_, admin, "lawyers.lawyer", a_lawyer(1))
    refused: list[str] = []

    def check(command: Command, actor: Actor, facts: Any) -> list[Problem]:
        try:
            if way == "text":
                facts.session.execute(text("UPDATE core_subject SET name = '改名'"))
            elif way == "core":
                facts.session.execute(update(Subject).values(name="改名"))
            else:
                facts.session.connection().exec_driver_sql("UPDATE core_subject SET name = '改名'")
        except DBAPIError as error:
            refused.append(str(error.orig))
        return []

    monkeypatch.setattr(suite_.plugins, "check_command", check)
    make(suite_, admin, "lawyers.lawyer", a_lawyer(2))
    assert refused
    with suite_.reading() as session:
        found = session.get(Subject, lawyer)
        assert found is not None
        assert found.name != "改名"
