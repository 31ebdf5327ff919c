"""Rosters between two databases: sent, taken as a diff, answered, and equal in the end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from suite.bootstrap import Suite
from suite.contract.commands import Actor, Granted, Scope
from suite.contract.problems import Refused
from suite.kernel.exchange import mass_export
from suite.kernel.exchange.exchanged import exchange_rows
from suite.kernel.exchange.packet_files import read_receipt
from suite.kernel.exchange.sending import SendRoster, TakeReceipt
from suite.kernel.parameters.commands import SetParameter
from suite.kernel.registry.current import names_of
from suite.kernel.registry.queries import ListQuery, stream_ids
from suite.testing.factories import a_firm, a_lawyer, make
from suite.testing.keyrings import MemoryKeyring
from tests.kernel.exchange.two_houses import FIRMS, LAWYERS, answer, change, fill, receive, roster


def test_two_databases_end_with_equal_rosters(
    association: Suite, bureau: Suite, send: Callable[..., Path], secrets: MemoryKeyring, tmp_path: Path
) -> None:
    ids = fill(association)
    receive(bureau, send(FIRMS, "所.xlsx"))
    first = receive(bureau, send())
    assert (first["taken"], first["held"]) == (7, 0)
    assert roster(bureau, LAWYERS) == roster(association, LAWYERS)
    # A changed number is a change of the same person, and not another one, because of the stable id.
    change(association, ids[0], phone="13900000000", main_no="11301201211999999")
    make(association, association.actor(), LAWYERS, a_lawyer(9))
    # The bureau has not heard of this firm yet.
    (firm,) = make(association, association.actor(), FIRMS, a_firm(3))
    change(association, ids[1], body_id=firm)
    second = receive(bureau, send())
    assert (second["taken"], second["same"], second["held"]) == (2, 5, 1)
    read = read_receipt(answer(bureau, second["exchange"], tmp_path / "回执.xlsx"))
    taken = association.run(TakeReceipt(kind=LAWYERS, receipt=read), association.actor())
    assert taken.result["held"] == 1
    (held,) = [row for row in read.rows if row.result == "未采纳"]
    assert held.name == a_lawyer(2)["name"]
    assert held.reason
    # What the receipt says can be looked up afterwards, and leads to the sender's own record.
    with association.reading() as session:
        told = exchange_rows(session, association.actor(), association.catalog, taken.result["exchange"])
    assert [row.subject_id for row in told if row.result == "held"] == [ids[1]]
    assert len(told) == 8
    receive(bureau, send(FIRMS, "所.xlsx"))
    third = receive(bureau, send())
    assert (third["taken"], third["held"]) == (1, 0)
    assert roster(bureau, LAWYERS) == roster(association, LAWYERS)


def test_the_same_packet_again_changes_nothing(
    association: Suite, bureau: Suite, send: Callable[..., Path], secrets: MemoryKeyring
) -> None:
    fill(association)
    receive(bureau, send(FIRMS, "所.xlsx"))
    packet = send()
    receive(bureau, packet)
    before = roster(bureau, LAWYERS)
    assert not any(row.problems for row in bureau.preview_packet(packet, bureau.actor()).preview.rows)
    again = receive(bureau, packet)
    assert (again["taken"], again["same"]) == (0, 7)
    assert roster(bureau, LAWYERS) == before


def test_a_packet_from_before_a_move_here_does_not_undo_it(
    association: Suite, bureau: Suite, send: Callable[..., Path], secrets: MemoryKeyring, tmp_path: Path
) -> None:
    ids = fill(association)
    entered = dt.date(2021, 3, 1)
    change(association, ids[1], entered_on=entered)
    receive(bureau, send(FIRMS, "所.xlsx"))
    packet = send()
    made = receive(bureau, packet)["records"]
    assert isinstance(made, dict)
    name, number = a_lawyer(2)["name"], a_lawyer(2)["main_no"]
    [moved] = [row for row in roster(bureau, LAWYERS) if row["main_no"] == number]
    with bureau.reading() as session:
        firms = stream_ids(session, bureau.actor(), bureau.catalog, ListQuery(kind=FIRMS))
        other = {value: key for key, value in names_of(session, list(firms)).items()}
        [lawyer] = [key for key, value in names_of(session, list(made.values())).items() if value == name]
    there = next(body for firm, body in other.items() if firm != moved["body_id"])
    change(bureau, lawyer, body_id=there, entered_on=dt.date(2026, 6, 1))
    before = roster(bureau, LAWYERS)
    for _ in range(2):
        again = receive(bureau, packet)
        assert (again["taken"], again["same"], again["held"]) == (0, 7, 0)
        assert roster(bureau, LAWYERS) == before
    read = read_receipt(answer(bureau, again["exchange"], tmp_path / "回执.xlsx"))
    [kept] = [row for row in read.rows if row.reason]
    assert (kept.name, kept.result, "2026-06-01" in kept.reason) == (name, "无变化", True)


def test_personal_numbers_go_only_with_the_right_to_see_them(
    association: Suite, send: Callable[..., Path], admin_less: Actor
) -> None:
    fill(association)
    done = association.run(SendRoster(kind=LAWYERS, file_name="x.xlsx", reason="月报"), admin_less)
    assert not done.result["personal"]
    assert not {"身份证号", "联系电话"} & set(done.result["headings"])


def test_numbers_go_only_of_records_where_they_may_be_seen(
    association: Suite, admin_less: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(association)
    elsewhere = Granted(permission="lawyers:identity:reveal", scope=Scope(districts=frozenset(("130185",))))
    partly = replace(admin_less, granted=(*admin_less.granted, elsewhere))
    send = SendRoster(kind=LAWYERS, file_name="x.xlsx", reason="月报")
    rows = association.run(send, partly).result["rows"]
    assert {(row.texts["身份证号"], row.texts["联系电话"]) for row in rows} == {("", "")}
    # As any export of many rows it takes two persons.
    monkeypatch.setattr(mass_export, "alone_here", lambda work: False)
    association.run(
        SetParameter(key=mass_export.ALONE, value="1", valid_from=dt.date(2020, 1, 1), source="x"),
        association.actor(),
    )
    with pytest.raises(Refused) as refused:
        association.run(send, association.actor())
    assert refused.value.codes == {"export.second_person"}


@pytest.fixture
def admin_less(association: Suite) -> Actor:
    """The first user without the right to see personal numbers."""
    actor = association.actor()
    granted = tuple(item for item in actor.granted if not item.permission.endswith("identity:reveal"))
    return Actor(login=actor.login, name=actor.name, granted=granted)


def test_a_district_sees_its_own_rows_and_those_of_nobody_only_who_may_import(
    association: Suite, suite_on_sqlite: Suite, send: Callable[..., Path], secrets: MemoryKeyring
) -> None:
    fill(association)
    exchange = receive(suite_on_sqlite, send())["exchange"]  # the firms are not known: all held
    receive(suite_on_sqlite, send(FIRMS, "所.xlsx"))
    taken = receive(suite_on_sqlite, send())["exchange"]

    def seen(number: object, district: str, *actions: str) -> int:
        scope = Scope(districts=frozenset({district}))
        granted = tuple(Granted(permission=f"lawyers:roster:{one}", scope=scope) for one in actions)
        actor = Actor(login="district", name="区县", granted=granted)
        with suite_on_sqlite.reading() as session:
            return len(exchange_rows(session, actor, suite_on_sqlite.catalog, int(str(number))))

    assert seen(exchange, "130102", "read") == 0
    assert seen(exchange, "130102", "read", "import") == 7
    assert seen(taken, "130102", "read") == 7
    assert seen(taken, "130104", "read") == 0
