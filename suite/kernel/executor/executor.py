"""Running commands. There is no other way to write."""

from __future__ import annotations

import datetime as dt
import logging
import secrets
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from threading import Lock

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from suite.contract.commands import Actor, Change, Command, Done, Facts, Handler
from suite.contract.problems import Problem, Refused, Severity, refuse
from suite.database.causes import Cause
from suite.database.engine import ReadSession, Unconfirmed, refusing_writes, writing
from suite.kernel.audit import news, seal
from suite.kernel.connection.rules import problem_of_cause
from suite.kernel.executor import second_person
from suite.kernel.executor.collector import no_collecting
from suite.kernel.executor.crossing import again_when_crossed
from suite.kernel.executor.engine_errors import problem_behind, problem_of
from suite.kernel.executor.interrupts import heeding
from suite.kernel.executor.refusals import about_of, note_refusal
from suite.kernel.executor.work import Effect, Parameters, Progress, Transaction
from suite.loader.catalog import Catalog
from suite.loader.plugins import Plugins

log = logging.getLogger(__name__)

Clock = Callable[[], tuple[dt.datetime, dt.date]]
Listener = Callable[[Done], None]
Notify = Callable[[Command, Done, Transaction], None]
Derived = Callable[[Catalog], Mapping[type[Command], Handler]]
#: What an upper area does after a command of a lower one, in its transaction; gives what it changed besides.
Follow = Callable[[Command, Done, Transaction], tuple[Change, ...]]
#: What must succeed for a command to count, as writing the file that it gives: called before the commit.
Deliver = Callable[[Done, Transaction], None]


class Bug(Exception):
    """Something that should not happen: an incident number for the log, one honest sentence for the user."""

    def __init__(self, incident: str) -> None:
        """Remember the incident number under which the cause stands in the log."""
        self.incident = incident
        super().__init__(f"程序出错，未写入任何内容。事件编号 {incident}，请转告系统管理员。")


class Cancelled(Exception):
    """The user cancelled a long command; nothing was written."""


class _DryRun(Exception):
    def __init__(self, done: Done) -> None:
        super().__init__()
        self.done = done


class _TakesTwo(Exception):
    """Found under way: it takes a second person, and has not been tried yet. Nothing was written.

    `reason`: why it is asked for, which stands in the trace of its asking.
    """

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


