"""迎检包: choose numbers and cases, get them with evidence, page list, digests and what is missing."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING

from suite.contract.states import StateKind
from suite.database.engine import ReadSession
from suite.kernel.executor.executor import Cancelled
from suite.kernel.indicators.snapshots import SnapshotLine, snapshots
from suite.kernel.reports.inspection_pack import Packed, pack_refusal, write_pack
from suite.kernel.reports.pack_orders import pack_order
from suite.ui.desk import Ticket
from suite.ui.kit.columns import Column, ColumnKind
from suite.ui.kit.fields import Choice, FieldKind, FieldSpec
from suite.ui.kit.file_dialogs import ARCHIVE, saving_path
from suite.ui.kit.form import Form, SectionSpec
from suite.ui.kit.state import StateValue
from suite.ui.pages.reports.part import ReportsPart

if TYPE_CHECKING:
    from suite.ui.pages.reports.page import ReportsPage

COLUMNS = (
    Column(key="state", title="状态", kind=ColumnKind.STATE, width=92),
    Column(key="name", title="文件或材料", width=420, stretch=True, least=300),
    Column(key="pages", title="页数", width=60),
    Column(key="note", title="说明", width=380),
)
IN = StateValue(StateKind.OK, "已放入")
MISSING = StateValue(StateKind.WARN, "缺件")
LIVE, NO_KIND = "live", ""
BETWEEN = re.compile(r"[\s,，、;；]+")
INVITATION = (
    "填好上面的内容，点“生成迎检包”。包内有目录、指标的算式和名单、办件的卷宗或文书（证件号码、电话和投诉人身份已遮蔽）、"
    "SHA-256 清单和缺件清单。"
)


class PacksPart(ReportsPart):
    """A form above, and below what the last pack holds and lacks."""

    def __init__(self, page: ReportsPage) -> None:
        super().__init__(page, "迎检包的内容", COLUMNS)
        self.known: list[SnapshotLine] = []
        self.packed: Packed | None = None
        self.form = Form(())
        self.column.insertWidget(1, self.form)
        self.make = self.add_act("生成迎检包…", self.ask_place, icon="export", primary=True)
        self.make.set_refusal(pack_refusal(page.desk.actor, page.desk.suite.catalog))
        self.empty.set_sentence(INVITATION)

    def refresh(self) -> None:
        def query(session: ReadSession) -> list[SnapshotLine]:
            return snapshots(session)

        self.page.asking.read(query, self._came, self.lost)

    def _came(self, found: list[SnapshotLine]) -> None:
        if self.form.rows and found == self.known:
            return
        self.known = found
        catalog, today = self.page.desk.suite.catalog, self.page.desk.suite.today
        actor = self.page.desk.actor
        sources = [Choice(LIVE, f"实时（{today}）")]
        sources += [Choice(str(line.id), line.title, f"截至 {line.as_of}") for line in found]
        kinds = [Choice(NO_KIND, "不按种类放入")]
        kinds += [
            Choice(kind.key, f"{catalog.titles[kind.owner]}·{kind.title}")
            for kind in catalog.case_kinds.values()
            if actor.may(f"{kind.rights}:case:read")
        ]
        specs = (
            FieldSpec(key="title", title="名称", required=True, quiet=True),
            FieldSpec(key="reason", title="事由", quiet=True, placeholder="哪次检查；记入操作痕迹"),
            FieldSpec(
                key="numbers", title="指标序号", quiet=True, placeholder="如 11、20、T9；不放指标则不填"
            ),
            FieldSpec(
                key="snapshot", title="指标取自", kind=FieldKind.CHOICE, choices=tuple(sources), quiet=True
            ),
            FieldSpec(key="cases", title="办件案号", quiet=True, placeholder="几件用顿号隔开", wide=True),
            FieldSpec(key="kind", title="办件种类", kind=FieldKind.CHOICE, choices=tuple(kinds), quiet=True),
            FieldSpec(key="first", title="立案自", kind=FieldKind.DATE, quiet=True),
            FieldSpec(key="last", title="立案至", kind=FieldKind.DATE, quiet=True),
        )
        former, self.form = self.form, Form([SectionSpec(title="", fields=specs)])
        self.form.set_values(
            {
                "title": "迎检材料",
                "snapshot": LIVE,
                "kind": NO_KIND,
                "first": dt.date(today.year, 1, 1),
                "last": today,
            }
        )
        self.column.replaceWidget(former, self.form)
        former.hide()
        former.deleteLater()

    def value(self, key: str) -> object:
        """What stands in a field of the form."""
        return self.form.rows[key].current()

    def ask_place(self) -> None:
        """Where to put it, by the system's dialog."""
        if not self.form.rows or not self.form.check():
            return
        name = str(self.value("title") or "迎检材料")
        path = saving_path(self, "生成迎检包", f"{name}.zip", ARCHIVE)
        if path is not None:
            self.make_to(path)

    def make_to(self, path: Path) -> None:
        """Collect everything, off this thread; 取消 leaves nothing behind."""
        suite, actor = self.page.desk.suite, self.page.desk.actor
        snapshot = str(self.value("snapshot") or LIVE)
        first, last = self.value("first"), self.value("last")
        numbers, cases = (
            tuple(part for part in BETWEEN.split(str(self.value(key) or "")) if part)
            for key in ("numbers", "cases")
        )
        title, kind = str(self.value("title") or ""), str(self.value("kind") or "")
        reason = str(self.value("reason") or "")

        def write(ticket: Ticket) -> Packed:
            def progress(what: str, done: int, total: int) -> None:
                if ticket.cancelled:
                    raise Cancelled("已取消，没有写出迎检包。")
                ticket.progressed.emit(what, done, total)

            with suite.reading() as session:
                order = pack_order(
                    session,
                    actor,
                    suite.catalog,
                    title=title,
                    numbers=numbers,
                    snapshot="" if snapshot == LIVE else f"#{snapshot}",
                    today=suite.today,
                    cases=cases,
                    kind=kind,
                    first=first if isinstance(first, dt.date) else None,
                    last=last if isinstance(last, dt.date) else None,
                )
                return write_pack(
                    session,
                    actor,
                    suite.catalog,
                    order,
                    path,
                    reason=reason,
                    run=suite.run,
                    progress=progress,
                )

        self.page.work.begin("生成迎检包", write, lambda made: self._made(path, made))

    def _made(self, path: Path, made: Packed) -> None:
        self.packed = made
        rows: list[tuple[object, ...]] = [
            (MISSING, f"{item.of}　{item.what}", "", item.why) for item in made.missing
        ]
        rows += [(IN, name, "" if pages is None else str(pages), note) for name, pages, note, _ in made.files]
        self.show_rows(rows, list(range(len(rows))), INVITATION)
        told = f"{len(made.files)} 个文件，{made.pages} 页，缺件 {len(made.missing)} 项"
        self.said.setText(f"{path.name}：{told}")
        self.page.happened.emit(f"已生成 {path.name}：{told}")

    def focus_start(self) -> None:
        """The keyboard goes to the form."""
        first = next(iter(self.form.rows.values()), None)
        (first.editor if first is not None else self.table).setFocus()
