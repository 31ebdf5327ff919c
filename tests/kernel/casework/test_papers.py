"""Papers of a case: every one is set, numbered without gaps, kept by its digest, served and filed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from desk import DAY, GIVEN, SIGNED, Desk
from docx import Document
from files import PDF, PNG
from sqlalchemy import select, text

from suite.bootstrap import Suite
from suite.contract.casework import ClockAct, OnClock, Transition
from suite.contract.papers import DocumentTemplate, PaperForm, ServiceWay
from suite.contract.problems import Refused
from suite.kernel.audit.verify import verify
from suite.kernel.casework.derive import step
from suite.kernel.casework.papers.commands import (
    AttachFile,
    IssueDocument,
    ReissueDocument,
    ReplaceTemplate,
    ServeDocument,
)
from suite.kernel.casework.papers.queries import CasePapers, case_papers, draft_content, issued_content
from suite.kernel.casework.papers.templates import all_templates, known_names, template_of, used_by
from suite.kernel.documents.layout import set_paper
from suite.kernel.documents.paper import Paper, lines_of
from suite.kernel.documents.placeholders import filled, template_problems
from suite.kernel.parameters.queries import parameters_on
from suite.loader.case_checks import CaseChecks
from suite.tables import CaseClock
from suite.testing.factories import make, practice_no

pytestmark = pytest.mark.sqlite_first

ACCEPTED = "投诉受理通知书"
#: The first login has another name on each engine.
OFFICERS = {"officer": ("second", "head")}


def _papers(desk: Desk, case_id: int) -> CasePapers:
    with desk.suite.reading() as session:
        return case_papers(session, desk.clerk, desk.suite.catalog, case_id)


def _words(content: bytes) -> str:
    document = Document(BytesIO(content))
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def _content(desk: Desk, issued: int) -> bytes:
    with desk.suite.reading() as session:
        return issued_content(session, desk.clerk, issued).content


def _accepted(desk: Desk, **values: Any) -> int:
    case_id: int = desk.open(**values).result["case_id"]
    desk.take(case_id, "AcceptComplaint")
    return case_id


def _refused(desk: Desk, command: Any, actor: Any = None) -> frozenset[str]:
    with pytest.raises(Refused) as told:
        desk.suite.run(command, actor or desk.clerk)
    return told.value.codes


def test_every_declared_paper_is_set_from_what_its_kinds_have(suite_on_sqlite: Suite) -> None:
    with suite_on_sqlite.reading() as session:
        lines = all_templates(session, suite_on_sqlite.catalog)
    assert len([line for line in lines if line.kinds]) > 10
    rows = {
        "内容": ("项", "值"),
        "投诉事项": ("序号", "类别", "内容", "认定", "说明"),
        "期限": ("名称", "到期日", "依据"),
    }
    of_seasons = {
        "名单": ("序号", "姓名"),
        "等次": ("等次", "人数", "占比", "名单"),
        "例外": ("情形", "人数"),
        "指标": ("名称", "得分率"),
        "薄弱": ("名称", "得分率"),
        "措施": ("措施", "项数", "落实"),
    }
    for line in lines:
        template = line.template
        for kind in line.kinds or tuple(suite_on_sqlite.catalog.case_kinds.values())[:1]:
            body, known = "\n".join(template.body), {*known_names((kind,)), *template.words}
            assert template_problems(body, set(known)) == [], template.key
            lists = {one.title: tuple(column.title for column in one.columns) for one in kind.lists}
            told = of_seasons if template.words else rows | lists
            values = {name: f"〈{name}〉" for name in known} | {
                name: [dict.fromkeys(keys, f"〈{name}〉")] for name, keys in told.items()
            }
            paper = Paper(
                form=template.form,
                organ="石家庄市司法局",
                title=template.title,
                number="石司〔2026〕1号",
                recipient="某人",
                paragraphs=lines_of(filled(body, values)),
                day="2026年11月23日",
            )
            assert len(paper.paragraphs) > 1, template.key
            assert "{" not in "".join(paper.paragraphs)
        words = _words(set_paper(paper))
        assert template.title in words
        assert ("2026年11月23日" in words) == (template.form is not PaperForm.RECORD)


def test_the_papers_of_a_whole_complaint(suite_: Suite) -> None:
    desk = Desk(suite_)
    case_id = _accepted(desk)
    desk.take(case_id, "StartInvestigation", **OFFICERS)
    for name in ("FindAllegations", "DecideComplaint"):
        done = desk.take(case_id, name, **GIVEN[name])
        if name in SIGNED:
            desk.sign(done, *(desk.head, desk.leader)[: SIGNED[name]])
    called = _papers(desk, case_id).papers
    assert [paper.title for paper in called] == [
        "投诉登记表", ACCEPTED, "调查提纲", "答辩通知书", "投诉处理决定书", "投诉处理结果告知书",
        "被投诉人处理结果告知书", "责令改正通知书",
    ]  # fmt: skip
    numbers = []
    for paper in called:
        command = IssueDocument(case_id=case_id, document=paper.document, event_id=paper.event_id)
        done = suite_.run(command, desk.clerk)
        words = _words(_content(desk, done.result["issued"]))
        assert paper.title in words
        assert "{{" not in words
        assert "{%" not in words
        numbers.append(done.result["number"])
    assert numbers == [
        None, "石司鉴投受〔2026〕1号", None, "石司鉴投答〔2026〕1号", "石司鉴投决〔2026〕1号",
        "石司鉴投告〔2026〕1号", "石司鉴投告〔2026〕2号", "石司鉴投改〔2026〕1号",
    ]  # fmt: skip
    decision = next(paper for paper in _papers(desk, case_id).papers if paper.title == "投诉处理决定书")
    words = _words(_content(desk, decision.issued[0].id))
    assert "部分查实" in words
    assert "责令改正" in words
    assert "60日内依法申请行政复议" in words
    assert "2026年11月23日" in words
    # The list shows nobody who complains; the paper does, to who may open it.
    assert decision.issued[0].recipient == "投诉人"
    assert decision.issued[0].secret
    assert "李建国：" in words
    with suite_.reading() as session:
        assert verify(session.connection()).problems == ()
        with pytest.raises(Refused) as told:
            issued_content(session, desk.leader, decision.issued[0].id)
    assert told.value.codes == {"file.complainant"}


def test_numbers_have_no_gaps_and_a_paper_is_issued_once(suite_: Suite) -> None:
    desk = Desk(suite_)
    first, second = _accepted(desk), _accepted(desk, complainants=({"name": "王丽", "phone": "13912346613"},))
    one = suite_.run(IssueDocument(case_id=first, document=ACCEPTED), desk.clerk)
    assert _refused(desk, IssueDocument(case_id=first, document=ACCEPTED)) == {"paper.issued"}
    assert _refused(desk, IssueDocument(case_id=second, document="行政处罚决定书")) == {"paper.uncalled"}
    late = suite_.today + dt.timedelta(days=1)
    assert _refused(desk, IssueDocument(case_id=second, document=ACCEPTED, on=late)) == {"case.future"}
    assert _refused(desk, IssueDocument(case_id=second, document=ACCEPTED), desk.leader) >= {"not_permitted"}
    two = suite_.run(IssueDocument(case_id=second, document=ACCEPTED), desk.second)
    assert (one.result["number"], two.result["number"]) == ("石司鉴投受〔2026〕1号", "石司鉴投受〔2026〕2号")

    assert _refused(desk, ReissueDocument(issued=one.result["issued"], reason=" ")) == {"reason.required"}
    again = suite_.run(ReissueDocument(issued=one.result["issued"], reason="日期有误"), desk.clerk)
    assert (again.result["number"], again.result["version"]) == (one.result["number"], 2)
    assert _refused(desk, ReissueDocument(issued=one.result["issued"], reason="再改")) == {"paper.replaced"}
    versions = next(paper for paper in _papers(desk, first).papers if paper.title == ACCEPTED).issued
    assert [(line.version, line.replaced, line.reason) for line in versions] == [
        (1, True, ""),
        (2, False, "日期有误"),
    ]
    assert one.result["sha256"] == versions[0].sha256


def test_a_draft_is_edited_and_issued(suite_on_sqlite: Suite) -> None:
    desk = Desk(suite_on_sqlite)
    case_id = _accepted(desk)
    paper = next(item for item in _papers(desk, case_id).papers if item.title == ACCEPTED)
    with suite_on_sqlite.reading() as session:
        numbers = parameters_on(session, suite_on_sqlite.catalog, suite_on_sqlite.today)
        draft = draft_content(
            session, desk.clerk, suite_on_sqlite.catalog, case_id, paper.document, paper.event_id, numbers
        )
    document = Document(BytesIO(draft.content))
    assert "{{ 文号 }}" in _words(draft.content)
    document.add_paragraph("另附回执一份。")
    out = BytesIO()
    document.save(out)
    command = IssueDocument(case_id=case_id, document=ACCEPTED, content=out.getvalue())
    issued = suite_on_sqlite.run(command, desk.clerk).result
    words = _words(_content(desk, issued["issued"]))
    assert "另附回执一份。" in words
    assert "石司鉴投受〔2026〕1号" in words
    assert "2026年11月23日" in words


def _template(*texts: str) -> bytes:
    document = Document()
    for words in texts:
        document.add_paragraph(words)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def test_the_bureau_replaces_a_template(suite_: Suite) -> None:
    desk = Desk(suite_)
    case_id = _accepted(desk)
    key = template_of(suite_.catalog, "appraisal", "调查提纲").key
    assert key == "core.investigation_plan"
    for content, code in (
        (_template("{{ 案号 }} {{ 省厅 }}"), "template.unknown"),
        (_template("{{ 案号"), "template.syntax"),
        (_template("{{ 案号.upper() }}"), "template.unsafe"),
        (_template("{{ 案号 * 1000000 }}"), "template.unsafe"),
        (_template("{% for a in 内容 %}{% for b in 内容 %}x{% endfor %}{% endfor %}"), "template.unsafe"),
        (_template("{% set x = 案号 %}"), "template.unsafe"),
        (PDF, "template.docx"),
        (b"MZ", "file.unknown"),
        (b"", "template.none"),
    ):
        command = ReplaceTemplate(template=key, file_name="提纲.docx", content=content)
        assert _refused(desk, command) == {code}
    own = _template("{{ 案号 }}调查提纲（本局格式）", "{% for 项 in 投诉事项 %}{{ 项.内容 }}<&>{% endfor %}")
    done = suite_.run(ReplaceTemplate(template=key, file_name="提纲.docx", content=own), desk.clerk)
    assert done.result["version"] == 1
    desk.take(case_id, "StartInvestigation", **OFFICERS)
    issued = suite_.run(IssueDocument(case_id=case_id, document="调查提纲"), desk.clerk).result
    words = _words(_content(desk, issued["issued"]))
    assert words.splitlines() == ["石司鉴投〔2026〕1号调查提纲（本局格式）", "鉴定时只有一名鉴定人到场<&>"]
    suite_.run(ReplaceTemplate(template=key), desk.clerk)
    again = suite_.run(ReissueDocument(issued=issued["issued"], reason="换格式"), desk.clerk).result
    assert "本局格式" not in _words(_content(desk, again["issued"]))
    # A head keeps the templates of the own profession, not those of all.
    assert _refused(desk, ReplaceTemplate(template=key, content=own), desk.head) == {"not_permitted"}


def test_each_way_of_service(suite_on_sqlite: Suite) -> None:
    desk = Desk(suite_on_sqlite)
    case_id = _accepted(desk)
    issued = suite_on_sqlite.run(IssueDocument(case_id=case_id, document=ACCEPTED), desk.clerk).result[
        "issued"
    ]

    def serve(way: str, **values: Any) -> ServeDocument:
        return ServeDocument(issued=issued, way=way, **values)

    assert _refused(desk, serve("pigeon")) == {"service.way"}
    record = suite_on_sqlite.run(IssueDocument(case_id=case_id, document="投诉登记表"), desk.clerk)
    kept = ServeDocument(issued=record.result["issued"], way="post")
    assert _refused(desk, kept) == {"service.record"}
    assert _refused(desk, serve("direct")) == {"service.receiver"}
    assert _refused(desk, serve("left")) == {"service.note"}
    assert _refused(desk, serve("post", delivered=False)) == {"service.why"}
    assert _refused(desk, serve("post", receipt=7)) == {"service.receipt"}
    early = suite_on_sqlite.today - dt.timedelta(days=3)
    assert _refused(desk, serve("post", on=early)) == {"case.order"}
    unknown = serve("announced", note="下落不明")
    assert _refused(desk, unknown) == {"service.attempt"}
    suite_on_sqlite.run(serve("post", delivered=False, note="地址无此人，退回"), desk.clerk)
    receipt = suite_on_sqlite.run(
        AttachFile(case_id=case_id, file_name="公告截图.png", content=PNG), desk.clerk
    ).result["attachment"]
    done = suite_on_sqlite.run(serve("announced", note="邮寄退回，下落不明", receipt=receipt), desk.clerk)
    # 民事诉讼法第九十五条：自发出公告之日起，经过三十日，即视为送达。
    assert done.result["served_on"] == dt.date(2026, 12, 23)
    assert done.result["article"].endswith("第九十五条")
    assert _refused(desk, serve("direct", receiver="李建国")) == {"service.done"}
    paper = next(item for item in _papers(desk, case_id).papers if item.title == ACCEPTED)
    assert [line.delivered for line in paper.issued[0].services] == [False, True]
    assert paper.issued[0].served is not None
    assert paper.issued[0].served.receipt == "公告截图.png"


@pytest.mark.parametrize(
    ("way", "article"),
    [
        ("direct", "第八十八条"),
        ("left", "第八十九条"),
        ("electronic", "第九十条"),
        ("entrusted", "第九十一条"),
        ("post", "第九十一条"),
        ("announced", "第九十五条"),
    ],
)
def test_every_way_has_its_article(way: str, article: str) -> None:
    assert ServiceWay(way).article == f"民事诉讼法（2023年修正）{article}"
    assert ServiceWay(way).words.endswith("送达")


def test_a_clock_runs_from_the_service(suite_on_sqlite: Suite) -> None:
    limit = "core.reconsideration.apply"
    catalog = suite_on_sqlite.catalog
    lifecycle = catalog.lifecycles["appraisal.complaint_lifecycle"]

    def served(transition: Transition) -> Transition:
        if transition.command != "RequestSupplement":
            return transition
        acts = (OnClock(act=ClockAct.START, limit=limit, served="补正通知书"),)
        return replace(transition, clocks=(*transition.clocks, *acts))

    changed = replace(lifecycle, transitions=tuple(served(item) for item in lifecycle.transitions))
    catalog.lifecycles[lifecycle.key] = changed
    desk = Desk(suite_on_sqlite)
    try:
        case_id: int = desk.open(on=DAY - dt.timedelta(days=9)).result["case_id"]
        day = DAY - dt.timedelta(days=8)
        desk.take(case_id, "RequestSupplement", supplement_items="身份证明", on=day)
        command = IssueDocument(case_id=case_id, document="补正通知书", on=day)
        issued = suite_on_sqlite.run(command, desk.clerk).result["issued"]
        clocks = select(CaseClock).where(CaseClock.case_id == case_id, CaseClock.limit_key == limit)
        with suite_on_sqlite.reading() as session:
            assert session.scalars(clocks).all() == []
        served_on = DAY - dt.timedelta(days=2)
        failed = ServeDocument(issued=issued, way="post", delivered=False, note="退回", on=day)
        suite_on_sqlite.run(failed, desk.clerk)
        with suite_on_sqlite.reading() as session:
            assert session.scalars(clocks).all() == []
        direct = ServeDocument(issued=issued, way="direct", receiver="李建国", on=served_on)
        suite_on_sqlite.run(direct, desk.clerk)
        with suite_on_sqlite.reading() as session:
            [clock] = session.scalars(clocks).all()
        # 行政复议法第二十条：六十日，自知道之日起；2026-11-21 送达，2027-01-20 届满。
        assert (clock.start, clock.due) == (served_on, dt.date(2027, 1, 20))
    finally:
        catalog.lifecycles[lifecycle.key] = lifecycle


def test_papers_under_row_level_security(login_suite: Callable[..., Suite]) -> None:
    clerk = login_suite("core.section_staff", profession="appraisal")
    far = login_suite("core.section_staff", profession="appraisal", district="130104")
    me = clerk.actor()
    values = {"name": "河北正明司法鉴定中心", "main_no": "130100123", "district_code": "130102"}
    (institution,) = make(clerk, me, "appraisal.appraisal_institution", values)
    command = step(
        clerk.catalog,
        "OpenComplaint",
        kind="appraisal.complaint",
        respondent=(institution,),
        source="letter",
        complainants=({"name": "李建国", "phone": "13912346612"},),
        allegations=({"head": "fee", "text": "加收费用"},),
    )
    case_id: int = clerk.run(command, me).result["case_id"]
    clerk.run(step(clerk.catalog, "AcceptComplaint", case_id=case_id, expected_version=1), me)
    issued = clerk.run(IssueDocument(case_id=case_id, document=ACCEPTED), me).result["issued"]
    clerk.run(ServeDocument(issued=issued, way="direct", receiver="本人"), me)
    clerk.run(ReissueDocument(issued=issued, reason="错字"), me)
    with clerk.reading() as session:
        assert len(case_papers(session, me, clerk.catalog, case_id).papers[1].issued) == 2
    with far.reading() as session:
        for table in ("core_issued_document", "core_document_service", "core_case_content"):
            assert session.scalar(text(f"SELECT count(*) FROM {table}")) == 0


def test_a_title_that_nobody_declared_has_the_common_layout(suite_on_sqlite: Suite) -> None:
    catalog = suite_on_sqlite.catalog
    for title, mark in (("约谈通知书", "函"), ("听证笔录", ""), ("抄送函", "函")):
        template: DocumentTemplate = template_of(catalog, "lawyers", title)
        assert (template.key, template.mark) == (f"lawyers.{title}", mark)


def test_another_year_has_its_own_numbers(suite_on_sqlite: Suite) -> None:
    desk = Desk(suite_on_sqlite)
    case_id: int = desk.open(on=dt.date(2025, 12, 30)).result["case_id"]
    desk.take(case_id, "AcceptComplaint", on=dt.date(2025, 12, 30))
    command = IssueDocument(case_id=case_id, document=ACCEPTED, on=dt.date(2025, 12, 31))
    assert suite_on_sqlite.run(command, desk.clerk).result["number"] == "石司鉴投受〔2025〕1号"
    other = _accepted(desk, complainants=({"name": "王丽", "phone": "13912346613"},))
    issued = suite_on_sqlite.run(IssueDocument(case_id=other, document=ACCEPTED), desk.clerk)
    assert issued.result["number"] == "石司鉴投受〔2026〕1号"


def test_every_notice_says_to_whom_it_goes(suite_on_sqlite: Suite) -> None:
    catalog = suite_on_sqlite.catalog
    called = dict(used_by(catalog))
    open_ended = {item.title for item in called if item.form is PaperForm.NOTICE and not item.to}
    assert open_ended == set()
    named = {item.title: item for item in called}
    assert {named[title].to for title in ("处分决定书", "听证权利告知书", "职业道德委员会决定")} == {
        "respondent"
    }
    # To the province and to the police: not to who is punished.
    assert not {named[title].to for title in ("行政处罚建议书", "报省司法厅的请示", "涉嫌犯罪案件移送书")} - {
        ""
    }
    nobody = DocumentTemplate(key="core.x", title="某通知书", body=("正文。",))
    cases = CaseChecks.of("core", (), catalog, set(), set(), set())
    assert len(list(cases.faults(nobody))) == 1
    assert list(cases.faults(replace(nobody, to_field="transferred_to"))) == []


def test_where_nobody_complains_the_accused_is_not_written_to(suite_on_sqlite: Suite) -> None:
    desk = Desk(suite_on_sqlite)
    opening = step(
        suite_on_sqlite.catalog, "ReceiveReferral", kind="lawyers.complaint",
        respondent=make(
            suite_on_sqlite, desk.clerk, "lawyers.lawyer",
            {"name": "王志强", "main_no": practice_no(1), "category": "full_time", "district_code": "130102"},
        ),
        source="transfer", transferred_from="桥西区人民法院",
        allegations=({"head": "court", "text": "扰乱法庭秩序"},),
    )  # fmt: skip
    case_id: int = suite_on_sqlite.run(opening, desk.clerk).result["case_id"]
    desk.take(case_id, "AcceptComplaint")
    command = IssueDocument(case_id=case_id, document=ACCEPTED)
    issued = suite_on_sqlite.run(command, desk.clerk).result["issued"]
    assert "桥西区人民法院：" in _words(_content(desk, issued)).splitlines()
    [line] = next(paper for paper in _papers(desk, case_id).papers if paper.title == ACCEPTED).issued
    assert (line.recipient, line.secret) == ("桥西区人民法院", False)
