"""Whose database this is, the key it signs with, and the partners that it exchanges rosters with."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from suite.contract.commands import Change, Command, Done, Handler
from suite.contract.problems import ProblemKind, refuse
from suite.kernel.exchange.packet import PacketHead, Signature, fingerprint, sign
from suite.kernel.executor.work import Transaction
from suite.settings import keep_secret, kept_secret
from suite.tables import House, Partner

SERVICE = "exchange"


@dataclass(frozen=True, kw_only=True)
class NameHouse(Command):
    """Say whose database this is, as partners will read it: 石家庄市律师协会."""

    permission: ClassVar[str] = "core:house:name"
    title: ClassVar[str] = "设定本单位名称"

    name: str


@dataclass(frozen=True, kw_only=True)
class ForgetPartnerKey(Command):
    """A partner has a new key (another computer), which was compared by telephone: trust the next one."""

    permission: ClassVar[str] = "core:house:name"
    title: ClassVar[str] = "作废报送单位的原签名"

    partner_id: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class HouseLine:
    """Whose database this is, and the fingerprint of its key; both empty while not set."""

    uid: str
    title: str
    fingerprint: str


@dataclass(frozen=True, kw_only=True)
class PartnerLine:
    """A partner as a list shows it."""

    id: int
    title: str
    fingerprint: str
    signs: bool


def name_house(command: NameHouse, work: Transaction) -> Done:
    """Write the name; the first time also the stable id by which partners tell databases apart."""
    name = command.name.strip()
    if not name or len(name) > 100:
        raise refuse("house.name", "单位名称应为 1 至 100 个字，请改正。", field="name")
    house = work.session.get(House, 1)
    if house is None:
        work.session.add(House(id=1, uid=secrets.token_hex(16), title=name))
    else:
        house.title = name
    work.session.flush()
    return Done(text=f"本单位名称为“{name}”", changes=(Change(kind="core.house", ids=(1,)),))


def forget_partner_key(command: ForgetPartnerKey, work: Transaction) -> Done:
    """Write it; the next packet of the partner brings the new key."""
    partner = work.session.get(Partner, command.partner_id)
    if partner is None:
        raise refuse("partner.unknown", "没有这个报送单位，请核对编号。", field="partner_id")
    if not command.reason.strip():
        raise refuse("reason.required", "请写明原因和核对的经过。", field="reason")
    partner.public_key = None
    work.session.flush()
    return Done(
        text=f"已作废“{partner.title}”的原签名", changes=(Change(kind="core.partner", ids=(partner.id,)),)
    )


HANDLERS: dict[type[Command], Handler] = {NameHouse: name_house, ForgetPartnerKey: forget_partner_key}


def house_of(session: Session) -> House:
    """The row of this database; raises Refused while it has no name."""
    house = session.get(House, 1)
    if house is None:
        raise refuse(
            "house.unnamed",
            "还没有设定本单位名称，对方不知道是谁报送的。请先在报送页设定（命令行：suite exchange name）。",
            ProblemKind.INVALID,
        )
    return house


def house_line(session: Session) -> HouseLine:
    """Whose database this is, for a screen."""
    house = session.get(House, 1)
    if house is None:
        return HouseLine(uid="", title="", fingerprint="")
    key = _private_key(house.uid, make=False)
    mark = "" if key is None else fingerprint(sign(_NOTHING, key).public_key)
    return HouseLine(uid=house.uid, title=house.title, fingerprint=mark)


_NOTHING = PacketHead(sender="", title="", kind="", number=0, on_date="", rows=0, digest="")


def signed(head: PacketHead) -> Signature | None:
    """The signature of a head by this house's key; None on a desk without a keyring.

    The key is made the first time. It stands in the keyring of the desk and nowhere else.
    """
    key = _private_key(head.sender, make=True)
    return None if key is None else sign(head, key)


def _private_key(uid: str, *, make: bool) -> bytes | None:
    kept = kept_secret(SERVICE, uid)
    if kept is None and make:
        fresh = base64.b64encode(secrets.token_bytes(32)).decode()
        kept = fresh if keep_secret(SERVICE, uid, fresh) else None
    return None if kept is None else base64.b64decode(kept)


def partner_of(session: Session, head: PacketHead, signature: Signature | None) -> Partner | None:
    """The partner who sent a head, None for one never heard of.

    Raises Refused for another key than the partner's, or none where the partner signs: the packet may come
    from somebody else.
    """
    house = session.get(House, 1)
    if house is not None and house.uid == head.sender:
        raise refuse("exchange.own", "这是本单位自己报送的文件，不能由自己接收。", ProblemKind.FORBIDDEN)
    partner = session.scalar(select(Partner).where(Partner.uid == head.sender))
    if partner is None or partner.public_key is None:
        return partner
    if signature is None:
        raise refuse(
            "exchange.unsigned",
            f"“{partner.title}”以往的文件都有签名，这一份没有。请向对方核实后重新报送。",
            ProblemKind.FORBIDDEN,
        )
    if signature.public_key != partner.public_key:
        raise refuse(
            "exchange.other_key",
            f"签名与“{partner.title}”以往的不同（现为 {fingerprint(signature.public_key)}，"
            f"原为 {fingerprint(partner.public_key)}）。请打电话核对；对方确已换机的，请管理员作废其原签名。",
            ProblemKind.FORBIDDEN,
        )
    return partner


def known_partner(work: Transaction, head: PacketHead, signature: Signature | None) -> Partner:
    """The partner of a head, written down the first time with its key; see `partner_of`."""
    partner = partner_of(work.session, head, signature)
    if partner is None:
        partner = Partner(uid=head.sender, title=head.title[:100], since=work.now)
        work.session.add(partner)
    if partner.public_key is None and signature is not None:
        partner.public_key = signature.public_key
    partner.title = head.title[:100]
    work.session.flush()
    return partner


def partners(session: Session) -> list[PartnerLine]:
    """Everybody whom rosters were exchanged with."""
    return [
        PartnerLine(
            id=row.id,
            title=row.title,
            fingerprint=fingerprint(row.public_key) if row.public_key else "",
            signs=row.public_key is not None,
        )
        for row in session.scalars(select(Partner).order_by(Partner.id))
    ]
