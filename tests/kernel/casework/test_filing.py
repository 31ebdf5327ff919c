"""A closed case is filed: one PDF with cover, 目录, every paper and file, page numbers, bookmarks, 备考表."""

from __future__ import annotations

from io import BytesIO

import pytest
from desk import GIVEN, Desk
from files import PNG, packed
from pypdf import PdfReader, PdfWriter

from suite.bootstrap import Suite
from suite.contract.problems import Refused
from suite.kernel.casework.papers.commands import (
    AttachFile,
    FileCase,
    IssueDocument,
    ServeDocument,
    StrikeAttachment,
)
from suite.kernel.casework.papers.queries import case_papers, filing_content

pytestmark = pytest.mark.sqlite_first


def _pdf(pages: int) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_closed_case_is_filed(suite_: Suite) -> None:
    desk = Desk(suite_)
    case_id: int = desk.open().result["case_id"]
    with pytest.raises(Refused) as told:
        suite_.run(FileCase(case_id=case_id, keep="万年"), desk.clerk)
    assert told.value.codes == {"filing.open", "filing.keep"}
    withdrawn = desk.open(complainants=({"name": "王芳", "phone": "13811112222"},)).result["case_id"]
    desk.take(withdrawn, "WithdrawComplaint", **GIVEN["WithdrawComplaint"])
    with pytest.raises(Refused) as told:
        suite_.run(FileCase(case_id=withdrawn), desk.clerk)
    assert told.value.codes == {"filing.empty"}
    suite_.run(IssueDocument(case_id=case_id, document="投诉登记表"), desk.clerk)
    desk.take(case_id, "AcceptComplaint")
    desk.sign(desk.take(case_id, "TerminateComplaint", termination_ground="impossible"), desk.head)
    issued = suite_.run(IssueDocument(case_id=case_id, document="终止办理通知书"), desk.clerk).result
    # What the closing step owes is out before the case is put away.
    with pytest.raises(Refused) as told:
        suite_.run(FileCase(case_id=case_id), desk.clerk)
    assert told.value.codes == {"filing.owed"}
    served = ServeDocument(issued=issued["issued"], way="post", note="邮政专递")
    suite_.run(served, desk.clerk)
    for name, content in (
        ("投诉信.pdf", _pdf(3)),
        ("现场.png", PNG),
        ("台账.xlsx", packed("[Content_Types].xml", "xl/workbook.xml")),
        ("坏的.pdf", b"%PDF-1.4\nnothing"),
    ):
        suite_.run(AttachFile(case_id=case_id, file_name=name, content=content), desk.clerk)
    wrong = suite_.run(AttachFile(case_id=case_id, file_name="传错.pdf", content=_pdf(9)), desk.clerk).result
    suite_.run(StrikeAttachment(attachment=wrong["attachment"], reason="别案的"), desk.clerk)

    done = suite_.run(FileCase(case_id=case_id, keep="长期", note="材料齐全"), desk.clerk).result
    with suite_.reading() as session:
        found = filing_content(session, desk.clerk, done["filing"])
        [filing] = case_papers(session, desk.clerk, suite_.catalog, case_id).filings
    reader = PdfReader(BytesIO(found.content))
    titles = [item["/Title"] for item in reader.outline if not isinstance(item, list)]
    assert titles == [
        "卷宗封面", "卷内目录", "投诉登记表", "终止办理通知书", "投诉信.pdf", "现场.png", "台账.xlsx",
        "坏的.pdf", "备考表",
    ]  # fmt: skip
    # Cover, 目录, 备考表; the two papers, the letter's three, the picture, the two stand-ins.
    assert len(reader.pages) == done["pages"] == filing.pages == 3 + 2 + 3 + 1 + 2
    assert filing.parts == 6
    places = [reader.get_destination_page_number(item) for item in reader.outline]
    assert places == [0, 1, 2, 3, 4, 7, 8, 9, 10]
    # Numbered from the first paper on; the embedded pages keep their number.
    assert [reader.pages[place].extract_text().split()[-1] for place in (4, 6)] == ["3", "5"]
    contents = "".join(reader.pages[1].extract_text().split())
    assert issued["number"] in contents
    assert "3–5" in contents
    assert "代页" in contents
    assert "传错" not in contents
    assert "6 件" in reader.pages[10].extract_text()

    with pytest.raises(Refused) as told:
        suite_.run(FileCase(case_id=case_id), desk.clerk)
    assert told.value.codes == {"filing.again"}
    again = suite_.run(FileCase(case_id=case_id, reason="补入送达回证"), desk.clerk).result
    with suite_.reading() as session:
        filings = case_papers(session, desk.clerk, suite_.catalog, case_id).filings
        assert [line.version for line in filings] == [2, 1]
        # It names who complains, as a paper in it does.
        with pytest.raises(Refused) as told:
            filing_content(session, desk.leader, again["filing"])
    assert told.value.codes == {"file.complainant"}
