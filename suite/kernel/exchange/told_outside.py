"""What the exchange keeps of records whose import is taken back: ids by which houses know them, and the base.

A packet that made a record gave it its sender's id; that goes with it, and so does ours of a receipt. What
was sent out since is known elsewhere, and stays.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from suite.kernel.exchange.last_said import ROWS
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.current import chunks
from suite.tables import ForeignUid, ImportRun, RosterExchange, SubjectUid

FOREIGN = ForeignUid.metadata.tables[ForeignUid.__tablename__]
OWN = SubjectUid.metadata.tables[SubjectUid.__tablename__]
#: The foreign keys by which records hold their ids.
PLACES = frozenset({(FOREIGN.name, "subject_id"), (OWN.name, "subject_id")})
SENT, OTHERS = "已向外报送", "其他单位也报送过"


def told_outside(run: ImportRun, ids: Sequence[int], work: Transaction) -> dict[int, str]:
    """Those of the new records of a run that other houses know beside its own sender → how they know them."""
    sender = work.session.scalar(select(RosterExchange.partner_id).where(RosterExchange.run_id == run.id))
    sent = work.session.scalar(
        select(RosterExchange.id)
        .where(
            RosterExchange.kind == run.kind, RosterExchange.direction == "out", RosterExchange.at >= run.at
        )
        .limit(1)
    )
    found: dict[int, str] = {}
    for part in chunks(ids):
        others = select(FOREIGN.c.subject_id).where(FOREIGN.c.subject_id.in_(part))
        if sender is not None:
            others = others.where(FOREIGN.c.partner_id != sender)
        found.update(dict.fromkeys(work.session.scalars(others), OTHERS))
        if sent is not None:
            known = select(OWN.c.subject_id).where(OWN.c.subject_id.in_(part))
            found.update(dict.fromkeys(work.session.scalars(known), SENT))
    return found


def forget_ids(ids: Sequence[int], work: Transaction) -> None:
    """Take out by which ids houses know records that go."""
    for part in chunks(ids):
        for table in (FOREIGN, OWN):
            work.connection.execute(table.delete().where(table.c.subject_id.in_(part)))


def unsay(run: ImportRun, ids: Sequence[int], work: Transaction, *, whole: bool) -> None:
    """What came in with a run has not been said of these records; `whole`: nor of any other.

    The next packet is compared with what was said before. What stays as it came has been said.
    """
    received = work.session.scalar(select(RosterExchange).where(RosterExchange.run_id == run.id))
    if received is None:
        return
    if whole:
        received.taken_back_at = work.now
        work.session.flush()
        return
    for part in chunks(ids):
        rows = ROWS.update().where(ROWS.c.exchange_id == received.id, ROWS.c.subject_id.in_(part))
        work.connection.execute(rows.values(said=None))
