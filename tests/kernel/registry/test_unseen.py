"""Characters that nobody sees neither part two equal numbers nor reach a workbook."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.problems import Refused
from suite.kernel.exchange.export import export_list
from suite.kernel.exchange.table_file import write_table
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.kernel.registry.identifiers.verdict import normalise
from suite.kernel.registry.queries import ListQuery
from suite.kernel.registry.rules import visible
from suite.kernel.search.queries import find
from suite.testing.factories import a_lawyer, make, practice_no

KIND = "lawyers.lawyer"


@pytest.mark.parametrize(
    ("text", "lines", "kept"),
    [
        ("张\u200b三", True, "张三"),
        ("第一行\x0b第二行\r\n第三行\r第四行", True, "第一行\n第二行\n第三行\n第四行"),
        ("一\t二\x00三\ufeff", True, "一 二三"),
        ("冀A\n0001", False, "冀A0001"),
    ],
)
def test_only_what_can_be_seen_is_kept(text: str, lines: bool, kept: str) -> None:
    assert visible(text, lines=lines) == kept


def test_a_number_has_no_unseen_characters() -> None:
    assert normalise("1130\u200b1\u202e 2\x00") == "113012"


def test_an_unseen_character_makes_no_second_record(suite_: Suite, admin: Actor) -> None:
    [first] = make(suite_, admin, KIND, a_lawyer(1, name="张\u200b三", certificate_serial_no="冀A0001"))
    for values in (
        a_lawyer(2, main_no=f"{practice_no(1)}\u200b"),
        a_lawyer(2, certificate_serial_no="冀A\u20600001\n"),
    ):
        with pytest.raises(Refused) as refused:
            suite_.run(SaveRecords(kind=KIND, rows=(RowEdit(values=values),)), admin)
        assert refused.value.codes == {"duplicate"}
    with suite_.reading() as session:
        assert [hit.subject_id for hit in find(session, admin, suite_.catalog, "张三")] == [first]


def test_a_remark_with_control_characters_goes_into_a_workbook(
    suite_: Suite, admin: Actor, tmp_path: Path
) -> None:
    make(suite_, admin, KIND, a_lawyer(1, remarks="第一行\x0b第二行\x07"))
    path = tmp_path / "名册.xlsx"
    with suite_.reading() as session:
        export_list(
            session,
            admin,
            suite_.catalog,
            ListQuery(kind=KIND),
            ["remarks"],
            path,
            progress=lambda what, done, total: None,
        )
    assert load_workbook(path).worksheets[0]["A2"].value == "第一行\n第二行"


def test_what_was_stored_before_goes_out_without_what_xml_forbids(tmp_path: Path) -> None:
    path = tmp_path / "旧.xlsx"
    write_table(path, ["备注"], [["=一\x0b二\ufffe三\x1f"]], sheet="旧")
    assert load_workbook(path).worksheets[0]["A2"].value == "=一二三"
