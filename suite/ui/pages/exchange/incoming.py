"""A roster of another database before it is taken, made ready on the worker: one table per result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from suite.contract.declarations import RecordKind
from suite.contract.problems import Severity
from suite.contract.states import StateKind
from suite.database.engine import ReadSession
from suite.kernel.exchange.packet import fingerprint
from suite.kernel.exchange.previewed import CHANGED, HELD, NEW, SAME, PreviewRow
from suite.kernel.exchange.taking import OURS_STAY, PacketPreview, TakeRoster, leave_out, take
from suite.kernel.exchange.three_way import undecided
from suite.kernel.registry.masking import masked, told_apart
from suite.loader.catalog import Catalog
from suite.ui.kit.columns import Column, ColumnKind
from suite.ui.kit.state import StateValue
from suite.ui.pages.importing.cells import CellWriter
from suite.ui.pages.importing.loaded import Loaded, field_title, load

#: Rows of which a part stays as it is here: the sender has not changed it since, or a person says so.
OURS = "ours"
ORDER = (CHANGED, NEW, HELD, OURS, SAME)
TITLES = {CHANGED: "变更", NEW: "新增", HELD: "未采纳", OURS: "保留本单位", SAME: "无变化"}
NAME = Column(key="name", title="名称", width=200)
COLUMNS: Mapping[str, tuple[Column, ...]] = {
    CHANGED: (
        NAME,
        Column(key="field", title="项目", width=130),
        Column(key="before", title="现有内容", width=260),
        Column(key="after", title="报送内容", width=260, stretch=True),
    ),
    NEW: (NAME, Column(key="said", title="报送内容", width=400, stretch=True)),
    HELD: (
        Column(key="row", title="行", kind=ColumnKind.NUMBER, width=56),
        NAME,
        Column(key="field", title="项目", width=110),
        Column(key="said", title="报送内容", width=180),
        Column(key="reason", title="原因", width=300, stretch=True),
    ),
    OURS: (
        NAME,
        Column(key="field", title="项目", width=130),
        Column(key="reason", title="说明", width=500, stretch=True),
    ),
    SAME: (NAME, Column(key="said", title="内容", width=400, stretch=True)),
}

#: Cells, subject, and number of the row in the packet.
Rows = list[tuple[tuple[object, ...], int | None, int]]


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """`rows`: result → the lines of its table; a changed record has one for each changed field.

    `found` is `read` without the rows that a person does not take: `left`, row number → why.
    """

    read: PacketPreview
    left: Mapping[int, str]
    found: PacketPreview
    command: TakeRoster
    kind: RecordKind
    rows: Mapping[str, Rows]

    @property
    def writes(self) -> int:
        """How many rows of the packet would be written."""
        counts = self.found.preview.counts
        return counts[NEW] + counts[CHANGED]

    @property
    def undecided(self) -> Set[int]:
        """The rows that only wait because both sides have changed something."""
        return {row.row for row in self.found.preview.rows if undecided(row)}

    @property
    def notices(self) -> str:
        """What there is to say of the whole packet."""
        return "".join(notice.text for notice in self.found.preview.notices)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many rows of each table's sort."""
        ours = sum(any(one.code in OURS_STAY for one in row.problems) for row in self.found.preview.rows)
        return {**self.found.preview.counts, OURS: ours}


def make_ready(
    read: PacketPreview, left: Mapping[int, str], catalog: Catalog, session: ReadSession
) -> Incoming:
    """Names, words and masks of a preview; runs on a worker."""
    found = leave_out(read, left)
    kind = catalog.kinds[found.packet.head.kind]
    loaded = load(kind, found.preview, 0, session, 0.0)
    writer = CellWriter(loaded, catalog)
    rows: dict[str, Rows] = {key: [] for key in ORDER}
    for row in found.preview.rows:
        name = found.name_of(row)
        for key, cells in (
            *((row.result, line) for line in _cells(row, name, kind, loaded, writer)),
            *((OURS, line) for line in _kept(row, name, kind)),
        ):
            rows[key].append((cells, row.subject_id, row.row))
    return Incoming(read=read, left=left, found=found, command=take(found), kind=kind, rows=rows)


def _cells(
    row: PreviewRow, name: str, kind: RecordKind, loaded: Loaded, writer: CellWriter
) -> Sequence[tuple[object, ...]]:
    if row.result == CHANGED:
        found: list[tuple[object, ...]] = []
        for key, (old, new) in row.changes.items():
            field = kind.by_key[key]
            before, after = writer.text(field, old), writer.text(field, new)
            told = told_apart(after, before) if field.sensitive else after
            found.append((name, field.title, before, told))
        return found
    if row.result == HELD:
        wrong = [problem for problem in row.problems if problem.severity is Severity.ERROR]
        return [
            (
                row.row,
                name,
                field_title(kind, problem.field),
                _given(row, problem.field, kind, loaded),
                problem.text,
            )
            for problem in wrong
        ]
    said = [
        f"{field.title} {text}"
        for field in kind.fields
        if field.key != "name" and (text := writer.text(field, row.values.get(field.key)))
    ]
    # Of somebody known already it may change something, which is told as a doubt.
    return [(name, "；".join((*said, *(problem.text for problem in row.problems))))]


def _kept(row: PreviewRow, name: str, kind: RecordKind) -> list[tuple[object, ...]]:
    kept = [problem for problem in row.problems if problem.code in OURS_STAY]
    return [(name, field_title(kind, problem.field), problem.text) for problem in kept]


def _given(row: PreviewRow, key: str | None, kind: RecordKind, loaded: Loaded) -> str:
    """The cell as it was sent, masked where it is secret."""
    text = loaded.shown(row, key or "")
    field = kind.by_key.get(key or "")
    return (masked(field.key, text) or "") if field is not None and field.sensitive and text else text


def signature_of(found: PacketPreview) -> StateValue:
    """Whether it is certain who sent a packet, in words."""
    signature = found.packet.signature
    if signature is None:
        return StateValue(StateKind.WARN, "没有签名，不能确认是谁报送的，请打电话核对后再接收")
    mark = fingerprint(signature.public_key)
    if found.known_key:
        return StateValue(StateKind.OK, f"签名有效，与以往一致（指纹 {mark}）")
    return StateValue(StateKind.WARN, f"签名有效，但是首次收到，请打电话核对指纹 {mark}")
