"""Desks that write to one roster at once: who comes second is told in one sentence to look again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from suite.contract.problems import ProblemKind, Refused, refuse
from suite.database.engine import is_sqlite
from suite.kernel.audit.witness import link_of
from suite.kernel.executor.work import Transaction
from suite.tables import ImportRun, User

if TYPE_CHECKING:
    from suite.kernel.exchange.importing import ImportRows


def alone(command: ImportRows, work: Transaction) -> None:
    """Let no other import of the kind write until this one is through.

    Raises Refused where the same file came in since the preview: of rows without a number nothing else would
    tell that they stand by now.
    """
    if not is_sqlite(work.connection):
        held = text("SELECT pg_advisory_xact_lock(hashtext('import'), hashtext(:kind))")
        work.connection.execute(held, {"kind": command.kind})
    run = _since(command, work, command.file_hash)
    if run is not None:
        raise look_again(f"{_named(run.by_login, work)}已导入同一份文件（第 {run.id} 次导入）")


@contextmanager
def telling_of_others(command: ImportRows, work: Transaction) -> Iterator[None]:
    """Tell of what others wrote since the preview instead of what it now has against each row.

    PostgreSQL shows the rows of who commits meanwhile to its constraints first; a savepoint lets it be asked
    afterwards.
    """
    guard = nullcontext() if is_sqlite(work.connection) else work.connection.begin_nested()
    try:
        with guard:
            yield
    except (Refused, IntegrityError) as error:
        heads = {row.checked.seen.head for row in command.rows if row.checked is not None}
        run = _since(command, work)
        if run is None and (not heads or heads == {link_of(work.connection)}):
            raise
        problems = error.problems if isinstance(error, Refused) else ()
        by = {str(problem.data["by"]) for problem in problems if "by" in problem.data}
        if run is not None:
            by.add(run.by_login)
        names = "、".join(_named(login, work) for login in sorted(by))
        raise look_again(f"{names}修改了名册" if by else "名册有了变化") from error


def _since(command: ImportRows, work: Transaction, file_hash: str | None = None) -> ImportRun | None:
    """The last import of the kind since the preview that can be seen, of this file if one is named."""
    if command.last_run is None:
        return None
    query = select(ImportRun).where(
        ImportRun.kind == command.kind, ImportRun.id > command.last_run, ImportRun.undone_at.is_(None)
    )
    if file_hash is not None:
        query = query.where(ImportRun.file_hash == file_hash)
    return work.session.scalars(query.order_by(ImportRun.id.desc()).limit(1)).first()


def _named(login: str, work: Transaction) -> str:
    return work.session.scalar(select(User.name).where(User.login == login)) or login


def look_again(what: str) -> Refused:
    """The refusal of what was previewed before others wrote; `what` they did."""
    return refuse(
        "import.moved",
        f"核对之后，{what}，本次未写入。请重新核对后再导入。",
        ProblemKind.STALE,
    )
