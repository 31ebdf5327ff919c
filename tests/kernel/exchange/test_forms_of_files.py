"""What the file is: the content decides, whatever its name says."""

from __future__ import annotations

import pytest
from biff_book import container, record, workbook_stream, xls
from messy import HEADINGS, Desk, codes, lawyer, page, results, xlsx

from suite.kernel.exchange.bounds import FileRefused, Limits
from suite.kernel.exchange.markup import read_markup

ROWS = [["石家庄市律师名册"], list(HEADINGS), lawyer(1), lawyer(2)]
TEXT = "\r\n".join("\t".join(str(cell) for cell in row) for row in ROWS)
GOOD = {3: "new", 4: "new"}


def test_every_form_reads_the_same(desk: Desk) -> None:
    as_text = page(ROWS)
    for name, content in (
        ("a.et", xls(ROWS)),
        ("b.et", xlsx(ROWS)),
        ("c.xls", xlsx(ROWS)),
        ("d.xlsx", xls(ROWS)),
        ("e.csv", xlsx(ROWS)),
        ("f", xls(ROWS)),
        ("g.xls", as_text.encode("gb18030")),
        ("h.xls", as_text.encode("utf-8-sig")),
        ("i.xlsx", as_text.encode("utf-16")),
        ("j.xls", TEXT.encode("gb18030")),
        ("k.xlsx", TEXT.encode()),
        ("l.csv", TEXT.encode("utf-16")),
        ("m.txt", TEXT.replace("\t", ";").encode("utf-8-sig")),
    ):
        found = desk.look(content, name)
        assert results(found) == GOOD, name
        assert found.sheets[0].header_rows == (2,), name
        assert found.rows[0].values == desk.look(xlsx(ROWS)).rows[0].values, name


def test_a_web_page_stands_as_a_spreadsheet_shows_it(desk: Desk) -> None:
    rows = [
        list(HEADINGS),
        lawyer(1, 所在律所="河北第1<br>律师事务所"),
        lawyer(2, 姓名="张&nbsp;三<!-- <td> -->"),
    ]
    table = page(
        rows, head="<style>td{mso:1}</style><p>名册</p><script>'<td>x</td>'</script>", tail="<p>完</p>"
    )
    found = desk.look(table.encode(), "a.xls")
    assert found.sheets[0].header_rows == (2,)
    assert results(found) == GOOD
    assert found.rows[1].values["name"] == "张三"
    assert codes(found) == {"skipped_rows"}


def test_spanned_and_hidden_rows_of_a_web_page(desk: Desk) -> None:
    first, second = page([lawyer(1)]), page([lawyer(2)])
    firm = "<td>河北第1律师事务所</td>"
    one = first[first.index("<tr>") : first.index("</table>")].replace(
        firm, firm.replace("<td>", "<td rowspan=2>")
    )
    two = second[second.index("<tr>") : second.index("</table>")].replace(firm, "")
    head = "<tr>" + "".join(f"<th>{heading}" for heading in HEADINGS)
    hidden = two.replace("<tr>", "<tr style=display:none>")
    layout = f"<table><tr><td><table>{head}{one}{hidden}</table></td></tr></table>"
    found = desk.look(layout.encode(), "a.xls")
    assert results(found) == {2: "new", 3: "new"}
    assert found.rows[0].values["body_id"] == found.rows[1].values["body_id"]
    assert codes(found) == {"hidden_rows", "merged_cells"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<table>" * 25 + "<tr><td>a", "file_unsafe"),
        ("<table><tr>" + "<td colspan=90>" * 3, "file_too_large"),
        ("<table>" + "<tr><td>a" * 30, "file_too_large"),
        ("<html><p>无", "file_corrupt"),
    ],
)
def test_pages_beyond_the_bounds(text: str, code: str) -> None:
    with pytest.raises(FileRefused) as caught:
        read_markup(text, Limits(rows=20))
    assert caught.value.code == code


def test_hostile_pages_take_no_longer_than_they_are_long() -> None:
    # Each of these makes a scanner quadratic that starts again behind every "<".
    for text in ("<table>" + "<!--" * 300_000, "<table>" + "<td" * 300_000, "<table>" + '<a "' * 300_000):
        assert read_markup(text, Limits()).rows == []


def test_numbers_forced_to_text_in_a_csv(desk: Desk) -> None:
    rows = [list(HEADINGS), lawyer(1)]
    number = str(rows[1][3])
    text = "\n".join(",".join(str(cell) for cell in row) for row in rows)
    for forced in (f'="{number}"', f'"=""{number}"""', f"'{number}", f"{number}\t"):
        found = desk.look(text.replace(number, forced).encode(), "a.csv")
        assert found.rows[0].values["id_number"] == number
        assert found.rows[0].problems == []


def test_encrypted_and_foreign_files(desk: Desk) -> None:
    xor = container("Workbook", workbook_stream([("名册", 0, b"")], before=record(0x002F, bytes(6))))
    for content, code in (
        (container("EncryptedPackage", b"\1"), "file_encrypted"),
        (xor, "file_encrypted"),
        (container("WordDocument", b"x"), "file_corrupt"),
        (b"%PDF-1.7", "file_corrupt"),
        (b"", "file_empty"),
        (b"<html>no table here</html>", "file_corrupt"),
    ):
        with pytest.raises(FileRefused) as caught:
            desk.look(content, "名册.xls")
        assert caught.value.code == code
