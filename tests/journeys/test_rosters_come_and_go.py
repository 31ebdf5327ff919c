"""The rosters of the demonstration: in, again, mended, edited, and taken back, on both engines."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import func, select

from suite.bootstrap import Suite
from suite.cli.demo_workbooks import sample_request, sample_rows, write_workbook
from suite.contract.commands import Actor
from suite.contract.declarations import FieldType, RecordKind
from suite.database.base import METADATA
from suite.kernel.exchange.annotate import write_held_rows
from suite.kernel.exchange.bounds import column_letters
from suite.kernel.exchange.importing import accept
from suite.kernel.exchange.preview import ImportPreview, ImportRequest
from suite.kernel.exchange.previewed import HELD, ColumnSource
from suite.kernel.exchange.undoing import UndoImport
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.kernel.registry.integrity import check
from suite.tables import SearchKey, Subject
from suite.testing.contract import known_places

PRACTITIONERS = 60
#: No date, and none of any code list.
WRONG = "2014-13-05"
SPOILED = (FieldType.DATE, FieldType.CODE)


@dataclass(frozen=True, kw_only=True)
class Run:
    """One run of the importer and the records that it made."""

    kind: str
    number: int
    ids: tuple[int, ...]


def look(suite: Suite, admin: Actor, kind: str, path: Path) -> ImportPreview:
    return suite.preview(ImportRequest(kind=kind, path=path), admin)


def sheet_of(path: Path) -> Worksheet:
    page = load_workbook(path).active
    assert isinstance(page, Worksheet)
    return page


def save(page: Worksheet, path: Path) -> None:
    assert page.parent is not None
    page.parent.save(path)


def accepted(suite: Suite, admin: Actor, found: ImportPreview) -> Run:
    done = suite.run(accept(found), admin)
    return Run(kind=found.kind, number=done.result["run"], ids=tuple(done.result["ids"]))


def without_held(found: ImportPreview, path: Path) -> None:
    """Take the rows out that a sample has mistyped on purpose."""
    page = sheet_of(path)
    for row in reversed(found.rows):
        if row.result == HELD:
            page.delete_rows(row.row)
    save(page, path)


def damage(kind: RecordKind, found: ImportPreview, path: Path) -> tuple[str, object]:
    """Spoil a date or a code of the last row; gives the cell and what it said."""
    column = next(
        column
        for column in found.sheets[0].columns
        if column.field in kind.by_key and kind.by_key[column.field].type in SPOILED
    )
    page, place = sheet_of(path), f"{column_letters(column.number)}{found.rows[-1].row}"
    said, page[place] = page[place].value, WRONG
    save(page, path)
    return place, said


def count(suite: Suite, kind: str = "") -> int:
    with suite.reading() as session:
        asked = select(func.count()).select_from(Subject)
        return session.scalar(asked.where(Subject.kind == kind) if kind else asked) or 0


def named_by(suite: Suite, agreements: set[int]) -> set[int]:
    """The lawyers and firms whom agreements name."""
    tables = [METADATA.tables[f"lawyers_{name}_counsel"] for name in ("village", "organ")]
    with suite.reading() as session:
        return {
            named
            for table in tables
            for row in session.execute(
                select(table.c.counsel_id, table.c.firm_id).where(table.c.subject_id.in_(agreements))
            )
            for named in row
        }


def test_five_rosters_come_in_are_mended_and_are_taken_back(
    suite_: Suite, admin: Actor, tmp_path: Path
) -> None:
    request = known_places(sample_request(PRACTITIONERS, suite_.today))
    at_first = count(suite_)
    runs: list[Run] = []
    for sample in sorted(suite_.catalog.samples, key=lambda item: (item.order, item.kind)):
        kind, path = suite_.catalog.kinds[sample.kind], tmp_path / sample.file_name
        unit, rows = kind.unit, sample_rows(sample, request)
        if not write_workbook(sample, rows, path, unit=unit, today=suite_.today):
            continue
        without_held(look(suite_, admin, kind.key, path), path)
        place, said = damage(kind, look(suite_, admin, kind.key, path), path)
        found = look(suite_, admin, kind.key, path)
        assert found.counts["held"] == 1
        if found.counts["new"]:
            runs.append(accepted(suite_, admin, found))
            again = look(suite_, admin, kind.key, path)
            assert (again.counts["new"], again.counts["changed"], again.counts["held"]) == (0, 0, 1)
            sources = {column.source for column in again.sheets[0].columns if column.field}
            assert sources == {ColumnSource.LEARNED}
        held = tmp_path / f"held-{sample.file_name}"
        assert write_held_rows(found, held) == 1
        page = sheet_of(held)
        [marked] = [cell for line in page.iter_rows() for cell in line if cell.comment]
        assert (marked.column_letter, marked.value) == (place.rstrip("0123456789"), WRONG)
        page[marked.coordinate] = said
        save(page, held)
        mended = look(suite_, admin, kind.key, held)
        assert (mended.counts["new"], mended.counts["held"]) == (1, 0)
        runs.append(accepted(suite_, admin, mended))

    professions = {run.kind.partition(".")[0] for run in runs}
    assert professions == {"lawyers", "notary", "appraisal", "arbitration", "popularization"}
    edited = _edit_one_of_each(suite_, admin, runs)
    with suite_.reading() as session:
        several = select(Subject.person_id).group_by(Subject.person_id).having(func.count() > 1)
        # What a later run said of a person moved the person's other records, too.
        shared = set(session.scalars(select(Subject.id).where(Subject.person_id.in_(several))))
    stayed: set[int] = set()
    for run in reversed(runs):
        done = suite_.run(UndoImport(kind=run.kind, run=run.number), admin)
        with suite_.reading() as session:
            left = set(session.scalars(select(Subject.id).where(Subject.id.in_(run.ids))))
        assert len(done.result["left"]) == len(left)
        assert left >= edited & set(run.ids)
        if suite_.catalog.kinds[run.kind].has_person:
            kept = shared | named_by(suite_, stayed)
            assert left - edited <= kept, (
                "a person goes unless a record of his, or one naming him, was edited"
            )
        stayed |= left
    assert count(suite_) == at_first + len(stayed)
    with suite_.reading() as session:
        bodies = set(session.scalars(select(Subject.body_id).where(Subject.id.in_(stayed))))
        assert stayed - edited - shared - named_by(suite_, stayed) <= bodies, (
            "a body goes unless somebody who stays is there"
        )
        keyed = session.scalars(select(func.count(SearchKey.subject_id.distinct()))).one()
        assert keyed == count(suite_)
        parts = check(session, suite_.catalog, lambda *_: None)
    assert [part for part in parts if part.problems] == []


def _edit_one_of_each(suite: Suite, admin: Actor, runs: list[Run]) -> set[int]:
    """Edit the first record that each long run made; gives what changed, other roles too."""
    edited = set()
    for run in runs:
        if len(run.ids) > 1:
            edit = RowEdit(values={"name": f"改名{run.number}甲"}, subject_id=run.ids[0])
            suite.run(SaveRecords(kind=run.kind, rows=(edit,)), admin)
            edited.add(run.ids[0])
    with suite.reading() as session:
        persons = select(Subject.person_id).where(Subject.id.in_(edited), Subject.person_id.is_not(None))
        return edited | set(session.scalars(select(Subject.id).where(Subject.person_id.in_(persons))))
