"""Packets and receipts by hash and key: what is altered, foreign or older than the last one is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends import fail
from openpyxl import load_workbook

from suite.bootstrap import Suite
from suite.contract.problems import Refused
from suite.kernel.exchange.bounds import FileRefused
from suite.kernel.exchange.exchanged import exchanges
from suite.kernel.exchange.houses import ForgetPartnerKey, partners
from suite.kernel.exchange.packet_files import read_packet, read_receipt
from suite.kernel.exchange.sending import TakeReceipt
from suite.testing.keyrings import MemoryKeyring
from tests.kernel.exchange.two_houses import FIRMS, answer, fill, receive


@pytest.fixture
def no_keyring() -> Iterator[None]:
    former = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())
    yield
    keyring.set_keyring(former)


def test_an_altered_packet_is_refused_with_the_row(
    association: Suite, bureau: Suite, send: Callable[..., Path], secrets: MemoryKeyring
) -> None:
    fill(association)
    packet = send()
    book = load_workbook(packet)
    book["名册"].cell(row=4, column=3, value="另一个人")
    book.save(packet)
    with pytest.raises(FileRefused) as refused:
        bureau.preview_packet(packet, bureau.actor())
    assert "第 4 行" in refused.value.text


@pytest.mark.parametrize("damage", ["row gone", "rows exchanged", "head", "signature", "no rows sheet"])
def test_damage_of_every_part_is_found(
    association: Suite,
    suite_on_sqlite: Suite,
    send: Callable[..., Path],
    secrets: MemoryKeyring,
    damage: str,
) -> None:
    fill(association)
    packet = send()
    book = load_workbook(packet)
    rows, head = book["名册"], book["报送说明"]
    if damage == "row gone":
        rows.delete_rows(3)
    elif damage == "rows exchanged":
        for column in range(1, rows.max_column + 1):
            one, two = rows.cell(row=2, column=column), rows.cell(row=3, column=column)
            one.value, two.value = two.value, one.value
    elif damage == "head":
        head.cell(row=1, column=2, value="冒名单位")
    elif damage == "signature":
        last = head.max_row
        head.cell(row=last, column=2, value=head.cell(row=last - 1, column=2).value)
    else:
        del book["名册"]
    book.save(packet)
    with pytest.raises(FileRefused):
        suite_on_sqlite.preview_packet(packet, suite_on_sqlite.actor())


def test_another_key_or_none_is_refused_until_the_old_one_is_given_up(
    association: Suite, bureau: Suite, send: Callable[..., Path], secrets: MemoryKeyring
) -> None:
    fill(association)
    receive(bureau, send(FIRMS, "所.xlsx"))
    secrets.kept.clear()
    with pytest.raises(Refused) as other:
        receive(bureau, send(FIRMS, "所.xlsx"))
    assert other.value.codes == {"exchange.other_key"}
    with bureau.reading() as session:
        (partner,) = partners(session)
    bureau.run(ForgetPartnerKey(partner_id=partner.id, reason="已电话核对，换了电脑"), bureau.actor())
    assert receive(bureau, send(FIRMS, "所.xlsx"))["same"] == 2


def test_an_older_packet_and_ones_own_are_refused(
    association: Suite, bureau: Suite, send: Callable[..., Path], secrets: MemoryKeyring
) -> None:
    fill(association)
    older, newer = send(FIRMS, "一.xlsx"), send(FIRMS, "二.xlsx")
    receive(bureau, newer)
    with pytest.raises(Refused) as old:
        bureau.preview_packet(older, bureau.actor())
    with pytest.raises(Refused) as own:
        receive(association, newer)
    assert old.value.codes == {"exchange.older"}
    assert own.value.codes == {"exchange.own"}


def test_without_a_keyring_a_packet_goes_unsigned(
    association: Suite, bureau: Suite, send: Callable[..., Path], no_keyring: None
) -> None:
    fill(association)
    packet = send(FIRMS, "所.xlsx")
    assert read_packet(packet).signature is None
    receive(bureau, packet)
    with bureau.reading() as session:
        (line,) = exchanges(session, bureau.actor(), bureau.catalog, FIRMS)
    assert (line.direction, line.signed, line.taken) == ("in", False, 2)


def test_a_foreign_receipt_is_refused(
    association: Suite, bureau: Suite, send: Callable[..., Path], secrets: MemoryKeyring, tmp_path: Path
) -> None:
    fill(association)
    exchange = receive(bureau, send(FIRMS, "所.xlsx"))["exchange"]
    read = read_receipt(answer(bureau, exchange, tmp_path / "回执.xlsx", FIRMS))
    with pytest.raises(Refused) as refused:
        bureau.run(TakeReceipt(kind=FIRMS, receipt=read), bureau.actor())
    association.run(TakeReceipt(kind=FIRMS, receipt=read), association.actor())
    with pytest.raises(Refused) as again:
        association.run(TakeReceipt(kind=FIRMS, receipt=read), association.actor())
    assert refused.value.codes == {"receipt.unknown"}
    assert again.value.codes == {"receipt.taken"}
