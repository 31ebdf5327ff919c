"""A template outside a case: what is exported may be loaded again, and its example reads like a paper."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document

from suite.bootstrap import Suite
from suite.contract.papers import PaperForm
from suite.kernel.casework.papers.samples import example_words, template_example, template_file
from suite.kernel.casework.papers.templates import (
    TemplateLine,
    all_templates,
    series_of,
    template_refusal,
    used_by,
    word_of,
)
from suite.kernel.casework.papers.wording import cited
from suite.kernel.documents.own_template import own_problems
from suite.kernel.documents.reading import blocks_of

ORGAN = "石家庄市司法局"


def _go_round(suite: Suite, lines: list[TemplateLine]) -> None:
    with suite.reading() as session:
        for line in lines:
            exported = template_file(session, line).content
            assert own_problems(exported, set(line.names)) == [], line.key
            shown = blocks_of(template_example(session, line, ORGAN, suite.today).content)
            text = "\n".join(block.text + "".join(block.cells) for block in shown)
            assert "{" not in text, line.key
            assert line.template.title in text.replace("\n", ""), line.key


def test_what_is_exported_may_be_loaded_again(suite_on_sqlite: Suite) -> None:
    with suite_on_sqlite.reading() as session:
        lines = all_templates(session, suite_on_sqlite.catalog)
    one = {
        (line.template.form, bool(line.template.mark), "{%" in "".join(line.template.body)): line
        for line in lines
    }
    assert {form for form, _, _ in one} == set(PaperForm)
    _go_round(suite_on_sqlite, list(one.values()))


@pytest.mark.long
def test_every_template_goes_round(suite_on_sqlite: Suite) -> None:
    with suite_on_sqlite.reading() as session:
        lines = all_templates(session, suite_on_sqlite.catalog)
    _go_round(suite_on_sqlite, lines)


def test_an_example_has_days_lists_and_meanings(suite_on_sqlite: Suite) -> None:
    kind = suite_on_sqlite.catalog.case_kinds["appraisal.penalty"]
    with suite_on_sqlite.reading() as session:
        line = next(item for item in all_templates(session, suite_on_sqlite.catalog) if kind in item.kinds)
    words = example_words(line.names, line.kinds, suite_on_sqlite.today)
    assert set(words) == set(line.names)
    assert words["成文日期"] == "2026年11月23日"
    assert words["内容"] == [{"项": "〔项〕", "值": "〔值〕"}] * 2
    assert {"种类", "名称", "证明内容"} <= words["证据"][0].keys()


@pytest.mark.parametrize(
    ("organ", "mark", "word"),
    [
        ("石司鉴投", "受", "石司鉴投受"),
        ("石司律罚立", "罚决", "石司律罚决"),
        ("石司律执许", "许受", "石司律执许受"),
        ("石律协处立", "函", "石律协处函"),
    ],
)
def test_the_word_of_a_number_says_nothing_twice(organ: str, mark: str, word: str) -> None:
    assert word_of(organ, mark) == word


def test_no_two_series_of_papers_share_a_word(suite_on_sqlite: Suite) -> None:
    catalog = suite_on_sqlite.catalog
    found = [series for paper, kind in used_by(catalog) if (series := series_of(catalog, kind, paper))]
    words = {series.key: series.organ for series in found}
    assert len({*words.values()}) == len(words)
    assert not {*words.values()} & {series.organ for series in catalog.series.values()}


@pytest.mark.parametrize(
    ("article", "said"),
    [
        ("行政处罚法第五十七条", "行政处罚法第五十七条"),
        ("仲裁法（2017年修正）第三十八条；新法条文待核对", "仲裁法（2017年修正）第三十八条"),
        ("决定第十一条（条号待核对）；民事诉讼法第八十一条", "决定第十一条；民事诉讼法第八十一条"),
        ("参照投诉处理办法（司法部令第144号）；时限由本局定", "参照投诉处理办法（司法部令第144号）"),
    ],
)
def test_a_paper_cites_without_the_houses_own_remarks(article: str, said: str) -> None:
    assert cited(article) == said


def test_an_unknown_placeholder_is_named_with_its_place() -> None:
    document = Document()
    document.add_paragraph("关于{{ 案号 }}的通知")
    document.add_paragraph("于{{ 受理日其 }}受理，{% if 补正内客 %}请补正{% endif %}。")
    document.add_table(1, 2).rows[0].cells[1].text = "{{ 受理日其 }}"
    document.sections[0].header.paragraphs[0].text = "{{ 发文几关 }}"
    out = BytesIO()
    document.save(out)
    (problem,) = own_problems(out.getvalue(), {"案号"})
    assert problem.code == "template.unknown"
    for told in (
        "受理日其（正文第 2 段、第 1 个表格第 1 行）",
        "补正内客（正文第 2 段）",
        "发文几关（页眉）",
    ):
        assert told in problem.text


def test_who_may_replace(suite_on_sqlite: Suite) -> None:
    admin = suite_on_sqlite.actor()
    assert template_refusal(admin, "core") == template_refusal(admin, "appraisal") == ""
