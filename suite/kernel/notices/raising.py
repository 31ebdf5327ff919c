"""Writing what a command gives others to know, in the command's own transaction."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import insert, select, update

from suite.contract.commands import Command, Done
from suite.contract.notices import NewNotice
from suite.kernel.executor.work import Transaction
from suite.tables import HandOver, Notice, User

#: As long as the column.
LONGEST_TEXT = 500


def raise_notices(command: Command, done: Done, work: Transaction) -> None:
    """Write the notices of every declared kind that the command raises, and settle those it ends.

    Setting up a database, whose actor is no user, tells nobody. What is for somebody who is away and handed
    the work over is told to who does it as well.
    """
    name = type(command).__name__
    kinds = [kind for kind in work.catalog.notices.values() if not kind.after or name in kind.after]
    settled = {about for kind in kinds for about in kind.settled(command, done, work)}
    raised = [(kind.key, notice) for kind in kinds for notice in kind.raised(command, done, work)]
    if settled:
        work.connection.execute(
            update(Notice)
            .where(Notice.about.in_(sorted(settled)), Notice.settled_at.is_(None))
            .values(settled_at=work.now)
        )
    if raised and work.session.get(User, work.actor.login) is not None:
        rows = [_row(kind, notice, work) for kind, notice in [*raised, *_for_takers(raised, work)]]
        # Inline, so that the new rows are not asked back: those to others are theirs alone to see.
        work.connection.execute(insert(Notice).inline(), rows)


def _for_takers(raised: Sequence[tuple[str, NewNotice]], work: Transaction) -> list[tuple[str, NewNotice]]:
    """The same notices to whoever does the work of a person these days, said to be so."""
    logins = {notice.login for _, notice in raised if notice.login is not None}
    if not logins:
        return []
    handed = work.session.execute(
        select(HandOver.giver, HandOver.taker, User.name)
        .join(User, User.login == HandOver.giver)
        .where(
            HandOver.giver.in_(sorted(logins)),
            HandOver.cases,
            HandOver.first_day <= work.today,
            HandOver.last_day >= work.today,
        )
    ).all()
    return [
        (kind, replace(notice, login=taker, text=f"（代{name}）{notice.text}"))
        for giver, taker, name in handed
        for kind, notice in raised
        if notice.login == giver and taker not in (work.actor.login, *logins)
    ]


def _row(kind: str, notice: NewNotice, work: Transaction) -> dict[str, object]:
    if (notice.login is None) == (notice.permission is None):
        raise ValueError(f"a notice of {kind} goes to a person or to the holders of a permission")
    return {
        "kind": kind,
        "text": notice.text[:LONGEST_TEXT],
        "login": notice.login,
        "permission": notice.permission,
        "district_code": notice.district,
        "association": notice.association,
        "anywhere": notice.anywhere,
        "page": notice.page,
        "argument": json.dumps(notice.argument, ensure_ascii=False),
        "about": notice.about or None,
        "by_login": work.actor.login,
        "raised_at": work.now,
        "raised_on": work.today,
    }
