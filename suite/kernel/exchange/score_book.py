"""A scorer's sheet of a season as a workbook: participants × items of one source, out and back in.

What others found never stands in it: each scorer gets a sheet with his own scores alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from suite.contract.assessment import Criterion, ScoreSource, SheetMeasure
from suite.contract.commands import Actor, Command, Done
from suite.contract.problems import Problem, ProblemKind, Refused, refuse
from suite.kernel.assessment.boards import Board, BoardLine
from suite.kernel.assessment.commands import ScoreGiven
from suite.kernel.assessment.faults import bounded
from suite.kernel.assessment.scorers_sheet import MOST_ROWS, ScoredRow, TakeScoreSheet, own_scores
from suite.kernel.assessment.sheet_rows import measure_hint
from suite.kernel.assessment.standing import RUNNING, WALKING
from suite.kernel.exchange.clean_numbers import clean_decimal, clean_integer
from suite.kernel.exchange.cleaned import Cleaned, as_text
from suite.kernel.exchange.leaving import Basis, export_file
from suite.kernel.exchange.printed import column_width, sheet_printed
from suite.kernel.exchange.reading import Sheet, read_workbook, rows_below
from suite.kernel.exchange.season_files import LogSeasonList
from suite.tables import Score

SCORES, RULES, ABOUT = "评分", "评分标准", "评分人"
NUMBER, NAME, GROUP = "编号", "对象", "分组"
#: What the second row is called, which says of each column how it is filled in.
GUIDE = "怎样填"
NOT_APPLYING = "不适用"
FOUND, DUE, EVIDENCE = "得到", "应完成", "依据"
PLACES, MOST_EVIDENCE = 4, 2_000
CAMPAIGN, SOURCE, LOGIN = "考核编号", "评分来源", "评分人账号"


@dataclass(frozen=True, kw_only=True)
class ScoreCopy:
    """What is needed to write a scorer's sheet: read while a session is open. own: participant → item →
    the scorer's own score."""

    board: Board
    source: ScoreSource
    items: tuple[Criterion, ...]
    lines: tuple[BoardLine, ...]
    own: Mapping[int, Mapping[str, Score]]


@dataclass(frozen=True, kw_only=True)
class _Column:
    """A column of the sheet: which item, and what of it."""

    item: Criterion
    what: str
    heading: str


def sources_of(board: Board) -> dict[ScoreSource, tuple[Criterion, ...]]:
    """From which sources somebody scores, and which items; what the records answer is nobody's."""
    found = {
        source: tuple(item for item in board.sheet.criteria if source in item.sources)
        for source in ScoreSource
        if source is not ScoreSource.RECORDS
    }
    return {source: items for source, items in found.items() if items}


def score_copy(session: Session, actor: Actor, board: Board, source: str) -> ScoreCopy:
    """The sheet of whoever asks, with his own scores. Raises Refused where the source scores nothing."""
    known = sources_of(board)
    wanted = next((item for item in known if source in (item.value, item.words)), None)
    if wanted is None:
        words = "、".join(f"{item.value}（{item.words}）" for item in known) or "没有"
        text = f"这个方案没有由“{source[:20]}”评分的项，可选：{words}。"
        raise refuse("score.source", text, field="source")
    lines = tuple(line for line in board.lines if line.standing in WALKING and line.grade is None)
    if not lines or board.campaign.state != RUNNING:
        text = f"“{board.campaign.title}”没有可以评分的对象：都不参加、已评定等次，或者结果已经公示。"
        raise refuse("score_sheet.none", text, ProblemKind.FORBIDDEN, field="campaign_id")
    own = own_scores(session, actor.login, wanted.value, [line.id for line in lines])
    return ScoreCopy(board=board, source=wanted, items=known[wanted], lines=lines, own=own)


def save_scores(path: Path, copy: ScoreCopy, actor: Actor, *, run: Callable[[Command, Actor], Done]) -> int:
    """Write the sheet as .xlsx. Returns of how many it is. Raises Refused for another ending."""
    if path.suffix.lower() != ".xlsx":
        raise refuse("file.ending", f"文件名应以 .xlsx 结尾，现为“{path.name}”。")
    campaign = copy.board.campaign
    content = f"{copy.source.words}评分表"
    log = LogSeasonList(
        profession=copy.board.sheet.scheme.owner, campaign_id=campaign.id, conditions=campaign.title
    )

    def write(place: Path, basis: Basis) -> int:
        from openpyxl import Workbook

        basis.ids.extend(line.subject_id for line in copy.lines)
        book = Workbook()
        page = book.active or book.create_sheet()
        page.title = SCORES
        _fill(page, _cells(copy), heads="1:2", frozen="C3")
        _fill(book.create_sheet(RULES), _rules(copy.items), heads="1:1", frozen="A2")
        about = [
            (CAMPAIGN, campaign.id),
            ("考核", campaign.title),
            (SOURCE, copy.source.words),
            ("评分人", actor.name),
            (LOGIN, actor.login),
            ("填写", f"在“{SCORES}”中填写；没有评的留空；{NOT_APPLYING}的在“{FOUND}”中填“{NOT_APPLYING}”。"),
        ]
        _fill(book.create_sheet(ABOUT), about, heads="", frozen="A1")
        basis.into_workbook(book, len(copy.lines))
        book.save(place)
        return len(copy.lines)

    return export_file(path, log, actor, run=run, content=content, write=write)


