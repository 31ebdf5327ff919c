"""Saved views of lists."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor, Change, Done
from suite.contract.problems import refuse
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.commands import DeleteView, SaveView
from suite.tables import SavedView


@dataclass(frozen=True, kw_only=True)
class ViewLine:
    """One saved view; `query` is the list's own JSON."""

    id: int
    title: str
    query: str
    shared: bool
    own: bool


def views_of(session: Session, actor: Actor, kind: str) -> list[ViewLine]:
    """One's own views of a kind and those that others share."""
    rows = session.scalars(
        select(SavedView)
        .where(SavedView.kind == kind, or_(SavedView.owner == actor.login, SavedView.shared))
        .order_by(SavedView.id)
    )
    return [
        ViewLine(id=row.id, title=row.title, query=row.query, shared=row.shared, own=row.owner == actor.login)
        for row in rows
    ]


def save_view(command: SaveView, work: Transaction) -> Done:
    """Write the view; one's own view of the same name is replaced."""
    name = command.name.strip()
    if not name:
        raise refuse("required", "请给视图起个名称。", field="name")
    view = work.session.scalar(
        select(SavedView).where(
            SavedView.owner == work.actor.login, SavedView.kind == command.kind, SavedView.title == name
        )
    )
    if view is None:
        view = SavedView(owner=work.actor.login, kind=command.kind, title=name)
        work.session.add(view)
    view.query, view.shared = command.query, command.shared
    work.session.flush()
    return Done(text=f"已保存视图“{name}”", changes=(Change(kind="core.view", ids=(view.id,)),))


def delete_view(command: DeleteView, work: Transaction) -> Done:
    """Remove one's own view."""
    view = work.session.get(SavedView, command.view_id)
    if view is None or view.owner != work.actor.login:
        raise refuse("view.unknown", "没有这个视图，或它不是您建立的。", field="view_id")
    work.session.delete(view)
    work.session.flush()
    return Done(text=f"已删除视图“{view.title}”", changes=(Change(kind="core.view", ids=(command.view_id,)),))
