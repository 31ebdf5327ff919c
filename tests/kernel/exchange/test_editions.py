"""Editions of a roster: frozen, compared with the one before, announced once, written as files."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from suite.bootstrap import Suite
from suite.contract.commands import Actor, Granted, Scope
from suite.contract.problems import Refused
from suite.database.engine import writing
from suite.kernel.exchange.edition_files import _shares, papers_of, write_edition
from suite.kernel.exchange.edition_rules import EditionLine, difference
from suite.kernel.exchange.editions import (
    AnnounceEdition,
    CompileEdition,
    WithdrawEdition,
    check_editions,
    difference_of,
    editions,
    lines_of,
)
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.testing.factories import a_firm, a_lawyer, make, resident_number
from suite.testing.fixtures import TODAY

LAWYERS, FIRMS = "lawyers.lawyer", "lawyers.law_firm"
BEGIN = dt.date(2020, 1, 1)


def compiled(suite: Suite, admin: Actor, kind: str = LAWYERS, **more: object) -> int:
    done = suite.run(CompileEdition(kind=kind, **{"as_of": TODAY, **more}), admin)  # type: ignore[arg-type]
    return int(done.result["edition"])


def change(suite: Suite, admin: Actor, subject_id: int, **values: object) -> None:
    row = RowEdit(subject_id=subject_id, values=values)
    suite.run(SaveRecords(kind=LAWYERS, rows=(row,), effective_on=TODAY), admin)


def test_an_edition_stays_as_it_was_and_tells_what_differs(suite_: Suite, admin: Actor) -> None:
    one, two, three = make(suite_, admin, LAWYERS, a_lawyer(1), a_lawyer(2), a_lawyer(3), on=BEGIN)
    first = compiled(suite_, admin)
    change(suite_, admin, one, name="改名人")
    change(suite_, admin, two, status="cancelled")
    (four,) = make(suite_, admin, LAWYERS, a_lawyer(4), on=TODAY)
    second = compiled(suite_, admin)
    with suite_.reading() as session:
        former = lines_of(session, admin, suite_.catalog, first)
        told = difference_of(session, admin, suite_.catalog, second)
        known = editions(session, admin, suite_.catalog, LAWYERS)
        checked = check_editions(session)
    assert {line.subject_id for line in former} == {one, two, three}
    assert "改名人" not in {line.words["name"] for line in former}
    assert [line.subject_id for line in told.joined] == [four]
    assert [line.subject_id for line in told.left] == [two]
    assert [(item.line.subject_id, item.fields["name"][1]) for item in told.changed] == [(one, "改名人")]
    assert [item.number for item in known] == [2, 1]
    assert checked.looked_at == 2
    assert not checked.problems


def test_an_edition_is_the_roster_of_its_day(suite_: Suite, admin: Actor) -> None:
    one, two = make(suite_, admin, LAWYERS, a_lawyer(1), a_lawyer(2), on=BEGIN)
    change(suite_, admin, two, status="cancelled")
    edition = compiled(suite_, admin, as_of=TODAY - dt.timedelta(days=1))
    with suite_.reading() as session:
        lines = lines_of(session, admin, suite_.catalog, edition)
    assert {line.subject_id for line in lines} == {one, two}


def test_secrets_are_never_published(suite_: Suite, admin: Actor) -> None:
    make(suite_, admin, LAWYERS, a_lawyer(1, id_number=resident_number(1), phone="13800000001"), on=BEGIN)
    with pytest.raises(Refused) as refused:
        compiled(suite_, admin, columns=("name", "id_number"))
    assert refused.value.codes == {"field.secret"}
    edition = compiled(suite_, admin)
    with suite_.reading() as session:
        (line,) = lines_of(session, admin, suite_.catalog, edition)
    assert not {"id_number", "phone"} & line.words.keys()


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"as_of": TODAY + dt.timedelta(days=1)}, "edition.future"),
        ({"columns": ("nothing",)}, "field.unknown"),
        ({"as_of": dt.date(1990, 1, 1)}, "edition.empty"),
        ({"note": "长" * 2_001}, "edition.note"),
    ],
)
def test_what_cannot_be_compiled_is_refused(
    suite_: Suite, admin: Actor, more: dict[str, object], code: str
) -> None:
    make(suite_, admin, LAWYERS, a_lawyer(1, first_practice_on=BEGIN), on=BEGIN)
    with pytest.raises(Refused) as refused:
        compiled(suite_, admin, **more)
    assert refused.value.codes == {code}
    with suite_.reading() as session:
        assert editions(session, admin, suite_.catalog, LAWYERS) == []


def test_an_announced_edition_is_neither_withdrawn_nor_announced_again(suite_: Suite, admin: Actor) -> None:
    make(suite_, admin, LAWYERS, a_lawyer(1), on=BEGIN)
    edition = compiled(suite_, admin)
    announce = AnnounceEdition(
        kind=LAWYERS, edition_id=edition, announced_on=TODAY, document_no="石司告〔2026〕3号"
    )
    early = AnnounceEdition(
        kind=LAWYERS, edition_id=edition, announced_on=BEGIN, document_no="石司告〔2026〕3号"
    )
    with pytest.raises(Refused) as too_early:
        suite_.run(early, admin)
    suite_.run(announce, admin)
    with pytest.raises(Refused) as again:
        suite_.run(announce, admin)
    with pytest.raises(Refused) as withdrawn:
        suite_.run(WithdrawEdition(kind=LAWYERS, edition_id=edition, reason="编错"), admin)
    assert too_early.value.codes == {"edition.announced_on"}
    assert again.value.codes == withdrawn.value.codes == {"edition.announced"}


def test_a_withdrawn_edition_is_skipped_and_its_number_is_not_used_again(suite_: Suite, admin: Actor) -> None:
    (one,) = make(suite_, admin, LAWYERS, a_lawyer(1), on=BEGIN)
    compiled(suite_, admin)
    wrong = compiled(suite_, admin)
    suite_.run(WithdrawEdition(kind=LAWYERS, edition_id=wrong, reason="漏了一人"), admin)
    change(suite_, admin, one, name="改名人")
    third = compiled(suite_, admin)
    with suite_.reading() as session:
        papers = papers_of(session, admin, suite_.catalog, third)
    assert (papers.edition.number, papers.former) == (3, 1)
    assert papers.changes.counts == {"joined": 0, "left": 0, "changed": 1}


def test_a_county_sees_its_own_lines_and_compiles_nothing(suite_: Suite, admin: Actor) -> None:
    make(
        suite_,
        admin,
        LAWYERS,
        a_lawyer(1, district_code="130102"),
        a_lawyer(2, district_code="130104"),
        on=BEGIN,
    )
    edition = compiled(suite_, admin)
    scope = Scope(professions=frozenset({"lawyers"}), districts=frozenset({"130104"}))
    granted = tuple(
        Granted(permission=f"lawyers:roster:{action}", scope=scope) for action in ("read", "compile")
    )
    county = Actor(login="county", name="县局", granted=granted)
    with suite_.reading() as session:
        lines = lines_of(session, county, suite_.catalog, edition)
    assert [line.district_code for line in lines] == ["130104"]
    with pytest.raises(Refused) as refused:
        compiled(suite_, county)
    assert refused.value.codes == {"edition.scope"}


def test_altered_lines_are_found(suite_: Suite, admin: Actor) -> None:
    make(suite_, admin, FIRMS, a_firm(1), on=BEGIN)
    edition = compiled(suite_, admin, kind=FIRMS)
    words = json.dumps({"name": "另一个名称"})
    with writing(suite_.engine) as connection:
        connection.execute(text("UPDATE core_roster_edition_row SET words = :words"), {"words": words})
    with suite_.reading() as session:
        found = check_editions(session)
    assert [(problem.code, problem.data["edition"]) for problem in found.problems] == [
        ("edition.altered", edition)
    ]


def test_files_carry_every_line_and_every_difference(
    suite_on_sqlite: Suite, admin: Actor, tmp_path: Path
) -> None:
    from docx import Document
    from openpyxl import load_workbook

    suite = suite_on_sqlite
    ids = make(suite, admin, LAWYERS, *(a_lawyer(n) for n in range(1, 6)), on=BEGIN)
    compiled(suite, admin)
    change(suite, admin, ids[0], name="=改名人")
    edition = compiled(suite, admin, note="依据年度编制计划。")
    with suite.reading() as session:
        papers = papers_of(session, admin, suite.catalog, edition)
    for name in ("名册.xlsx", "名册.docx"):
        write_edition(papers, tmp_path / name)
    book = load_workbook(tmp_path / "名册.xlsx")
    rows = list(book["名册"].iter_rows(min_row=3, values_only=True))
    assert list(rows[0]) == papers.headings
    assert len(rows) == 6
    cells = [cell for row in book["名册"].iter_rows(min_row=4) for cell in row if cell.value == "=改名人"]
    assert [cell.data_type for cell in cells] == ["s"]
    assert [row[2] for row in book["与上一版比较"].iter_rows(min_row=2, values_only=True)] == ["姓名"]
    document = Document(str(tmp_path / "名册.docx"))
    lines, changes = document.tables
    assert [cell.text for cell in lines.rows[0].cells] == papers.headings
    assert len(lines.rows) == 6
    assert [cell.text for cell in changes.rows[1].cells][3:] == [
        papers.difference_rows()[0].before,
        "=改名人",
    ]
    with pytest.raises(Refused) as refused:
        write_edition(papers, tmp_path / "名册.pdf")
    assert refused.value.codes == {"file.type"}


TOKENS = st.lists(
    st.text("0123456789-", min_size=1, max_size=19)
    | st.text("河北省石家庄市长安区", min_size=1, max_size=40),
    min_size=6,
    max_size=6,
)


@given(st.lists(TOKENS, min_size=1, max_size=30))
def test_a_number_stands_in_one_line_and_the_table_fills_the_page(rows: list[list[str]]) -> None:
    headings = ["序号", "许可证号", "名称", "住所", "有效期止", "电话"]
    room = 243
    widths = _shares(headings, rows, room)
    digit = 105  # twentieths of a point at 10.5 points
    needed = [max((len(row[place]) for row in rows if row[place].isascii()), default=2) for place in range(6)]
    assert all(width >= length * digit + 216 for width, length in zip(widths, needed, strict=True))
    page = room * 1440 / 25.4
    assert page - len(widths) <= sum(widths) <= page


def test_the_sheets_of_an_edition_are_as_wide_as_what_they_say(
    suite_on_sqlite: Suite, admin: Actor, tmp_path: Path
) -> None:
    from openpyxl import load_workbook

    suite, long = suite_on_sqlite, "河北中恒信远方长安律师事务所（石家庄）"
    [firm] = make(suite, admin, FIRMS, a_firm(1), on=BEGIN)
    compiled(suite, admin, FIRMS)
    row = RowEdit(subject_id=firm, values={"name": long})
    suite.run(SaveRecords(kind=FIRMS, rows=(row,), effective_on=TODAY), admin)
    edition = compiled(suite, admin, FIRMS)
    with suite.reading() as session:
        papers = papers_of(session, admin, suite.catalog, edition)
    write_edition(papers, tmp_path / "名册.xlsx")
    changed = load_workbook(tmp_path / "名册.xlsx")["与上一版比较"]
    assert [cell.value for cell in changed[2]][4] == long
    assert changed.column_dimensions["E"].width >= 2 * len(long)


def test_an_edition_shows_what_its_kind_publishes(suite_on_sqlite: Suite, admin: Actor) -> None:
    suite, kind = suite_on_sqlite, "appraisal.appraisal_institution"
    make(suite, admin, kind, {"name": "河北正定司法鉴定中心", "main_no": "130105901"}, on=BEGIN)
    edition = compiled(suite, admin, kind)
    with suite.reading() as session:
        headings = papers_of(session, admin, suite.catalog, edition).headings
    assert {"住所", "联系电话", "法定代表人"} <= set(headings)
    asked = compiled(suite, admin, kind, columns=("name",))
    with suite.reading() as session:
        assert papers_of(session, admin, suite.catalog, asked).headings == ["序号", "机构名称"]


LINES = st.dictionaries(
    st.integers(1, 8), st.dictionaries(st.sampled_from("abc"), st.sampled_from("xy"), min_size=1), max_size=8
)


@given(LINES, LINES)
def test_a_difference_leads_from_one_edition_to_the_next(
    former: dict[int, dict[str, str]], current: dict[int, dict[str, str]]
) -> None:
    def lines(words: dict[int, dict[str, str]]) -> list[EditionLine]:
        return [EditionLine(subject_id=n, district_code=None, words=w) for n, w in words.items()]

    told = difference(lines(former), lines(current))
    made = {n: dict(words) for n, words in former.items()}
    for line in told.left:
        del made[line.subject_id]
    for item in told.changed:
        for key, (before, after) in item.fields.items():
            assert made[item.line.subject_id][key] == before
            made[item.line.subject_id][key] = after
    for line in told.joined:
        assert line.subject_id not in made
        made[line.subject_id] = dict(line.words)
    assert made.keys() == current.keys()
    for number, words in current.items():
        shared = words.keys() & made[number].keys()
        assert {key: made[number][key] for key in shared} == {key: words[key] for key in shared}
