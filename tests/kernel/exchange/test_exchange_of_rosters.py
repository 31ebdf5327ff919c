"""Rosters between two databases: sent, taken as a diff, answered, and equal in the end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import keyring
import pytest
from keyring.backends import fail
from openpyxl import load_workbook
from sqlalchemy import text, update

from suite.bootstrap import Suite
from suite.contract.commands import Actor, Granted, Scope
from suite.contract.problems import Refused
from suite.database.engine import writing
from suite.database.migrate import rebuilding
from suite.kernel.exchange import mass_export
from suite.kernel.exchange.bounds import FileRefused
from suite.kernel.exchange.exchanged import exchange_rows, exchanges
from suite.kernel.exchange.houses import ForgetPartnerKey, NameHouse, partners, signed
from suite.kernel.exchange.packet import digest_of
from suite.kernel.exchange.packet_files import read_packet, read_receipt, write_packet, write_receipt
from suite.kernel.exchange.sending import SendRoster, TakeReceipt
from suite.kernel.exchange.taking import IssueReceipt, leave_out, take
from suite.kernel.exchange.undoing import UndoImport
from suite.kernel.parameters.commands import SetParameter
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.kernel.registry.current import current_records, names_of
from suite.kernel.registry.queries import ListQuery, stream_ids
from suite.tables import RosterExchange
from suite.testing.factories import a_firm, a_lawyer, make, resident_number
from suite.testing.keyrings import MemoryKeyring

LAWYERS, FIRMS = "lawyers.lawyer", "lawyers.law_firm"


@pytest.fixture
def no_keyring() -> Iterator[None]:
    former = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())
    yield
    keyring.set_keyring(former)


@pytest.fixture
def bureau(suite_: Suite, admin: Actor) -> Suite:
    """The bureau's database, on each engine."""
    suite_.run(NameHouse(name="石家庄市司法局"), admin)
    return suite_


@pytest.fixture
def send(association: Suite, tmp_path: Path) -> Callable[..., Path]:
    """Writes a packet of the association."""

    def write(kind: str = LAWYERS, name: str = "报送.xlsx") -> Path:
        path = tmp_path / name
        done = association.run(
            SendRoster(kind=kind, file_name=name, reason="月报"), association.actor()
        ).result
        write_packet(path, done["head"], signed(done["head"]), done["headings"], done["rows"])
        return path

    return write


def receive(bureau: Suite, path: Path) -> dict[str, object]:
    actor = bureau.actor()
    return dict(bureau.run(take(bureau.preview_packet(path, actor)), actor).result)


def answer(bureau: Suite, exchange: object, path: Path, kind: str = LAWYERS) -> Path:
    made = bureau.run(IssueReceipt(kind=kind, exchange_id=int(str(exchange))), bureau.actor()).result
    write_receipt(path, made["head"], signed(made["head"]), made["of_digest"], made["rows"])
    return path


def roster(suite: Suite, kind: str) -> list[dict[str, object]]:
    """All that a roster says, by number; links by name."""
    found = []
    with suite.reading() as session:
        actor, declared = suite.actor(), suite.catalog.kinds[kind]
        ids = list(stream_ids(session, actor, suite.catalog, ListQuery(kind=kind)))
        for record in current_records(session, declared, ids).values():
            values = dict(record.values)
            if values.get("body_id") is not None:
                values["body_id"] = names_of(session, [values["body_id"]])[values["body_id"]]
            found.append(values)
    return sorted(found, key=lambda values: str(values["main_no"]))


def fill(suite: Suite) -> list[int]:
    actor = suite.actor()
    firms = make(suite, actor, FIRMS, a_firm(1), a_firm(2), on=dt.date(2020, 1, 1))
    return make(
        suite,
        actor,
        LAWYERS,
        *(
            a_lawyer(
                n,
                id_number=resident_number(2 * n + 1),
                sex="male",
                phone=f"1383112{n:04d}",
                body_id=firms[n % 2],
                specialties="公司并购、刑事辩护" if n == 3 else None,
            )
            for n in range(1, 8)
        ),
        on=dt.date(2020, 1, 1),
    )


def change(suite: Suite, subject_id: int, **values: object) -> None:
    row = RowEdit(subject_id=subject_id, values=values)
    suite.run(SaveRecords(kind=LAWYERS, rows=(row,)), suite.actor())


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


def number_of(suite: Suite, name: str) -> int:
    with suite.reading() as session:
        ids = list(stream_ids(session, suite.actor(), suite.catalog, ListQuery(kind=LAWYERS)))
        return next(key for key, value in names_of(session, ids).items() if value == name)


def values_of(suite: Suite, name: str) -> dict[str, object]:
    return next(row for row in roster(suite, LAWYERS) if row["name"] == name)


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