def _columns(items: Sequence[Criterion]) -> list[_Column]:
    """Of each item its columns; the number tells items of one title apart."""
    return [
        _Column(item=item, what=what, heading=f"{place}. {item.title}：{what}")
        for place, item in enumerate(items, 1)
        for what in (FOUND, DUE, EVIDENCE)
        if what != DUE or item.measure is SheetMeasure.RATIO
    ]


def _cells(copy: ScoreCopy) -> Iterator[Sequence[Any]]:
    columns, groups = _columns(copy.items), copy.board.groups
    yield (NUMBER, NAME, GROUP, *(column.heading for column in columns))
    yield (GUIDE, "", "", *map(_guide, columns))
    for line in copy.lines:
        own = copy.own.get(line.id, {})
        group = groups.get(line.group or "", "")
        yield (line.id, line.name, group, *(_cell(column, own.get(column.item.key)) for column in columns))


def _guide(column: _Column) -> str:
    if column.what == FOUND:
        return f"满分 {column.item.most.normalize():f} 分。{measure_hint(column.item)}"
    return column.item.rule if column.what == EVIDENCE else "应完成数"


def _cell(column: _Column, score: Score | None) -> Any:
    if score is None:
        return ""
    if column.what == EVIDENCE:
        return score.evidence
    if column.what == FOUND and score.found is None:
        return NOT_APPLYING
    value = score.found if column.what == FOUND else score.due
    return "" if value is None else value.normalize()


def _rules(items: Sequence[Criterion]) -> Iterator[Sequence[Any]]:
    yield "序号", "一级指标", "评分项", "满分", "计分方法", GUIDE, "评分标准", "依据"
    for place, item in enumerate(items, 1):
        words = (item.measure.words, measure_hint(item), item.rule, item.article or "")
        yield place, item.heading, item.title, item.most.normalize(), *words


def _fill(page: Any, rows: Any, *, heads: str, frozen: str) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    written = [list(row) for row in rows]
    sheet_printed(page, columns=len(written[0]), heads=heads)
    for row, cells in enumerate(written, 1):
        for column, value in enumerate(cells, 1):
            cell = page.cell(row=row, column=column, value=value)
            if isinstance(value, str):
                cell.data_type = "s"  # a ground that begins like a formula stays a ground
                cell.alignment = Alignment(wrap_text=True, vertical="top")
            if row == 1 and heads:
                cell.font = Font(bold=True)
    for place, texts in enumerate(zip(*written, strict=True), 1):
        width = min(column_width(str(text) for text in texts), 24)
        page.column_dimensions[get_column_letter(place)].width = width
    page.freeze_panes = frozen


# Back in.


def read_scores(path: Path, board: Board, actor: Actor) -> TakeScoreSheet:
    """What a filled sheet says, as the scores of whoever reads it in.

    Raises FileRefused for a file that cannot be read; Refused for the sheet of another season or another
    scorer and, all at once by row and column, for every cell that says nothing that can be read.
    """
    sheets = {sheet.name: sheet for sheet in read_workbook(path).sheets}
    if SCORES not in sheets or ABOUT not in sheets:
        text = f"“{path.name}”里没有“{SCORES}”和“{ABOUT}”工作表，请在导出的评分工作簿中填写后再导入。"
        raise refuse("score_sheet.missing", text, field="file")
    source = _source(sheets[ABOUT], board, actor)
    found = sheets[SCORES]
    heads = [as_text(value) for value in found.rows[0]] if found.rows else []
    columns = {
        heads.index(column.heading): column
        for column in _columns(sources_of(board)[source])
        if column.heading in heads
    }
    lacking = [head for head in (NUMBER, NAME) if head not in heads] or ([] if columns else [FOUND])
    if lacking:
        text = f"“{SCORES}”缺少列：{'、'.join(lacking)}。请不要改动导出的表头。"
        raise refuse("score_sheet.columns", text, field="file")
    rows: list[ScoredRow] = []
    problems: list[Problem] = []
    places = heads.index(NUMBER), heads.index(NAME)
    known, seen = {line.id: line for line in board.lines}, set[int]()
    for index, row in rows_below(found, 0, MOST_ROWS + 1):
        if as_text(_at(row, places[0])) == GUIDE:
            continue
        number = found.row_number(index)
        wrong: list[Problem] = []
        given = list(_given(row, columns, number, wrong))
        if given or wrong:
            line = _line(row, places, known, number, wrong)
            if line is not None and line.id in seen:
                wrong.append(_fault("score_sheet.twice", number, f"{line.name}在上面已有一行，请并成一行。"))
            elif line is not None:
                seen.add(line.id)
                rows.append(ScoredRow(assessment_id=line.id, scores=tuple(given), row=number))
        problems += wrong
    if not rows and not problems:
        problems = [
            Problem(code="score.none", text=f"“{SCORES}”里还没有评分，请填写后再导入。", field="file")
        ]
    if problems:
        raise Refused(bounded(problems, "file"))
    return TakeScoreSheet(campaign_id=board.campaign.id, source=source.value, rows=tuple(rows))