class Executor:
    """The only writer of a database."""

    def __init__(
        self,
        engine: Engine,
        plugins: Plugins,
        handlers: Sequence[str],
        clock: Clock,
        writable: Callable[[], list[Problem]],
        parameters: Callable[[Session, Catalog, dt.date], Parameters],
        notify: Notify,
        derived: Derived = lambda catalog: {},
        following: Sequence[str] = (),
    ) -> None:
        """Put together from what bootstrap hands over.

        `handlers` names the modules with HANDLERS (command class → function), imported in this order when
        a command first asks for them: a window starts by reading. `clock` gives UTC now and the business
        date, `writable` says why this database may not be written, `parameters` reads the law's numbers in
        force on a day. `notify` writes what a command gives others to know, in its transaction. `derived`
        gives the commands that follow from what is declared. `following` names the modules of areas that
        listen to commands of areas below them: their FOLLOWING is pairs of a command class, whose subclasses
        count too, and what is done after it.
        """
        self._engine = engine
        self._plugins = plugins
        self._unread = list(handlers)
        self._following = tuple(following)
        self._follows: tuple[tuple[type[Command], Follow], ...] | None = None
        self._reading = Lock()
        self._handlers: dict[type[Command], Handler] = {}
        self._clock = clock
        self._writable = writable
        self._parameters = parameters
        self._notify = notify
        self._derived = derived
        self._listeners: list[Listener] = []
        #: By this the desks know their own news, and on SQLite by the numbers of the last transactions.
        self.origin = secrets.token_hex(8)
        self.numbers: deque[int] = deque(maxlen=1_000)

    @property
    def commands(self) -> dict[str, type[Command]]:
        """Command name → class, for the command line and the palette."""
        self._read_handlers()
        derived = self._derived(self._plugins.catalog)
        return {command.__name__: command for command in (*self._handlers, *derived)}

    def _read_handlers(self, wanted: type[Command] | None = None) -> None:
        """Import until a command is found, its area first, or all; commands may run on several threads."""
        area = wanted.__module__.rpartition(".")[0] if wanted is not None else ""
        with self._reading:
            self._unread.sort(key=lambda name: not name.startswith(f"{area}."))
            while self._unread and wanted not in self._handlers:
                self._handlers |= import_module(self._unread.pop(0)).HANDLERS

    def _followed(self, command: Command, done: Done, work: Transaction) -> Done:
        """What the areas above do about it, in the same transaction."""
        if self._follows is None:
            self._follows = tuple(pair for name in self._following for pair in import_module(name).FOLLOWING)
        for followed, follow in self._follows:
            if isinstance(command, followed):
                done = replace(done, changes=(*done.changes, *follow(command, done, work)))
        return done

    def _handler(self, command: Command) -> Handler:
        if type(command) not in self._handlers:
            self._read_handlers(type(command))
        handler = self._handlers.get(type(command)) or self._derived(self._plugins.catalog).get(type(command))
        if handler is None:
            raise refuse("command.unknown", f"没有命令 {type(command).__name__} 的处理程序。")
        return handler

    def listen(self, listener: Listener) -> None:
        """Be told of every command that was carried out (on the thread that ran it)."""
        self._listeners.append(listener)

    def run(
        self,
        command: Command,
        actor: Actor,
        *,
        dry_run: bool = False,
        reason: str = "",
        progress: Progress | None = None,
        deliver: Deliver | None = None,
    ) -> Done:
        """Carry out a command in one transaction, or raise Refused with every problem, or Bug.

        What `deliver` raises takes the command back.
        `dry_run` takes the same path and rolls back: previews use it. `progress` may raise Cancelled.
        """
        refusals = self._writable()
        if refusals:
            raise Refused(refusals)

        def transact(
            *,
            dry_run: bool = False,
            effect: Effect | None = None,
            deliver: Deliver | None = None,
            reason: str = reason,
        ) -> Done:
            return self._transact(
                command,
                actor,
                dry_run=dry_run,
                reason=reason,
                progress=progress,
                effect=effect,
                deliver=deliver,
            )

        def carry_out() -> Done:
            if dry_run and command.discloses:
                raise refuse("disclosure.dry_run", "这项操作的结果必须留痕，不能试运行。请正式执行。")
            try:
                return transact(dry_run=dry_run, deliver=None if dry_run else deliver)
            except _TakesTwo as found:
                # What could not be done is refused now and to who asks, not later and to who decides. What
                # waits for a second person was not done: nothing of it is delivered.
                shown: list[Effect] = []
                transact(
                    dry_run=True,
                    deliver=lambda done, work: shown.append(second_person.effect_of(done, work)),
                )
                return transact(effect=shown[0], reason=found.reason)

        try:
            done = again_when_crossed(carry_out) if command.repeatable else carry_out()
        except Refused as refused:
            if dry_run:
                refused.traced = True  # an attempt at nothing
            else:
                self._note_refusal(command, actor, refused)
            raise
        except (Cancelled, Bug):
            raise
        except Unconfirmed as error:
            log.warning("nobody knows whether %s was committed", type(command).__name__)
            raise Refused([problem_of_cause(Cause.UNCONFIRMED)]) from error
        except DBAPIError as error:
            problem = problem_of(error, self._plugins.catalog, getattr(command, "kind", None))
            if problem is None:
                raise _bug(command, actor, error) from error
            log.warning("the database refused %s: %s", type(command).__name__, error.orig)
            by_engine = Refused([problem])
            if not dry_run:
                self._note_refusal(command, actor, by_engine)
            raise by_engine from error
        except Exception as error:
            away = problem_behind(error)
            if away is None:
                raise _bug(command, actor, error) from error
            raise Refused([away]) from error
        if not dry_run:
            self._announce(command, done)
        return done

    def _note_refusal(self, command: Command, actor: Actor, refused: Refused) -> None:
        now, _ = self._clock()
        note_refusal(
            self._engine,
            type(command).__name__,
            command.title,
            actor,
            refused,
            now,
            about=about_of(command),
        )

    def _announce(self, command: Command, done: Done) -> None:
        """Tell the listeners. The command is committed: what one of them stumbles over undoes nothing."""
        for listener in self._listeners:
            try:
                listener(done)
            except Exception:
                log.exception("a listener failed after %s", type(command).__name__)

    def _transact(
        self,
        command: Command,
        actor: Actor,
        *,
        dry_run: bool,
        reason: str,
        progress: Progress | None,
        effect: Effect | None,
        deliver: Deliver | None,
    ) -> Done:
        now, today = self._clock()
        actor = actor.on(today)

        def tell(what: str, done: int, total: int) -> None:
            interrupt.check()
            if progress is not None:
                progress(what, done, total)

        with heeding() as interrupt:
            try:
                with (
                    no_collecting(),
                    writing(self._engine) as connection,
                    interrupt.stopping(connection),
                ):
                    number = seal.begin(
                        connection,
                        command=type(command).__name__,
                        title=command.title,
                        reason=reason,
                        actor=actor.login,
                        at=now,
                    )
                    try:
                        with Session(
                            connection, autoflush=False, join_transaction_mode="rollback_only"
                        ) as session:
                            work = Transaction(
                                session=session,
                                connection=connection,
                                actor=actor,
                                catalog=self._plugins.catalog,
                                now=now,
                                today=today,
                                number=number,
                                progress=tell,
                                run=lambda child: self._carry_out(child, work),
                                read_parameters=self._parameters,
                                command_named=lambda name: self.commands.get(name),
                                reason=reason,
                                trial=dry_run,
                                effect=effect,
                            )
                            done = self._carry_out(command, work)
                            session.flush()
                            if deliver is not None:
                                deliver(done, work)
                            seal.seal(connection, number)
                            if dry_run:
                                raise _DryRun(done)
                            news.tell(connection, self.origin, done.changes)
                            interrupt.check()
                            # Known before it can be seen, or the desk would hear of its own command.
                            self.numbers.append(number)
                    finally:
                        seal.close(connection)
            except _DryRun as rolled_back:
                return rolled_back.done
            except Unconfirmed:
                raise
            except BaseException as error:
                if interrupt.asked:
                    # Whatever stopped it: a statement that the database broke off, or what followed from it.
                    raise Cancelled("已取消，未写入任何内容。") from error
                raise
        return done

    def _carry_out(self, command: Command, work: Transaction) -> Done:
        kind = getattr(command, "kind", None)
        if isinstance(kind, str):
            self._plugins.catalog.require_kind(kind)
        if command is not work.approved:
            # What was approved was asked for by somebody who held it.
            work.require(command.permission_key())
        handler = self._handler(command)
        with (
            refusing_writes(work.connection),
            ReadSession(work.connection, join_transaction_mode="rollback_only") as reading,
        ):
            problems = self._plugins.check_command(
                command,
                work.actor,
                Facts(session=reading, today=work.today, parameters=work.parameters),
            )
        if any(problem.severity is Severity.ERROR for problem in problems):
            raise Refused(problems)
        if second_person.takes_two(command, work):
            if work.effect is None:
                raise _TakesTwo(second_person.reason_of(command, work))
            asked = second_person.ask(command, work)
            self._notify(command, asked, work)
            return asked
        done: Done = self._followed(command, handler(command, work), work)
        self._notify(command, done, work)
        for follow_up in self._plugins.follow_ups(done, command, work.actor, work):
            caused = self._carry_out(follow_up, work)
            done = replace(done, changes=(*done.changes, *caused.changes))
        return replace(done, warnings=(*done.warnings, *problems)) if problems else done


def _bug(command: Command, actor: Actor, error: Exception) -> Bug:
    incident = secrets.token_hex(4).upper()
    log.error("incident %s in %s by %s", incident, type(command).__name__, actor.login, exc_info=error)
    return Bug(incident)
