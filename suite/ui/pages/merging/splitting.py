"""拆分个人: the persons behind several records; some of these get a person of their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from suite.contract.code_sets import members
from suite.contract.declarations import RecordKind
from suite.contract.problems import Refused
from suite.kernel.registry.merging_commands import SplitPerson
from suite.kernel.registry.merging_queries import SharedPerson, SharedRecord
from suite.loader.catalog import Catalog
from suite.ui.asking import Asking
from suite.ui.desk import sentence_of
from suite.ui.kit.act_strip import REASON, ActStrip
from suite.ui.kit.buttons import Button
from suite.ui.kit.columns import Column
from suite.ui.kit.fields import Choice, FieldKind, FieldSpec
from suite.ui.kit.notices import EmptyState
from suite.ui.kit.panes import Bar, Frame
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.table import TableView
from suite.ui.kit.text import ElidedLabel

COLUMNS = (
    Column(key="name", title="姓名", width=140),
    Column(key="records", title="同属一人的档案", width=420, stretch=True, least=240),
)
TAKES = FieldSpec(
    key="takes",
    title="一并分出",
    kind=FieldKind.CHOICES,
    choices=(Choice("id_number", "证件号码"), Choice("phone", "联系电话")),
    placeholder="不选则留在原个人",
    quiet=True,
)


class SplitView(Frame):
    """The list of persons, and the strip below it in which one is parted."""

    def __init__(self, catalog: Catalog, today: dt.date, asking: Asking) -> None:
        super().__init__("surface")
        self._catalog, self._asking = catalog, asking
        self._kind = ""
        self._parted: int | None = None
        self.people: list[SharedPerson] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._source = ListSource()
        self.table = TableView(RowTableModel(COLUMNS, self._source))
        self.table.setAccessibleName("同属一人的档案")
        column.addWidget(self.table, 1)
        self.empty = EmptyState("这种名册中没有一人多份档案的情形，无须拆分。")
        column.addWidget(self.empty, 1)
        self.strip = ActStrip(
            "拆分个人",
            "拆分个人",
            today,
            note="所选档案改属另一个人，其余留在原个人；个人信息两边各有一份，号码只归一方。可以撤销。",
        )
        self.strip.hide()
        column.addWidget(self.strip)
        foot = Bar("foot", 44)
        self.told = ElidedLabel("误把两个人登记成一人时，在此分开。", tone="text2")
        self.split = Button("拆分个人…")
        foot.row.addWidget(self.told, 1)
        foot.row.addWidget(self.split)
        column.addWidget(foot)
        self.split.clicked.connect(self.begin)
        self.table.row_opened.connect(lambda _row, _key: self.begin())
        self.table.row_settled.connect(lambda _row, key: self._settle(key))
        self.strip.submitted.connect(self._submit)
        self.strip.dropped.connect(self.drop_strip)

    def show_people(self, kind: RecordKind, people: Sequence[SharedPerson]) -> None:
        """Show the persons with a record of the kind."""
        self._kind, self.people = kind.key, list(people)
        rows = [
            (person.records[0].name, "、".join(map(self._title, person.records))) for person in self.people
        ]
        self._source.set_rows(rows, [person.person_id for person in self.people])
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        if rows:
            self.split.allow()
            if self.table.current_row < 0:
                self.table.select_row(0)
        else:
            self.split.refuse("没有可拆分的个人")

    def _title(self, record: SharedRecord) -> str:
        return f"{self._catalog.kinds[record.kind].title} {record.main_no or f'#{record.subject_id}'}"

    @property
    def current(self) -> SharedPerson | None:
        """The person that is selected."""
        row = self.table.current_row
        return self.people[row] if 0 <= row < len(self.people) else None

    def begin(self) -> None:
        """Open the strip for the selected person."""
        person = self.current
        if person is None:
            return
        moving = FieldSpec(
            key="moving",
            title="分出的档案",
            kind=FieldKind.CHOICES,
            required=True,
            choices=tuple(Choice(str(one.subject_id), self._title(one)) for one in person.records),
            placeholder="至少一份，至少留一份",
            quiet=True,
            wide=True,
        )
        self._parted = person.person_id
        # What was typed for another person is not this one's.
        self.strip.show_fields([], {})
        self.strip.show_fields([moving, TAKES, REASON], {})
        self.strip.begin()

    def _settle(self, person_id: object) -> None:
        # A row settles a little after it was chosen, when the strip for it may be open already.
        if person_id != self._parted:
            self.drop_strip()

    def drop_strip(self) -> bool:
        """Close the strip; False where it was not open."""
        if self.strip.isHidden():
            return False
        self.strip.hide()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _submit(self) -> None:
        person = self.current
        if person is None:
            return
        moving = tuple(map(int, members(self.strip.value("moving"))))
        stay = [record for record in person.records if record.subject_id not in moving]
        # Where none would stay the kernel refuses, and says what to do.
        stays = next((one for one in stay if one.kind == self._kind), (stay or person.records)[0])
        command = SplitPerson(
            kind=stays.kind,
            subject_id=stays.subject_id,
            moving=moving,
            takes=tuple(members(self.strip.value("takes"))),
            reason=str(self.strip.value("reason") or ""),
        )
        self._asking.run(command, lambda _done: self.drop_strip(), self._not_split)

    def _not_split(self, error: Exception) -> None:
        problems = error.problems if isinstance(error, Refused) else ()
        placed = {one.field: one.text for one in problems if one.field and one.field in self.strip.form.rows}
        self.strip.set_problems(placed, () if placed else (sentence_of(error),))
