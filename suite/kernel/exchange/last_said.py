"""How things stood with a partner after its last packet: by that the next one tells what it has changed.

What the partner said of a record counts; of what it left empty, what the roster said then.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from suite.contract.declarations import RecordKind
from suite.database.bulk import insert_rows
from suite.kernel.exchange.runs import UNDO_DAYS
from suite.kernel.exchange.three_way import LastSaid, Saying
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.current import CurrentRecord, chunks
from suite.kernel.registry.rules import normalise, stored
from suite.kernel.registry.said import Said
from suite.tables import ImportRun, RosterExchange, RosterExchangeRow, RosterExchangeSecret, Subject

SECRETS = RosterExchangeSecret.metadata.tables[RosterExchangeSecret.__tablename__]


def last_said(session: Session, kind: RecordKind, partner_id: int) -> dict[str, LastSaid]:
    """Stable id → how it stood the last time. What was taken back has not been said."""
    last = session.scalar(
        select(func.max(RosterExchange.id))
        .outerjoin(ImportRun, ImportRun.id == RosterExchange.run_id)
        .where(
            RosterExchange.direction == "in",
            RosterExchange.kind == kind.key,
            RosterExchange.partner_id == partner_id,
            or_(RosterExchange.run_id.is_(None), ImportRun.undone_at.is_(None)),
        )
    )
    rows = session.execute(
        select(RosterExchangeRow.uid, RosterExchangeRow.said, RosterExchangeSecret.said.label("secret"))
        .outerjoin(
            RosterExchangeSecret,
            (RosterExchangeSecret.exchange_id == RosterExchangeRow.exchange_id)
            & (RosterExchangeSecret.uid == RosterExchangeRow.uid),
        )
        .where(RosterExchangeRow.exchange_id == last, RosterExchangeRow.said.is_not(None))
    )
    return {row.uid: _read(kind, row.said, row.secret) for row in rows}


def standing(
    said: Saying, record: CurrentRecord | None, last: LastSaid | None, refused: Collection[str]
) -> LastSaid:
    """How it stands with a record after a packet said this of it; `refused`: what a person did not take."""
    values = (record.values if record is not None else Said()) | said
    ours = (
        {}
        if last is None
        else {key: value for key, value in last.ours.items() if values[key] == last.values[key]}
    )
    if record is not None:
        ours |= {key: record.values[key] for key in refused}
    return LastSaid(values=values, ours=ours)


def plain(kind: RecordKind, now: LastSaid | None) -> str | None:
    """All but the secrets, as the row of the exchange keeps it."""
    return None if now is None else _written(kind, now, sensitive=False)


def keep_secrets(
    kind: RecordKind,
    exchange: RosterExchange,
    now: Mapping[str, LastSaid],
    subjects: Mapping[str, int],
    work: Transaction,
) -> None:
    """Keep the secrets of the records whose secrets the actor sees; `subjects`: by stable id.

    Those of older packets go, once no run that came after them can be taken back.
    """
    scopes = work.actor.scopes(f"{kind.owner}:identity:reveal")
    seen = {
        number
        for number, district, association in _places(work.session, list(subjects.values()) if scopes else [])
        if any(scope.holds(kind.owner, district, association) for scope in scopes)
    }
    insert_rows(
        work.connection,
        SECRETS,
        [
            {
                "exchange_id": exchange.id,
                "uid": uid,
                "subject_id": subjects[uid],
                "said": _written(kind, last, sensitive=True),
            }
            for uid, last in now.items()
            if last.secrets and subjects.get(uid) in seen
        ],
    )
    _forget(exchange, work)


def _forget(exchange: RosterExchange, work: Transaction) -> None:
    same = (
        RosterExchange.direction == "in",
        RosterExchange.kind == exchange.kind,
        RosterExchange.partner_id == exchange.partner_id,
    )
    oldest = work.now - dt.timedelta(days=int(work.parameters[UNDO_DAYS]) + 1)
    settled = select(func.max(RosterExchange.id)).where(*same, RosterExchange.at < oldest).scalar_subquery()
    older = select(RosterExchange.id).where(*same, RosterExchange.id < settled)
    work.connection.execute(SECRETS.delete().where(SECRETS.c.exchange_id.in_(older)))


def _places(session: Session, ids: Sequence[int]) -> list[Any]:
    found: list[Any] = []
    for part in chunks(ids):
        query = select(Subject.id, Subject.district_code, Subject.association).where(Subject.id.in_(part))
        found += session.execute(query).all()
    return found


def _written(kind: RecordKind, last: LastSaid, *, sensitive: bool) -> str:
    def kept(values: Saying) -> dict[str, str | None]:
        return {
            key: stored(value) for key, value in values.items() if kind.by_key[key].sensitive is sensitive
        }

    return json.dumps({"said": kept(last.values), "ours": kept(last.ours)}, ensure_ascii=False)


def _read(kind: RecordKind, *texts: str | None) -> LastSaid:
    """Values in their own types; fields that the kind no longer has are passed over."""
    parts = [json.loads(text) for text in texts if text is not None]

    def kept(name: str) -> dict[str, Any]:
        return {
            key: normalise(kind.by_key[key], text)
            for part in parts
            for key, text in part[name].items()
            if key in kind.by_key
        }

    return LastSaid(values=Said(kept("said")), ours=kept("ours"), secrets=None not in texts)
