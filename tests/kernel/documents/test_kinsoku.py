"""Where lines of papers may end: no opening bracket last, no closing mark first, and nothing lost."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise

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
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(wide(line) <= width for line in lines)
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


def test_the_pages_of_a_paper_keep_to_it() -> None:
    blocks = [Block(text=PAPER * 40, first=2), Block(text="", cells=(PAPER, f"{PAPER}\n（见附件）"))]
    pages = PdfReader(BytesIO(text_pages(blocks))).pages
    lines = [line.strip() for page in pages for line in page.extract_text().splitlines() if line.strip()]
    assert len(pages) > 1
    assert not [line for line in lines if line[-1] in OPENING or line[0] in CLOSING]
    assert "".join("".join(lines).split()).count("私自收费") == 42
