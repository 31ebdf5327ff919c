"""What was sent to other databases and received from them, and what became of each row."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import false, or_, select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.contract.problems import refuse
from suite.kernel.exchange.packet import fingerprint
from suite.kernel.registry.queries import readable_kind
from suite.kernel.search.queries import scope_condition
from suite.loader.catalog import Catalog
from suite.tables import Partner, RosterExchange, RosterExchangeRow, Subject


@dataclass(frozen=True, kw_only=True)
class ExchangeLine:
    """One exchange as a list shows it; `fingerprint` is that of the partner's key, empty without one."""

    id: int
    direction: str
    kind: str
    partner: str
    partner_id: int | None
    fingerprint: str
    number: int
    file_name: str
    signed: bool | None
    rows: int
    taken: int
    same: int
    held: int
    by: str
    at: dt.datetime
    receipt_at: dt.datetime | None


@dataclass(frozen=True, kw_only=True)
class ExchangedRow:
    """What became of one row; `subject_id` is the record here, None where there is none (any more)."""

    uid: str
    subject_id: int | None
    name: str
    result: str
    reason: str


def exchanges(session: Session, actor: Actor, catalog: Catalog, kind: str) -> list[ExchangeLine]:
    """What was sent and received of a kind, the newest first."""
    readable_kind(actor, catalog, kind)
    rows = session.execute(
        select(RosterExchange, Partner)
        .outerjoin(Partner, Partner.id == RosterExchange.partner_id)
        .where(RosterExchange.kind == kind)
        .order_by(RosterExchange.id.desc())
    )
    return [
        ExchangeLine(
            id=row.id,
            direction=row.direction,
            kind=row.kind,
            partner=partner.title if partner is not None else "",
            partner_id=row.partner_id,
            fingerprint=fingerprint(partner.public_key) if partner is not None and partner.public_key else "",
            number=row.number,
            file_name=row.file_name,
            signed=row.signed,
            rows=row.rows,
            taken=row.rows_taken,
            same=row.rows_same,
            held=row.rows_held,
            by=row.by_login,
            at=row.at,
            receipt_at=row.receipt_at,
        )
        for row, partner in rows
    ]


def exchange_rows(session: Session, actor: Actor, catalog: Catalog, exchange_id: int) -> list[ExchangedRow]:
    """The rows of an exchange in the actor's scope, by name; rows of nobody here for who may import only."""
    exchange = session.get(RosterExchange, exchange_id)
    if exchange is None:
        raise refuse("exchange.unknown", f"没有编号为 {exchange_id} 的往来。", field="exchange_id")
    kind = readable_kind(actor, catalog, exchange.kind)
    scopes = actor.scopes(f"{kind.owner}:roster:read")
    nobody = Subject.id.is_(None) if actor.may(f"{kind.owner}:roster:import") else false()
    rows = session.execute(
        select(RosterExchangeRow, Subject.id)
        .outerjoin(Subject, Subject.id == RosterExchangeRow.subject_id)
        .where(RosterExchangeRow.exchange_id == exchange_id, or_(scope_condition(Subject, scopes), nobody))
        .order_by(RosterExchangeRow.name, RosterExchangeRow.uid)
    )
    return [
        ExchangedRow(
            uid=row.uid, subject_id=subject_id, name=row.name, result=row.result, reason=row.reason or ""
        )
        for row, subject_id in rows
    ]
