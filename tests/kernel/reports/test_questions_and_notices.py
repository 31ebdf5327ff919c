"""Questions asked of rosters and remembered; cross-notices with number and receipt; inspection packs."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from hashlib import sha256
from html import unescape
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlalchemy import select

from suite.bootstrap import Suite
from suite.contract.commands import Actor, Command, Scope
from suite.contract.problems import Refused
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.assessment.past import PastGrade, RecordPastGrades
from suite.kernel.exchange.leaving import export_file
from suite.kernel.executor.executor import Cancelled
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.kernel.registry.queries import DateRange
from suite.kernel.registry.trace import export_words
from suite.kernel.reports import inspection_pack
from suite.kernel.reports.answer_file import answer_log, answer_refusal, names_left_out, write_answer
from suite.kernel.reports.cross_notices import (
    MakeCrossNotice,
    ReceiveReceipt,
    SendCrossNotice,
    cross_notice_of,
    cross_notice_paper,
    cross_notices,
)
from suite.kernel.reports.inspection_pack import (
    ABOUT,
    INDEX,
    MANIFEST,
    MISSING,
    Packed,
    pack_refusal,
    safe_name,
    write_pack,
)
from suite.kernel.reports.leaving import LogNoticeCopy
from suite.kernel.reports.masked_copies import masked_text
from suite.kernel.reports.pack_cases import Missing
from suite.kernel.reports.pack_orders import pack_order
from suite.kernel.reports.questions import (
    Answer,
    DeleteQuestion,
    Question,
    SaveQuestion,
    answer,
    packed_filters,
    question_named,
    questions,
    unpacked_filters,
)
from suite.tables import AuditEntry, Subject
from suite.testing.factories import a_firm, a_lawyer, make
from tests.kernel.assessment.test_season import CLOSED, Season, publish
from tests.kernel.credit.credit_house import House

LAWYERS, FIRMS, COUNSEL = "lawyers.lawyer", "lawyers.law_firm", "lawyers.village_counsel"
BEGIN, JUNE = dt.date(2020, 1, 1), dt.date(2026, 6, 30)


def refused(suite: Suite, admin: Actor, command: Command) -> str:
    with pytest.raises(Refused) as found:
        suite.run(command, admin)
    return found.value.problems[0].code


def populate(suite: Suite, admin: Actor) -> list[int]:
    firms = make(suite, admin, FIRMS, a_firm(1), on=BEGIN)
    return make(
        suite,
        admin,
        LAWYERS,
        *(
            a_lawyer(
                n, body_id=firms[0], district_code="130104", category="full_time" if n < 3 else "part_time"
            )
            for n in range(4)
        ),
        on=BEGIN,
    )


def test_a_question_is_answered_as_of_a_day_and_remembered(suite_: Suite, admin: Actor) -> None:
    lawyers = populate(suite_, admin)
    row = RowEdit(values={"category": "part_time"}, subject_id=lawyers[0])
    suite_.run(SaveRecords(kind=LAWYERS, rows=(row,), effective_on=dt.date(2026, 7, 9)), admin)
    question = Question(kind=LAWYERS, filters={"district_code": ("130104",)}, group_by="category", as_of=JUNE)
    kept = SaveQuestion(
        name="桥西", kind=LAWYERS, filters=packed_filters(question.filters), group_by="category", as_of=JUNE
    )
    saved = suite_.run(kept, admin).result["question"]
    with suite_.reading() as session:
        known = question_named(session, admin, suite_.catalog, "桥西")
        assert known.question == Question(
            kind=LAWYERS, filters={"district_code": ["130104"]}, group_by="category", as_of=JUNE
        )
        found = answer(session, admin, suite_.catalog, known.question, suite_.today)
    assert (dict(found.groups), found.total) == ({"专职律师": 3, "兼职律师": 1}, 4)
    assert dict(found.basis)["筛选条件"] == "区县：桥西区"
    assert refused(suite_, admin, SaveQuestion(name="", kind=LAWYERS, filters="{}")) == "required"
    wrong = SaveQuestion(name="x", kind=LAWYERS, filters="{}", group_by="id_number")
    assert refused(suite_, admin, wrong) == "field.unknown"
    assert refused(suite_, admin, SaveQuestion(name="x", kind=LAWYERS, filters="[")) == "question.filters"
    secret = SaveQuestion(name="x", kind=LAWYERS, filters='{"phone": ["13800000001"]}', shared=True)
    assert refused(suite_, admin, secret) == "field.secret"
    suite_.run(DeleteQuestion(question_id=saved), admin)
    with suite_.reading() as session:
        assert questions(session, admin, suite_.catalog) == []


def test_filters_come_back_as_they_were(suite_on_sqlite: Suite) -> None:
    kind = suite_on_sqlite.catalog.kinds[LAWYERS]
    filters = {
        "category": ["full_time", None],
        "first_practice_on": DateRange(first=dt.date(2020, 1, 1), last=None),
    }
    assert unpacked_filters(kind, packed_filters(filters)) == filters


def test_a_notice_is_numbered_sent_and_acknowledged(suite_: Suite, admin: Actor) -> None:
    lawyers = populate(suite_, admin)
    order = {"profession": "lawyers", "first": dt.date(2026, 7, 1), "last": dt.date(2026, 7, 31)}
    made = MakeCrossNotice(recipient="市中院", **order)
    assert refused(suite_, admin, made) == "notice.nothing"
    row = RowEdit(values={"status": "suspended"}, subject_id=lawyers[0])
    suite_.run(SaveRecords(kind=LAWYERS, rows=(row,), effective_on=dt.date(2026, 7, 9)), admin)
    assert refused(suite_, admin, MakeCrossNotice(recipient="某局", **order)) == "notice.recipient"
    first = suite_.run(made, admin).result
    second = suite_.run(MakeCrossNotice(recipient="police", **order), admin).result
    assert first["number"].endswith("〔2026〕1号")
    assert second["number"].endswith("〔2026〕2号")
    number = first["notice"]
    got = ReceiveReceipt(profession="lawyers", notice_id=number, receipt_on=suite_.today, receipt_by="王")
    assert refused(suite_, admin, got) == "notice.unsent"
    sent = SendCrossNotice(profession="lawyers", notice_id=number, sent_on=suite_.today, channel="机要交换")
    suite_.run(sent, admin)
    assert refused(suite_, admin, sent) == "notice.sent"
    suite_.run(got, admin)
    county = Actor(
        login=admin.login,
        name="x",
        granted=tuple(replace(one, scope=Scope(districts=frozenset(("130104",)))) for one in admin.granted),
    )
    # A county's view holds no notice of the whole profession, nor a trace that it took one along.
    assert refused(suite_, county, LogNoticeCopy(profession="lawyers", conditions=str(number))) == (
        "notice.unknown"
    )
    assert refused(suite_, county, made) == "notice.scope"
    suite_.run(LogNoticeCopy(profession="lawyers", conditions=str(number)), admin)
    with suite_.reading() as session:
        assert cross_notices(session, county, suite_.catalog) == []
        (_, read) = cross_notices(session, admin, suite_.catalog)
        whole = cross_notice_of(session, admin, suite_.catalog, first["number"])
        name, paper = cross_notice_paper(session, admin, f"#{number}")
    assert (read.recipient, read.channel, read.receipt_by) == ("市中级人民法院", "机要交换", "王")
    assert [(line.subject_id, line.day) for line in whole.lines] == [(lawyers[0], dt.date(2026, 7, 9))]
    assert name.endswith(".docx")
    assert "贵单位" in "".join(paragraph.text for paragraph in Document(BytesIO(paper)).paragraphs)


def test_a_notice_names_the_sanction_of_the_one_and_no_grades_of_years_past(suite_: Suite) -> None:
    house = House(suite_)
    house.in_force(house.decided())
    past = PastGrade(subject_id=house.lawyer, year=2023, grade="competent")
    suite_.run(RecordPastGrades(scheme="lawyers.lawyer_review", rows=(past,)), house.clerk)
    season = Season(suite_, house.clerk)
    season.step("self", "王志强")
    season.grade(("王志强", "basically_competent", "两次被约谈"))
    publish(season)
    asked = MakeCrossNotice(
        profession="lawyers", recipient="police", first=dt.date(2026, 1, 1), last=suite_.today
    )
    number = suite_.run(asked, house.clerk).result["number"]
    with suite_.reading() as session:
        lines = cross_notice_of(session, house.clerk, suite_.catalog, number).lines
    # The season that was run here is told, the year that was taken over is not.
    (grade,) = (line for line in lines if line.what == "grade")
    assert (grade.day, grade.text) == (CLOSED, "律师“王志强”2025 年度考核：基本称职")
    (penalty,) = (line.text for line in lines if line.what == "penalty")
    assert penalty == "律师“王志强”被处罚款 8,000 元、停止执业 3 个月，至 2026-09-09（石司罚决字〔2026〕1号）"


def test_a_pack_holds_its_evidence_and_says_what_is_missing(
    suite_on_sqlite: Suite, admin: Actor, tmp_path: Path
) -> None:
    suite_ = suite_on_sqlite
    populate(suite_, admin)
    told: list[tuple[str, int, int]] = []
    with suite_.reading() as session:

        def pack(path: Path, **more: object) -> object:
            order = pack_order(
                session, admin, suite_.catalog, title="检查", numbers=("11", "26"), today=suite_.today
            )
            progress = more.get("progress", lambda *words: told.append(words))
            return write_pack(
                session,
                admin,
                suite_.catalog,
                order,
                path,
                reason="省厅检查",
                run=suite_.run,
                progress=progress,  # type: ignore[arg-type] # either of the two above
            )

        made = pack(tmp_path / "pack.zip")
        pack(tmp_path / "folder")
        with pytest.raises(Refused):
            pack(tmp_path / "folder")

        def stop(what: str, done: int, total: int) -> None:
            if done:
                raise Cancelled("已取消")

        with pytest.raises(Cancelled):
            pack(tmp_path / "stopped.zip", progress=stop)
        with pytest.raises(Refused):
            pack_order(session, admin, suite_.catalog, title="", numbers=("999",), today=suite_.today)
        cases = ("石司投〔2026〕99号", "12345")
        with pytest.raises(Refused) as refused:
            pack_order(session, admin, suite_.catalog, title="", cases=cases, today=suite_.today)
        told_of = [
            (problem.code, named in problem.text)
            for problem, named in zip(refused.value.problems, cases, strict=True)
        ]
        assert told_of == 2 * [("case.unknown", True)]
    assert not (tmp_path / "stopped.zip").exists()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".part-")]
    assert told
    with ZipFile(tmp_path / "pack.zip") as archive:
        names = set(archive.namelist())
        manifest = archive.read(MANIFEST).decode().splitlines()
        for line in manifest:
            digest, _, name = line.partition("  ")
            assert sha256(archive.read(name)).hexdigest() == digest
    assert {INDEX, MANIFEST, MISSING, ABOUT} <= names
    assert len(manifest) == len(names) - 1, "of everything but the list itself"
    assert [item.what for item in made.missing] == ["数值", "数值"]  # type: ignore[attr-defined] # a Packed
    assert (tmp_path / "folder" / INDEX).read_bytes()[:4] == b"%PDF"
    about = (tmp_path / "folder" / ABOUT).read_text(encoding="utf-8-sig")
    assert "省厅检查" in about
    assert "办件" not in about, "none was asked for"


def test_a_pack_says_what_the_reader_may_not_see(
    suite_on_sqlite: Suite, admin: Actor, tmp_path: Path
) -> None:
    suite, kind = suite_on_sqlite, "lawyers.complaint"
    populate(suite, admin)
    here = Scope(districts=frozenset(("130104",)))
    county = replace(admin, granted=tuple(replace(one, scope=here) for one in admin.granted))
    blind = replace(
        admin, granted=tuple(one for one in admin.granted if one.permission != "lawyers:case:read")
    )

    def missing(actor: Actor, name: str, *numbers: str) -> list[Missing]:
        with suite.reading() as session:
            order = pack_order(
                session, actor, suite.catalog, title="检查", numbers=numbers, kind=kind, today=suite.today
            )
            made = write_pack(
                session, actor, suite.catalog, order, tmp_path / name, reason="", run=suite.run,
                progress=lambda _what, _done, _total: None,
            )  # fmt: skip
        listed = (tmp_path / name / MISSING).read_text(encoding="utf-8-sig")
        found = [item for item in made.missing if "投诉" in item.of]
        whys = [item.why.replace("您", "编制人") for item in found]
        assert all(f"{item.of}　{item.what}：{why}" in listed for item, why in zip(found, whys, strict=True))
        assert "您" not in listed, "an inspector reads it"
        return found

    assert missing(admin, "whole", "11") == []
    (told,) = missing(county, "county", "11")
    assert told.what == "其他地方的办件"
    assert "桥西区" in told.why
    (told,) = missing(blind, "blind", "11")
    assert (told.what, "没有查看的权限" in told.why) == ("这一种办件", True)
    # Where nothing is left, the refusal says why.
    with pytest.raises(Refused) as refused:
        missing(blind, "nothing")
    assert "没有查看的权限" in refused.value.problems[0].text


def test_who_reports_hands_out_numbers_without_names(suite_: Suite, admin: Actor, tmp_path: Path) -> None:
    """综合统计 may not export a roster: his files hold the numbers, and say what is left out of them."""
    populate(suite_, admin)
    suite_.run(AddUser(login="numbers", name="综合统计"), admin)
    suite_.run(GrantRole(login="numbers", role="core.statistician"), admin)
    suite_.run(AddUser(login="looks", name="检查人员"), admin)
    suite_.run(GrantRole(login="looks", role="core.inspector"), admin)
    numbers, looks, catalog = suite_.actor("numbers"), suite_.actor("looks"), suite_.catalog
    name = str(a_lawyer(1)["name"])
    with suite_.reading() as session:

        def pack(actor: Actor, path: Path) -> Packed:
            order = pack_order(
                session, actor, catalog, title="检查", numbers=("11", "16"), today=suite_.today
            )
            return write_pack(
                session, actor, catalog, order, path, reason="省厅检查", run=suite_.run,
                progress=lambda _what, _done, _total: None,
            )  # fmt: skip

        made = pack(numbers, tmp_path / "pack.zip")
        with pytest.raises(Refused) as refusing:
            pack(looks, tmp_path / "none.zip")
        found = answer(
            session, numbers, catalog, Question(kind=LAWYERS, filters={}, group_by="category"), suite_.today
        )
        out = tmp_path / "answer.xlsx"
        rows = export_file(
            out,
            answer_log(numbers, found),
            numbers,
            run=suite_.run,
            content=found.title,
            write=lambda path, basis: write_answer(session, numbers, catalog, found, path, basis),
        )
    assert refusing.value.codes == {"not_permitted"}
    assert pack_refusal(numbers, catalog) == ""
    assert "权限" in pack_refusal(looks, catalog)
    assert "权限" in answer_refusal(looks, found)
    assert ("背后的名单", True) in [(item.what, "律师" in item.why) for item in made.missing]
    assert "数值" in {item.what for item in made.missing}
    with ZipFile(tmp_path / "pack.zip") as archive:
        names = archive.namelist()
        assert [one for one in names if one.endswith("指标说明.pdf")]
        for one in names:
            if one.endswith(".xlsx"):
                assert name not in _said(archive.read(one))
    assert (rows, names_left_out(numbers, found) != "") == (0, True)
    book = load_workbook(out)
    assert book.sheetnames == ["汇总", "口径说明", "说明"]
    assert any("未附名单" in str(row[1].value) for row in book["口径说明"].iter_rows())
    assert names_left_out(admin, found) == ""


def test_a_grouping_by_people_is_a_list_of_their_names(
    suite_on_sqlite: Suite, admin: Actor, tmp_path: Path
) -> None:
    suite_ = suite_on_sqlite
    lawyers = populate(suite_, admin)
    with suite_.reading() as session:
        village = session.scalar(select(Subject).where(Subject.kind == "core.village"))
    assert village is not None
    counsel = {"body_id": village.id, "counsel_id": lawyers[0], "starts_on": BEGIN, "valid_until": JUNE}
    suite_.run(SaveRecords(kind=COUNSEL, rows=(RowEdit(values=counsel),)), admin)
    suite_.run(AddUser(login="numbers", name="统计人员"), admin)
    suite_.run(GrantRole(login="numbers", role="core.statistician"), admin)
    numbers, catalog, name = suite_.actor("numbers"), suite_.catalog, str(a_lawyer(0)["name"])

    def asked(by: str, kind: str = COUNSEL) -> Answer:
        with suite_.reading() as session:
            question = Question(kind=kind, filters={}, group_by=by)
            return answer(session, numbers, catalog, question, suite_.today)

    def handed_out(found: Answer, actor: Actor) -> Path:
        path = tmp_path / f"{found.question.group_by}.xlsx"
        with suite_.reading() as session:
            export_file(
                path, answer_log(actor, found), actor, run=suite_.run, content=found.title,
                write=lambda path, basis: write_answer(session, actor, catalog, found, path, basis),
            )  # fmt: skip
        return path

    # What names a person is nothing to tell a roster apart by, whatever asks.
    with pytest.raises(Refused) as refusing:
        asked("name", LAWYERS)
    assert refusing.value.codes == {"field.unknown"}
    assert "不能按“姓名”分组" in refusing.value.problems[0].text
    # A link to people is looked at, and goes out with the right to export them only.
    found = asked("counsel_id")
    assert dict(found.groups) == {name: 1}
    assert "律师的姓名" in answer_refusal(numbers, found)
    with pytest.raises(Refused) as refusing:
        handed_out(found, numbers)
    assert refusing.value.codes == {"not_permitted"}
    assert list(tmp_path.glob("*.xlsx")) == []
    assert answer_refusal(admin, found) == ""
    assert name in _said(handed_out(found, admin).read_bytes())
    # A link to a village names nobody; the trace tells by what it was told apart.
    found = asked("body_id")
    assert (answer_refusal(numbers, found), dict(found.groups)) == ("", {village.name: 1})
    assert name not in _said(handed_out(found, numbers).read_bytes())
    with suite_.reading() as session:
        told = session.scalars(select(AuditEntry.after).where(AuditEntry.action == "E")).all()
    assert "分组：村（社区）" in export_words(json.loads(str(told[-1])))


def _said(content: bytes) -> str:
    """All that stands in a workbook, whatever signs its parts are written with."""
    with ZipFile(BytesIO(content)) as package:
        return "".join(unescape(package.read(name).decode(errors="ignore")) for name in package.namelist())


def test_a_pack_is_bounded_as_a_whole(
    suite_on_sqlite: Suite, admin: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    suite_, packs = suite_on_sqlite, tmp_path / "packs"
    packs.mkdir()
    with suite_.reading() as session:
        order = pack_order(
            session, admin, suite_.catalog, title="检查", numbers=("11", "26"), today=suite_.today
        )

        def size(most: int) -> int:
            monkeypatch.setattr(inspection_pack, "MOST_BYTES", most)
            out = packs / f"{most}.zip"
            return write_pack(
                session, admin, suite_.catalog, order, out, reason="", run=suite_.run,
                progress=lambda _what, _done, _total: None,
            ).size  # fmt: skip

        whole = size(1 << 30)
        with pytest.raises(Refused):
            size(whole * 3 // 4)  # neither of the two folders in it is that large
    assert len(list(packs.iterdir())) == 1


def test_masked_text() -> None:
    said = masked_text("投诉人李四，身份证130102198504120015，电话13812345678。", {"李四": "李某"})
    assert "李四" not in said
    assert "19850412" not in said
    assert "13812345678" not in said
    assert "李某" in said


@given(st.text(max_size=200))
def test_names_of_files_are_safe(text: str) -> None:
    name = safe_name(text)
    assert name
    assert len(name) <= 80
    assert not set(name) & set('<>:"/\\|?*')