def _source(about: Sheet, board: Board, actor: Actor) -> ScoreSource:
    """The source of the sheet. Raises Refused where it is of another season or of another scorer."""
    said = {as_text(_at(row, 0)): as_text(_at(row, 1)) for row in about.rows}
    if said.get(CAMPAIGN) != str(board.campaign.id):
        text = f"这张评分表是“{said.get('考核', '')[:60]}”的，不是“{board.campaign.title}”的，请选对文件。"
        raise refuse("score_sheet.campaign", text, field="file")
    if said.get(LOGIN) != actor.login:
        text = f"这张评分表是{said.get('评分人', '')[:40]}的，评分人须各自独立评分，只能由本人登录后导入。"
        raise refuse("score_sheet.scorer", text, ProblemKind.NOT_PERMITTED, field="file")
    source = next((item for item in sources_of(board) if item.words == said.get(SOURCE)), None)
    if source is None:
        text = f"“{ABOUT}”中的评分来源“{said.get(SOURCE, '')[:20]}”在这次考核中不评分，请重新导出评分表。"
        raise refuse("score.source", text, field="file")
    return source


def _line(
    row: Sequence[Any],
    places: tuple[int, int],
    known: Mapping[int, BoardLine],
    number: int,
    wrong: list[Problem],
) -> BoardLine | None:
    """Whose row it is: number and name must be of the same one, so that no row slips."""
    line = known.get(clean_integer(_at(row, places[0])).value or 0)
    name = as_text(_at(row, places[1]))
    if line is None or name != as_text(line.name):
        is_of = f"这个编号是{line.name}" if line is not None else "这次考核没有这个编号"
        text = f"编号“{as_text(_at(row, places[0]))[:20]}”和对象“{name[:40]}”不相符（{is_of}），请核对。"
        wrong.append(_fault("score_sheet.participant", number, text))
        return None
    return line


def _given(
    row: Sequence[Any], columns: Mapping[int, _Column], number: int, wrong: list[Problem]
) -> Iterator[ScoreGiven]:
    """The items that the row scores; an item whose cells are all empty is left as it is."""
    cells: dict[str, dict[str, tuple[_Column, Any]]] = {}
    for place, column in columns.items():
        cells.setdefault(column.item.key, {})[column.what] = column, _at(row, place)
    for key, of in cells.items():
        texts = {what: as_text(value) for what, (_, value) in of.items()}
        if not any(texts.values()):
            continue
        faults = len(wrong)
        none = texts.get(FOUND) == NOT_APPLYING
        found = None if none else _value(of[FOUND], number, wrong) if FOUND in of else None
        due = None if none or DUE not in of else _value(of[DUE], number, wrong)
        evidence = texts.get(EVIDENCE, "")
        if len(evidence) > MOST_EVIDENCE:
            words = f"最多 {MOST_EVIDENCE:,} 字，现为 {len(evidence):,} 字。"
            wrong.append(_fault("text.long", number, f"“{of[EVIDENCE][0].heading}”{words}"))
        if len(wrong) > faults:
            continue
        if found is None and not none:
            heading = next(iter(of.values()))[0].item.title
            text = f"“{heading}”没有填“{FOUND}”；{NOT_APPLYING}的请填“{NOT_APPLYING}”，并在依据中写明理由。"
            wrong.append(_fault("required", number, text))
            continue
        yield ScoreGiven(item=key, found=found, due=due, evidence=evidence)


def _value(cell: tuple[_Column, Any], number: int, wrong: list[Problem]) -> Decimal | None:
    column, content = cell
    cleaned: Cleaned = clean_decimal(content)
    value: Decimal | None = cleaned.value
    wrong += [_fault(item.code, number, f"“{column.heading}”：{item.text}") for item in cleaned.problems]
    if value is not None and value != round(value, PLACES):
        text = f"“{column.heading}”最多 {PLACES} 位小数，现为“{as_text(content)[:20]}”。"
        wrong.append(_fault("score.places", number, text))
    return value


def _fault(code: str, number: int, text: str) -> Problem:
    return Problem(code=code, text=f"第 {number} 行：{text}", field="file", row=number)


def _at(row: Sequence[Any], place: int) -> Any:
    return row[place] if place < len(row) else ""
