"""What a sender says anew beside what it said before and what was changed here: whose change it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text, update

from suite.bootstrap import Suite
from suite.contract.problems import Refused
from suite.database.engine import writing
from suite.database.migrate import rebuilding
from suite.kernel.exchange.houses import signed
from suite.kernel.exchange.packet import digest_of
from suite.kernel.exchange.packet_files import read_receipt, write_packet
from suite.kernel.exchange.sending import SendRoster
from suite.kernel.exchange.taking import leave_out, take
from suite.kernel.exchange.undoing import UndoImport
from suite.kernel.registry.current import names_of
from suite.kernel.registry.queries import ListQuery, stream_ids
from suite.tables import RosterExchange
from suite.testing.factories import a_firm, a_lawyer, make, resident_number
from suite.testing.keyrings import MemoryKeyring
from tests.kernel.exchange.two_houses import (
    FIRMS,
    LAWYERS,
    answer,
    change,
    fill,
    number_of,
    receive,
    values_of,
)


def test_what_only_the_bureau_changed_stays_and_what_both_changed_is_held(
    association: Suite, bureau: Suite, send: Callable[..., Path], secrets: MemoryKeyring, tmp_path: Path
) -> None:
    ids = fill(association)
    change(association, ids[0], specialties="合同")
    receive(bureau, send(FIRMS, "所.xlsx"))
    receive(bureau, send())
    names = [str(a_lawyer(n)["name"]) for n in range(1, 8)]
    change(bureau, number_of(bureau, names[0]), specialties="海商", phone="13900000001")
    change(bureau, number_of(bureau, names[1]), specialties="海商", phone="13900000002")
    change(bureau, number_of(bureau, names[3]), specialties="证券")
    change(bureau, number_of(bureau, names[4]), phone="13900000005")
    # Of the first nothing, of the second another field, of the fourth the same field otherwise.
    change(association, ids[1], languages="英语")
    change(association, ids[3], specialties="税务")
    change(association, ids[4], phone="13911111115")
    change(association, ids[5], specialties="仲裁")
    for _ in range(2):  # what was held is no settled matter: it is held again
        packet = send()
        found = bureau.preview_packet(packet, bureau.actor())
        again = receive(bureau, packet)
        first, second, fourth, fifth, sixth = (values_of(bureau, names[n]) for n in (0, 1, 3, 4, 5))
        assert (first["specialties"], first["phone"]) == ("海商", "13900000001")
        assert (second["specialties"], second["phone"]) == ("海商", "13900000002")
        assert fourth["specialties"] == "证券"
        assert fifth["phone"] == "13900000005"
        assert sixth["specialties"] == "仲裁"
        assert again["held"] == 2
    told = {row.values["name"]: row.problems[0].text for row in found.preview.rows if row.result == "held"}
    assert set(told) == {names[3], names[4]}
    assert "“税务”" in told[names[3]]
    assert "“证券”" in told[names[3]]
    read = read_receipt(answer(bureau, again["exchange"], tmp_path / "回执.xlsx"))
    reasons = {row.name: (row.result, row.reason) for row in read.rows if row.reason}
    assert {name: result for name, (result, _) in reasons.items()} == {
        names[0]: "无变化",
        names[1]: "无变化",
        names[3]: "未采纳",
        names[4]: "未采纳",
    }
    assert "海商" in reasons[names[0]][1]
    assert not any("139" in reason and "*" not in reason for _, reason in reasons.values())
    # Once they agree nothing is left open.
    change(association, ids[3], specialties="证券")
    change(association, ids[4], phone="13900000005")
    assert receive(bureau, send())["held"] == 0


def test_a_row_that_a_person_leaves_out_goes_back_with_the_reason_and_is_asked_once(
    association: Suite, bureau: Suite, send: Callable[..., Path], secrets: MemoryKeyring, tmp_path: Path
) -> None:
    ids = fill(association)
    receive(bureau, send(FIRMS, "所.xlsx"))
    receive(bureau, send())
    for subject_id in ids[:2]:
        change(association, subject_id, specialties="税务")
    packet, actor = send(), bureau.actor()
    found = bureau.preview_packet(packet, actor)
    number = next(row.row for row in found.preview.taken() if row.values["name"] == a_lawyer(1)["name"])
    with pytest.raises(Refused) as unsaid:
        leave_out(found, {number: " "})
    with pytest.raises(Refused) as other:
        leave_out(found, {9999: "没有这一行"})
    assert (unsaid.value.codes, other.value.codes) == ({"reason.required"}, {"exchange.not_taken"})
    done = bureau.run(take(leave_out(found, {number: "未见证明材料"})), actor).result
    assert (done["taken"], done["held"]) == (1, 1)
    assert values_of(bureau, str(a_lawyer(1)["name"])).get("specialties") is None
    assert values_of(bureau, str(a_lawyer(2)["name"]))["specialties"] == "税务"
    read = read_receipt(answer(bureau, done["exchange"], tmp_path / "回执.xlsx"))
    [held] = [row for row in read.rows if row.result == "未采纳"]
    assert (held.name, held.reason) == (a_lawyer(1)["name"], "不接收：未见证明材料")
    # The same again is no change any more, another value is.
    again = receive(bureau, send())
    assert (again["taken"], again["held"]) == (0, 0)
    change(association, ids[0], specialties="仲裁")
    assert receive(bureau, send())["taken"] == 1


def test_a_record_that_one_packet_lacks_keeps_how_it_stood(
    association: Suite, bureau: Suite, send: Callable[..., Path], secrets: MemoryKeyring, tmp_path: Path
) -> None:
    ids = fill(association)
    change(association, ids[0], specialties="合同")
    receive(bureau, send(FIRMS, "所.xlsx"))
    receive(bureau, send())
    name = str(a_lawyer(1)["name"])
    change(bureau, number_of(bureau, name), specialties="海商", phone="13900000001")
    sent = association.run(
        SendRoster(kind=LAWYERS, file_name="x.xlsx", reason="月报"), association.actor()
    ).result
    rows = [row for row in sent["rows"] if name not in row.texts.values()]
    head = replace(sent["head"], rows=len(rows), digest=digest_of((row.uid, row.check) for row in rows))
    narrow = tmp_path / "部分.xlsx"
    write_packet(narrow, head, signed(head), sent["headings"], rows)
    assert receive(bureau, narrow)["same"] == 6
    again = receive(bureau, send())
    assert (again["taken"], again["held"]) == (0, 0)
    kept = values_of(bureau, name)
    assert (kept["specialties"], kept["phone"]) == ("海商", "13900000001")


def test_secrets_of_a_record_go_only_once_newer_ones_of_it_are_kept(
    association: Suite, bureau: Suite, send: Callable[..., Path], secrets: MemoryKeyring, tmp_path: Path
) -> None:
    ids = fill(association)
    receive(bureau, send(FIRMS, "所.xlsx"))
    first = receive(bureau, send())["exchange"]
    change(bureau, number_of(bureau, str(a_lawyer(1)["name"])), phone="13900000001")
    change(association, ids[1], languages="英语")
    sent = association.run(
        SendRoster(kind=LAWYERS, file_name="x.xlsx", reason="月报"), association.actor()
    ).result
    rows = [row for row in sent["rows"] if str(a_lawyer(1)["name"]) not in row.texts.values()]
    head = replace(sent["head"], rows=len(rows), digest=digest_of((row.uid, row.check) for row in rows))
    narrow = tmp_path / "部分.xlsx"
    write_packet(narrow, head, signed(head), sent["headings"], rows)
    receive(bureau, narrow)
    with rebuilding(bureau.engine) as connection:
        connection.execute(update(RosterExchange).values(at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC)))
    assert receive(bureau, send())["taken"] == 0
    with bureau.reading() as session:
        left = session.scalars(
            text("SELECT uid FROM core_roster_exchange_secret WHERE exchange_id = :first"), {"first": first}
        ).all()
    assert len(left) == 1
    assert values_of(bureau, str(a_lawyer(1)["name"]))["phone"] == "13900000001"


def test_it_is_told_where_nothing_says_which_side_changed_a_row(
    association: Suite, bureau: Suite, send: Callable[..., Path], secrets: MemoryKeyring
) -> None:
    ids = fill(association)
    receive(bureau, send(FIRMS, "所.xlsx"))
    assert bureau.preview_packet(send(), bureau.actor()).preview.notices == ()
    receive(bureau, send())
    change(association, ids[0], specialties="税务")
    assert bureau.preview_packet(send(), bureau.actor()).preview.notices == ()
    change(bureau, number_of(bureau, str(a_lawyer(2)["name"])), phone="13900000002")
    with writing(bureau.engine) as connection:  # the last taker did not see numbers
        connection.execute(text("DELETE FROM core_roster_exchange_secret"))
    [told] = bureau.preview_packet(send(), bureau.actor()).preview.notices
    assert "1 行" in told.text
    with writing(bureau.engine) as connection:  # and before that nothing was kept
        connection.execute(text("UPDATE core_roster_exchange_row SET said = NULL"))
    [told] = bureau.preview_packet(send(), bureau.actor()).preview.notices
    assert (told.code, "2 行" in told.text) == ("exchange.no_base", True)


def test_a_new_record_that_a_person_leaves_out_is_asked_again_only_when_it_says_something_else(
    association: Suite, bureau: Suite, send: Callable[..., Path], secrets: MemoryKeyring
) -> None:
    ids = fill(association)
    receive(bureau, send(FIRMS, "所.xlsx"))
    actor = bureau.actor()
    found = bureau.preview_packet(send(), actor)
    number = next(row.row for row in found.preview.rows if row.values["name"] == a_lawyer(1)["name"])
    bureau.run(take(leave_out(found, {number: "身份证号有误"})), actor)
    for _ in range(2):
        again = receive(bureau, send())
        assert (again["taken"], again["held"]) == (0, 1)
    # A number that the sender has put right is something else.
    change(association, ids[0], phone="13911111111")
    found = bureau.preview_packet(send(), actor)
    assert [row.result for row in found.preview.rows].count("new") == 1
    # What the bureau has entered by hand is no new record any more.
    make(bureau, actor, LAWYERS, a_lawyer(1, id_number=resident_number(3), sex="male", phone="13911111111"))
    found = bureau.preview_packet(send(), actor)
    assert {row.result for row in found.preview.rows} <= {"same", "changed"}


def test_a_person_settles_for_the_bureau_what_both_have_changed_and_the_rest_of_the_row_is_taken(
    association: Suite, bureau: Suite, send: Callable[..., Path], secrets: MemoryKeyring, tmp_path: Path
) -> None:
    ids = fill(association)
    receive(bureau, send(FIRMS, "所.xlsx"))
    receive(bureau, send())
    names = [str(a_lawyer(n)["name"]) for n in range(1, 4)]
    for name in names[:2]:
        change(bureau, number_of(bureau, name), specialties="海商")
    change(association, ids[0], specialties="税务", languages="英语", phone="13911111115")
    change(association, ids[1], specialties="税务")
    packet, actor = send(), bureau.actor()
    found = bureau.preview_packet(packet, actor)
    rows = [row.row for row in found.preview.rows if row.result == "held"]
    assert len(rows) == 2
    with pytest.raises(Refused) as unsaid:
        leave_out(found, {rows[0]: ""})
    assert unsaid.value.codes == {"reason.required"}
    settled = leave_out(found, dict.fromkeys(rows, "以本局备案为准"))
    done = bureau.run(take(settled), actor).result
    assert (done["taken"], done["held"]) == (1, 0)
    first = values_of(bureau, names[0])
    assert (first["specialties"], first["languages"], first["phone"]) == ("海商", "英语", "13911111115")
    assert values_of(bureau, names[1])["specialties"] == "海商"
    read = read_receipt(answer(bureau, done["exchange"], tmp_path / "回执.xlsx"))
    reasons = {row.name: (row.result, row.reason) for row in read.rows if row.reason}
    assert {name: result for name, (result, _) in reasons.items()} == {names[0]: "采纳", names[1]: "无变化"}
    assert all("以本局备案为准" in reason and "“税务”" in reason for _, reason in reasons.values())
    # The same again is settled, and told as what it is; another value is a plain change.
    found = bureau.preview_packet(send(), actor)
    told = [problem.text for row in found.preview.rows for problem in row.problems]
    assert len(told) == 2
    assert all("上次未接收，接收单位仍为“海商”" in words for words in told)
    change(bureau, number_of(bureau, names[1]), specialties="仲裁")
    found = bureau.preview_packet(send(), actor)
    words = next(p.text for row in found.preview.rows for p in row.problems if "仲裁" in p.text)
    assert "接收单位已改为“仲裁”" in words
    change(association, ids[0], specialties="证券")
    assert receive(bureau, send())["taken"] == 1
    assert values_of(bureau, names[0])["specialties"] == "证券"


def test_a_body_that_is_settled_for_the_bureau_takes_its_day_along(
    association: Suite, bureau: Suite, send: Callable[..., Path], secrets: MemoryKeyring
) -> None:
    ids = fill(association)
    receive(bureau, send(FIRMS, "所.xlsx"))
    receive(bureau, send())
    third = make(association, association.actor(), FIRMS, a_firm(3), on=dt.date(2020, 1, 1))[0]
    receive(bureau, send(FIRMS, "所.xlsx"))
    name = str(a_lawyer(1)["name"])
    before = values_of(bureau, name)
    with bureau.reading() as session:
        firms = names_of(
            session, list(stream_ids(session, bureau.actor(), bureau.catalog, ListQuery(kind=FIRMS)))
        )
    there = next(
        firm for firm, title in sorted(firms.items()) if title not in (before["body_id"], a_firm(3)["name"])
    )
    change(bureau, number_of(bureau, name), body_id=there, entered_on=dt.date(2026, 6, 1))
    change(association, ids[0], body_id=third, entered_on=dt.date(2026, 7, 1), languages="英语")
    found = bureau.preview_packet(send(), bureau.actor())
    [held] = [row.row for row in found.preview.rows if row.result == "held"]
    bureau.run(take(leave_out(found, {held: "未见转所材料"})), bureau.actor())
    after = values_of(bureau, name)
    assert (after["body_id"], after["entered_on"], after["languages"]) == (
        firms[there],
        dt.date(2026, 6, 1),
        "英语",
    )
    assert receive(bureau, send())["taken"] == 0


def test_what_was_taken_back_has_not_been_said(
    association: Suite, bureau: Suite, send: Callable[..., Path], secrets: MemoryKeyring
) -> None:
    ids = fill(association)
    receive(bureau, send(FIRMS, "所.xlsx"))
    receive(bureau, send())
    change(association, ids[0], specialties="税务")
    run = receive(bureau, send())["run"]
    bureau.run(UndoImport(kind=LAWYERS, run=int(str(run))), bureau.actor(), reason="对方报错了")
    assert values_of(bureau, str(a_lawyer(1)["name"])).get("specialties") is None
    assert receive(bureau, send())["taken"] == 1
    assert values_of(bureau, str(a_lawyer(1)["name"]))["specialties"] == "税务"
