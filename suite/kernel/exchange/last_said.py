"""How things stood with a partner after its last packet: by that the next one tells what it has changed.

What the partner said of a record counts; of what it left empty, what the roster said then.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Row, Select, Table, select
from sqlalchemy.orm import Session

from suite.contract.declarations import RecordKind
from suite.database.bulk import insert_rows
from suite.kernel.exchange.results import HELD
from suite.kernel.exchange.runs import UNDO_DAYS
from suite.kernel.exchange.three_way import LastSaid, Saying
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.current import CurrentRecord, chunks
from suite.kernel.registry.rules import normalise, stored
from suite.kernel.registry.said import Said
from suite.tables import RosterExchange, RosterExchangeRow, RosterExchangeSecret, Subject

ROWS = RosterExchangeRow.metadata.tables[RosterExchangeRow.__tablename__]
SECRETS = RosterExchangeSecret.metadata.tables[RosterExchangeSecret.__tablename__]


def last_said(
    session: Session, kind: RecordKind, partner_id: int, uids: Collection[str]
) -> dict[str, LastSaid]:
    """Of these stable ids those that were told of before → how each stood the last time that it was.

    A packet may lack a record that an earlier one had. What was taken back has not been said.
    """
    counted = select(RosterExchange.id).where(
        RosterExchange.direction == "in",
        RosterExchange.kind == kind.key,
        RosterExchange.partner_id == partner_id,
        RosterExchange.taken_back_at.is_(None),
    )
    rows = _newest(session, ROWS, counted, uids)
    secrets = _newest(session, SECRETS, counted, rows)
    return {
        uid: replace(
            _read(kind, row.said, secrets[uid].said if uid in secrets else None),
            left_out=row.result == HELD and row.subject_id is None,
        )
        for uid, row in rows.items()
    }


def _newest(
    session: Session, table: Table, counted: Select[int], uids: Collection[str]
) -> dict[str, Row[Any]]:
    """Stable id → its newest row that says something. Mostly the newest exchange has all of them."""
    says = table.c.exchange_id == RosterExchange.id, _says(table)
    has_rows = select(table.c.uid).where(*says).exists()
    found: dict[str, Row[Any]] = {}
    for number in session.scalars(counted.where(has_rows).order_by(RosterExchange.id.desc())).all():
        for part in chunks([uid for uid in uids if uid not in found]):
            query = select(table).where(table.c.exchange_id == number, table.c.uid.in_(part), _says(table))
            found.update((row.uid, row) for row in session.execute(query))
    return found


def _says(table: FromClause) -> ColumnElement[bool]:
    """That a row says something: a secret does so beside the rest of its row, which may be taken back."""
    if table is ROWS:
        return table.c.said.is_not(None)
    beside = select(ROWS.c.uid).where(
        ROWS.c.exchange_id == table.c.exchange_id, ROWS.c.uid == table.c.uid, ROWS.c.said.is_not(None)
    )
    return beside.exists()


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

    What was left out is no record: of it those of the packet, which the actor has, are kept.

    Those of older packets go, once newer ones stand that cannot be taken back.
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
                "subject_id": subjects.get(uid),
                "said": _written(kind, last, sensitive=True),
            }
            for uid, last in now.items()
            if last.secrets and (subjects[uid] in seen if uid in subjects else scopes)
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
    settled = select(RosterExchange.id).where(
        *same, RosterExchange.at < oldest, RosterExchange.taken_back_at.is_(None)
    )
    newer = SECRETS.alias()
    told_again = (
        select(newer.c.uid)
        .where(
            newer.c.uid == SECRETS.c.uid,
            newer.c.exchange_id > SECRETS.c.exchange_id,
            newer.c.exchange_id.in_(settled),
            _says(newer),
        )
        .exists()
    )
    older = select(RosterExchange.id).where(*same, RosterExchange.at < oldest)
    work.connection.execute(SECRETS.delete().where(SECRETS.c.exchange_id.in_(older), told_again))


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
