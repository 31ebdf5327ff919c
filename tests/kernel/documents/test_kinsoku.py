"""Where lines of papers may end: no opening bracket last, no closing mark first, and nothing lost."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from math import ceil

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pypdf import PdfReader

from suite.kernel.documents.kinsoku import CLOSING, OPENING, balanced, clusters, lines_of
from suite.kernel.documents.pages import text_pages
from suite.kernel.documents.reading import Block

SIGNS = st.text("甲乙第条，。、；：！？（）〔〕《》“”……——1234.5%AZ -", max_size=80)
PAPER = (
    "（一）你（单位）违反《律师法》第四十条第（一）项的规定，“私自收费”3,500.00元；依据〔2026〕18号……决定："
)


def wide(text: str) -> float:
    return sum(1.0 if ord(sign) > 0x2000 else 0.5 for sign in text)


@given(SIGNS, st.integers(1, 30), st.integers(0, 2))
@example(PAPER, 12, 2)
def test_no_line_begins_or_ends_where_it_may_not(text: str, width: int, indent: int) -> None:
    lines = lines_of(text, [max(1, width - indent), width], wide)
    assert "".join(lines) == text
    assert all(wide(line.rstrip()) <= width for line in lines)
    if all(wide(piece) <= max(1, width - indent) for piece in clusters(text)):
        for before, after in pairwise(lines):
            assert before.rstrip()[-1:] not in tuple(OPENING)
            assert after.lstrip()[:1] not in tuple(CLOSING)


def test_no_single_sign_of_a_title_is_left_for_the_last_line() -> None:
    for title, wanted in (
        ("行政处罚决定书", ["行政处罚决定书"]),
        ("公共法律服务体系建设指标2026年第三季度报告", ["公共法律服务体系建设指标", "2026年第三季度报告"]),
        ("公共法律服务体系建设指标2026年10月报告", ["公共法律服务体系建设指标2026年10月报告"]),
    ):
        assert balanced(title, 19.5, wide) == wanted
    lines = balanced("甲" * 41, 20, wide)
    assert [len(line) for line in lines] == [14, 13, 14]


@given(st.text("甲乙丙丁的《》2026年", min_size=1, max_size=60), st.integers(8, 22))
@example("关于对河北正定公证处的公证员执业活动专项监督检查结果的情况通报", 20)
@example("石家庄市司法局对某某区司法局的公共法律服务体系建设工作督导检查情况的通报", 20)
def test_a_title_takes_no_more_lines_than_it_needs(title: str, most: int) -> None:
    lines = balanced(title, most, wide)
    assert "".join(lines) == title
    longest = max(map(wide, clusters(title)))
    # A piece that is not torn may leave so much of each line empty.
    assert len(lines) <= max(1, ceil(wide(title) / max(1, most - longest)))


@pytest.mark.parametrize("before", range(8, 18))
def test_a_text_of_letters_goes_on_on_the_next_page(before: int) -> None:
    said = "The respondent shall submit the contract and the invoices within fifteen days " * 8
    pages = PdfReader(BytesIO(text_pages([*[Block(text="甲")] * before, Block(text=said, first=2)]))).pages
    told = " ".join(" ".join(page.extract_text().split()) for page in pages)
    assert told.count("respondent shall") == 8


def test_the_pages_of_a_paper_keep_to_it() -> None:
    blocks = [Block(text=PAPER * 40, first=2), Block(text="", cells=(PAPER, f"{PAPER}\n（见附件）"))]
    pages = PdfReader(BytesIO(text_pages(blocks))).pages
    lines = [line.strip() for page in pages for line in page.extract_text().splitlines() if line.strip()]
    assert len(pages) > 1
    assert not [line for line in lines if line[-1] in OPENING or line[0] in CLOSING]
    assert "".join("".join(lines).split()).count("私自收费") == 42
