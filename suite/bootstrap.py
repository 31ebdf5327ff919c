"""The one place that wires: `build_suite(settings)` puts engine, plugins and kernel together."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import EntryPoint
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, func, select, text
from sqlalchemy.exc import DBAPIError

from suite import own_password
from suite.areas import CORE_DECLARATIONS, FOLLOWING, HANDLERS
from suite.contract.commands import Actor, Command, Done, Granted, Scope
from suite.contract.problems import Problem, ProblemKind, Refused, refuse
from suite.database import migrate
from suite.database.audit_triggers import missing_triggers
from suite.database.causes import Cause, cause_of
from suite.database.engine import ReadSession, is_sqlite, open_engine, reading
from suite.database.migrate import CORE_OWNER, NewerDatabase, Owner, OwnerStatus, Standing, Upgraded
from suite.database.rights import RightsPlan
from suite.database.rights_install import NoOwner
from suite.database.rights_marks import unlike
from suite.kernel.accounts import passwords
from suite.kernel.accounts.matrix import rights_plan
from suite.kernel.accounts.queries import actor_of
from suite.kernel.audit.witness import WitnessBook, address_of
from suite.kernel.casework.derive import step_handlers
from suite.kernel.connection.rules import old_server, problem_of_cause
from suite.kernel.executor.collector import no_collecting
from suite.kernel.executor.executor import Deliver, Executor
from suite.kernel.executor.work import Progress, Transaction
from suite.kernel.notices.raising import raise_notices
from suite.kernel.parameters.queries import parameters_on
from suite.loader.catalog import Catalog
from suite.loader.plugins import Plugins, load_plugins
from suite.settings import Settings
from suite.tables import CalendarDay, District, Grant, User

if TYPE_CHECKING:
    from pathlib import Path

    from suite.database.rights_check import Fault
    from suite.kernel.audit.verify import Verified
    from suite.kernel.exchange.preview import ImportPreview, ImportRequest
    from suite.kernel.exchange.reconciling import ReconcileRequest, Reconciliation
    from suite.kernel.exchange.taking import PacketPreview

log = logging.getLogger(__name__)
SHANGHAI = ZoneInfo("Asia/Shanghai")
FIRST_LOGIN = "admin"


@dataclass
class Suite:
    """The whole program over one database, without a face."""

    settings: Settings
    engine: Engine
    plugins: Plugins
    executor: Executor
    today_override: dt.date | None = None
    statuses: list[OwnerStatus] = field(default_factory=list)
    altered_triggers: list[str] = field(default_factory=list)
    #: Owners whose rights on PostgreSQL were generated from other declarations than this program's.
    unlike_rights: list[str] = field(default_factory=list)
    #: Where the chain is other than this desk saw it.
    contradicted: Problem | None = None

    def __post_init__(self) -> None:
        """Keep the heads that this desk sees as witnesses."""
        self.witnesses = WitnessBook(self.settings.home / "witness.json")

    @property
    def address(self) -> str:
        """What the database is called among the witnesses."""
        return address_of(self.engine)

    def watch_at_times(self) -> None:
        """Look at the chain after a command, but not after each of them."""
        if self.contradicted is None and self.witnesses.due(self.address):
            self.watch()

    def watch(self) -> Problem | None:
        """Compare the chain with the last head that this desk saw, and keep the newer one where it holds."""
        try:
            with self.engine.connect() as connection:
                self.contradicted = self.witnesses.watch(connection, self.address, self.clock()[0])
        except DBAPIError as error:
            # Who may not even ask for the head works on; the other desks bear witness.
            log.warning("the head of the trace cannot be read: %s", error.orig)
        if self.contradicted is not None:
            log.error("%s", self.contradicted.text)
        return self.contradicted

    def renew_witness(self, actor: Actor, reason: str) -> Done:
        """Take the chain as it is now for good, with a reason that stays in the trace. Raises Refused."""
        from suite.kernel.registry.renewing import RenewWitness

        seen = self.witnesses.of(self.address)
        words = f"{seen.link}:{seen.hash}" if seen is not None else ""
        done = self.run(RenewWitness(seen=words, reason=reason), actor, reason=reason)
        self.witnesses.forget(self.address)
        self.watch()
        return done

    @property
    def catalog(self) -> Catalog:
        """What is declared by the core and the plugins that are on."""
        return self.plugins.catalog

    @property
    def today(self) -> dt.date:
        """The business date, Asia/Shanghai."""
        return self.today_override or dt.datetime.now(SHANGHAI).date()

    def clock(self) -> tuple[dt.datetime, dt.date]:
        """UTC now and the business date."""
        return dt.datetime.now(dt.UTC), self.today

    @contextmanager
    def reading(self) -> Iterator[ReadSession]:
        """One consistent read; raises Refused when the database is away."""
        try:
            with reading(self.engine) as session:
                yield session
        except DBAPIError as error:
            cause = cause_of(error)
            if cause is None:
                raise
            raise Refused([problem_of_cause(cause)]) from error

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
        """Carry out a command; see `Executor.run`."""
        around = (
            own_password.changing(self, actor, command)
            if isinstance(command, passwords.ChangePassword) and not dry_run
            else nullcontext()
        )
        with around:
            return self.executor.run(
                command, actor, dry_run=dry_run, reason=reason, progress=progress, deliver=deliver
            )

    def preview(
        self, request: ImportRequest, actor: Actor, *, progress: Progress | None = None
    ) -> ImportPreview:
        """What an import would do; reads only. See `suite.kernel.exchange.preview.preview`."""
        from suite.kernel.exchange.preview import preview

        with self._looking(actor, progress) as work:
            return preview(request, work)

    def preview_packet(self, path: Path, actor: Actor, *, progress: Progress | None = None) -> PacketPreview:
        """What a roster that another database sent would do; reads only."""
        from suite.kernel.exchange.taking import preview_packet

        with self._looking(actor, progress) as work:
            return preview_packet(path, work)

    def reconcile(
        self, request: ReconcileRequest, actor: Actor, *, progress: Progress | None = None
    ) -> Reconciliation:
        """Where our roster and those of others differ; reads only."""
        from suite.kernel.exchange.reconciling import reconcile

        with self._looking(actor, progress) as work:
            return reconcile(request, work)

    @contextmanager
    def _looking(self, actor: Actor, progress: Progress | None) -> Iterator[Transaction]:
        """What a preview works with: a transaction that reads only and runs no commands."""
        now, today = self.clock()

        def no_commands(command: Command) -> Done:
            raise RuntimeError("a preview runs no commands")

        with no_collecting(), self.reading() as session:
            yield Transaction(
                session=session,
                connection=session.connection(),
                actor=actor.on(today),
                catalog=self.catalog,
                now=now,
                today=today,
                number=0,
                progress=progress or (lambda what, done, total: None),
                run=no_commands,
                read_parameters=parameters_on,
            )

    def connected_as(self) -> str | None:
        """The login of the connection on PostgreSQL, where that is who acts; None on SQLite."""
        if is_sqlite(self.engine):
            return None
        with self.reading() as session:
            return str(session.scalar(text("SELECT session_user")))

    def actor(self, login: str = "") -> Actor:
        """Who acts: a login; empty means the connection's, the settings' or the first user."""
        chosen = login or self.connected_as() or self.settings.login
        with self.reading() as session:
            return actor_of(session, self.catalog, chosen, self.today)

    def everything(self, login: str) -> Actor:
        """The program itself at work under a name that is no user's, bounded by nothing."""
        granted = tuple(Granted(permission=key, scope=Scope()) for key in self.catalog.permissions)
        return Actor(login=login, name="系统", granted=granted)

    def asks_passwords(self) -> bool:
        """Whether a login has to show its password here: on SQLite, once any user has one."""
        with self.reading() as session:
            return passwords.are_asked(session)

    def authenticate(self, login: str, password: str) -> Actor:
        """The actor of a login that shows its password; a wrong one is counted. Raises Refused.

        Not a command: nobody acts yet. What it writes, it writes as the login itself.
        """
        actor = self.actor(login)
        now, _ = self.clock()
        with self.reading() as session:
            found = passwords.verdict(session, actor.login, password, now)
        if found.noted:
            own_password.note_try(self, actor, found.problem.code if found.problem is not None else "")
        if found.problem is not None:
            log.warning("login of %s refused: %s", actor.login, found.problem.code)
            raise Refused([found.problem])
        return actor

    def note_refusal(self, act: str, title: str, actor: Actor, refused: Refused) -> None:
        """Put an attempt into the trace that was refused outside a command, such as a read."""
        from suite.kernel.executor.refusals import note_refusal

        if not self.unwritable():
            note_refusal(self.engine, act, title, actor, refused, self.clock()[0])

    @property
    def owners(self) -> list[Owner]:
        """Whose migrations this program carries: the core's and those of the plugins that are on."""
        return [CORE_OWNER, *(plugin.owner for plugin in self.plugins.loaded.values())]

    def check_database(self) -> list[OwnerStatus]:
        """Compare the database with the program; a plugin whose tables are not there is parked.

        One whose tables are there and that is not installed is told among the parked ones.
        Audit triggers that are other than declared make the database read-only. Raises Refused when the
        database cannot be reached.
        """
        try:
            self.statuses = migrate.status(self.engine, self.owners)
        except DBAPIError as error:
            log.info("the database cannot be used: %s", error.orig)
            raise Refused([problem_of_cause(cause_of(error) or Cause.UNKNOWN)]) from error
        self._require_no_old_server()
        if self._standing(CORE_OWNER.name) is Standing.CURRENT:
            for item in self.statuses:
                if item.owner in self.plugins.loaded and item.standing is not Standing.CURRENT:
                    words = {
                        Standing.ABSENT: "数据库中还没有该插件的表",
                        Standing.OLDER: "数据库中该插件的表是旧版",
                        Standing.NEWER: "数据库中该插件的表比本程序新",
                    }
                    cure = (
                        "请安装新版程序。" if item.standing is Standing.NEWER else "请运行 suite db upgrade。"
                    )
                    self.plugins.park(item.owner, (f"{words[item.standing]}。",), cure)
            with self.engine.connect() as connection:
                for name in migrate.owners_in(connection):
                    if name != CORE_OWNER.name:
                        self.plugins.miss(name)
                self.altered_triggers = missing_triggers(connection)
                if not is_sqlite(self.engine):
                    current = [one.owner for one in self.statuses if one.standing is Standing.CURRENT]
                    self.unlike_rights = unlike(connection, self.rights, current)
            # A function of the trace that is not there cannot be asked for the head.
            if not any(name.endswith("core_audit_link_of") for name in self.altered_triggers):
                self.watch()
        return self.statuses

    def require_server(self) -> None:
        """Connect, and refuse a server that is too old before anything is written to it. Raises Refused."""
        if is_sqlite(self.engine):
            return
        try:
            self.engine.connect().close()
        except DBAPIError as error:
            log.info("the database cannot be used: %s", error.orig)
            raise Refused([problem_of_cause(cause_of(error) or Cause.UNKNOWN)]) from error
        self._require_no_old_server()

    def _require_no_old_server(self) -> None:
        if not is_sqlite(self.engine):
            problem = old_server(self.engine.dialect.server_version_info or ())
            if problem is not None:
                raise Refused([problem])

    def _standing(self, owner: str) -> Standing:
        return next((item.standing for item in self.statuses if item.owner == owner), Standing.ABSENT)

    def unfit(self) -> list[Problem]:
        """Why this program does not fit this database; empty when it does."""
        standing = self._standing(CORE_OWNER.name)
        words = {
            Standing.ABSENT: "数据库尚未建立，请先运行 suite db init。",
            Standing.OLDER: "数据库版本较旧，请管理员运行 suite db upgrade 后再写入。",
            Standing.NEWER: "数据库版本比本程序新，请安装新版程序后再写入。",
        }
        if standing is Standing.CURRENT:
            return []
        return [
            Problem(code=f"database.{standing.value}", text=words[standing], kind=ProblemKind.UNAVAILABLE)
        ]

    def unwritable(self) -> list[Problem]:
        """Why this database may not be written by this program; empty when it may."""
        unfit = self.unfit()
        if unfit or not self.altered_triggers:
            return unfit
        return [
            Problem(
                code="database.triggers",
                text=f"有 {len(self.altered_triggers)} 个审计触发器缺失或被改动，写入将不留痕迹，"
                "数据库暂时只供查阅。请管理员运行 suite db check --mend 恢复。",
                kind=ProblemKind.UNAVAILABLE,
                data={"triggers": list(self.altered_triggers)},
            )
        ]

    def outdated_rights(self) -> list[Problem]:
        """What is to be done where the server's rights are those of another release; empty where they fit.

        A warning: each desk still asks by its own declarations, and desks are replaced one by one.
        """
        if not self.unlike_rights:
            return []
        names = "、".join(
            "核心" if owner == CORE_OWNER.name else self.catalog.titles.get(owner, owner)
            for owner in self.unlike_rights
        )
        text = (
            f"服务器上的权限、视图和触发器是按另一版声明生成的（{names}），"
            "用 SQL 看得到、改得了的可能与本程序写明的不同。"
            "请各处先装好同一版程序，再由“数据库维护”人员运行 suite db upgrade 重新生成。"
        )
        return [Problem(code="database.rights", text=text, kind=ProblemKind.UNAVAILABLE)]

    def require_whole_view(self, actor: Actor) -> None:
        """Raises Refused when the actor's login does not see every row: a check would then tell of losses."""
        wanted = Granted(permission="core:audit:verify", scope=Scope())
        if not is_sqlite(self.engine) and wanted not in actor.granted:
            raise refuse(
                "check.partial",
                "核对要读全部数据，而您的登录名只看得到一部分。请由范围不限的系统管理员运行。",
                ProblemKind.NOT_PERMITTED,
            )

    def verify_trace(self, actor: Actor) -> tuple[Verified, Problem | None]:
        """Check the whole trace, and the chain against what this desk saw. Raises Refused."""
        from suite.kernel.audit.activity import require_trace
        from suite.kernel.audit.verify import verify

        require_trace(actor)
        self.require_whole_view(actor)
        with self.reading() as session:
            found = verify(session.connection())
        return found, self.watch()

    def restore_triggers(self, actor: Actor) -> list[str]:
        """Put back the audit triggers that are other than declared; gives their names.

        Not a command: while they are missing, no command may write. Raises Refused without the permission
        to mend.
        """
        from suite.database.integrity import restore_triggers
        from suite.kernel.registry.integrity import MendDatabase

        if not actor.may(MendDatabase.permission):
            title = self.catalog.permissions[MendDatabase.permission].title
            raise refuse(
                "not_permitted", f"您没有“{title}”的权限，请联系科室管理员。", ProblemKind.NOT_PERMITTED
            )
        try:
            restored = restore_triggers(self.engine)
        except NoOwner as error:
            raise refuse("database.owner", str(error), ProblemKind.NOT_PERMITTED) from error
        self.check_database()
        return restored

    @property
    def rights(self) -> RightsPlan:
        """What the database is to enforce, from the declarations."""
        return rights_plan(self.catalog)

    def rights_faults(self, actor: Actor, *, mend: bool = False) -> list[Fault]:
        """Where PostgreSQL's rights are other than declared, after mending them if asked.

        Raises Refused on SQLite, which has no logins, and to who may neither mend nor manage users.
        """
        from suite.database import rights_check

        if is_sqlite(self.engine):
            raise refuse("rights.sqlite", "单机数据文件没有服务器权限，无须核对。")
        needed = ("core:database:mend",) if mend else ("core:database:mend", "core:user:manage")
        if not any(actor.may(permission) for permission in needed):
            title = self.catalog.permissions[needed[0]].title
            raise refuse(
                "not_permitted", f"您没有“{title}”的权限，请联系科室管理员。", ProblemKind.NOT_PERMITTED
            )
        try:
            if mend:
                rights_check.mend(self.engine, self.rights)
        except NoOwner as error:
            raise refuse("database.owner", str(error), ProblemKind.NOT_PERMITTED) from error
        with self.reading() as session:
            return rights_check.differences(session.connection(), self.rights)

    def upgrade(self, progress: Progress | None = None) -> list[Upgraded]:
        """Create or upgrade the database; a plugin whose migration fails is parked with the cause.

        Raises Refused when the database is newer than this program, and where the server is too old for it.
        """
        self.require_server()
        try:
            around = partial(self.migrating, progress=progress or (lambda what, done, total: None))
            done = migrate.upgrade(self.engine, self.owners, around, self.rights)
        except NewerDatabase as error:
            raise refuse("database.newer", str(error), ProblemKind.UNAVAILABLE) from error
        except NoOwner as error:
            raise refuse("database.owner", str(error), ProblemKind.NOT_PERMITTED) from error
        for item in done:
            if item.error is not None:
                self.plugins.park(
                    item.owner, (f"迁移失败：{item.error.splitlines()[0]}",), "请联系插件的提供者。"
                )
            elif item.owner == CORE_OWNER.name and item.before is None:
                self.witnesses.forget(self.address)  # what was seen there was another database
        self.check_database()
        return done

    @contextmanager
    def migrating(
        self, connection: Connection, owner: Owner, former: str | None, *, progress: Progress
    ) -> Iterator[None]:
        """Around an owner's migration, within its transaction: what it changes is traced, and the search keys
        are written anew where it has thrown them away, so that no kill leaves records that nobody finds."""
        from suite.kernel.audit.upgrading import traced
        from suite.kernel.registry.searched import write_absent_keys

        actor = self.engine.url.username or self.settings.login or FIRST_LOGIN
        with traced(connection, owner, former, actor=actor):
            yield
        if owner.name == CORE_OWNER.name:
            write_absent_keys(connection, progress)

    def initialise(self) -> list[Upgraded]:
        """Create the database with its places and its first user. Running it again does nothing more."""
        from suite.kernel.accounts.commands import AddUser, GrantRole
        from suite.kernel.accounts.declarations import SOLE_USER
        from suite.kernel.clocks.commands import LoadCalendar
        from suite.kernel.registry.places import LoadPlaces

        done = self.upgrade()
        if self.unwritable():
            raise Refused(self.unwritable())
        everything = self.everything("setup")
        first = self.connected_as() or FIRST_LOGIN
        with self.reading() as session:
            users = session.scalar(select(User).limit(1)) is not None
            granted = session.scalar(select(Grant).limit(1)) is not None
            alone = session.scalar(select(func.count()).select_from(User).where(User.login != first)) == 0
            sole = session.scalar(select(Grant.id).where(Grant.role == SOLE_USER).limit(1)) is not None
            places = session.scalar(select(District).limit(1)) is not None
            days = session.scalar(select(CalendarDay).limit(1)) is not None
        # Each step is looked at by itself: a start that was cut off goes on where it stopped.
        if not users:
            self.run(AddUser(login=first, name="系统管理员"), everything)
        if not granted:
            self.run(GrantRole(login=first, role="core.administrator"), everything)
        if alone and not sole and is_sqlite(self.engine):
            # Alone on one desk he works on cases too; in a bureau others do, whom he names.
            self.run(GrantRole(login=first, role=SOLE_USER), everything)
        if not places:
            self.run(LoadPlaces(), everything)
        if not days:
            self.run(LoadCalendar(), everything)
        return done


def build_suite(
    settings: Settings,
    *,
    today: dt.date | None = None,
    points: Iterable[EntryPoint] | None = None,
    plugins: Plugins | None = None,
) -> Suite:
    """Wire the program over the settings' database. Nothing is connected yet.

    `today` fixes the business date, `points` replaces the installed plugins (for tests); `plugins` are
    loaded already, and no other suite's.
    """
    if plugins is None:
        plugins = load_plugins(CORE_DECLARATIONS, points)
    engine = open_engine(settings.url, settings.password)
    suite: Suite

    executor = Executor(
        engine,
        plugins,
        HANDLERS,
        clock=lambda: suite.clock(),
        writable=lambda: suite.unwritable(),
        parameters=parameters_on,
        derived=step_handlers,
        notify=raise_notices,
        following=FOLLOWING,
    )
    suite = Suite(settings=settings, engine=engine, plugins=plugins, executor=executor, today_override=today)
    executor.listen(lambda _done: suite.watch_at_times())
    return suite
