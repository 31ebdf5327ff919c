"""The first row of a list: professions, 人员/机构, the kind where there are several, and the main acts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from suite.contract.commands import Actor
from suite.contract.declarations import RecordKind, SubjectRole
from suite.loader.catalog import Catalog
from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.panes import Bar
from suite.ui.kit.tabs import ProfessionTabs, Tab
from suite.ui.kit.tokens import S8, Height

PERSONS, BODIES = "人员", "机构"


def side_of(kind: RecordKind) -> str:
    """人员 or 机构; places stand with the bodies."""
    return PERSONS if kind.role is SubjectRole.PRACTITIONER else BODIES


def section_title(owner: str, catalog: Catalog) -> str:
    """What the rosters of a profession are called together; those that hold places only are 区划."""
    places = all(kind.role is SubjectRole.PLACE for kind in catalog.kinds_of(owner))
    return "区划" if places else catalog.titles[owner]


def readable_professions(actor: Actor, catalog: Catalog) -> tuple[str, ...]:
    """The professions whose rosters the actor may read, in the declared order."""
    return tuple(owner for owner in catalog.professions if actor.may(f"{owner}:roster:read"))


class RosterHead(Bar):
    """Shows where one is; the page decides what follows. `kind_wanted` carries a kind's key."""

    kind_wanted = Signal(str)
    import_wanted = Signal()
    export_wanted = Signal()
    new_wanted = Signal()
    coverage_wanted = Signal(str)  # key of a coverage

    def __init__(self, catalog: Catalog, professions: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__("window", Height.PROFESSION_TABS, parent)
        self._catalog = catalog
        self._professions = tuple(professions)
        self._kind: RecordKind | None = None
        self._last: dict[tuple[str, str], str] = {}
        self.tabs = ProfessionTabs()
        self.tabs.set_tabs([Tab(key=key, title=section_title(key, catalog)) for key in self._professions])
        self.row.addWidget(self.tabs, 1)
        self.tabs.setVisible(len(self._professions) > 1)
        self.row.addStretch()
        self.chooser = Button(arrow=True, look=Look.PLAIN, tip="换一种名册")
        self.row.addWidget(self.chooser)
        sides = QHBoxLayout()
        sides.setSpacing(0)
        self.sides = {PERSONS: Button(PERSONS), BODIES: Button(BODIES)}
        for button in self.sides.values():
            sides.addWidget(button)
        self.row.addLayout(sides)
        self.row.addSpacing(S8)
        self.coverage_button = Button("覆盖情况", icon_name="table")
        self.row.addWidget(self.coverage_button)
        self.import_button = Button("导入", icon_name="import")
        self.export_button = Button("导出", icon_name="export")
        self.new_button = Button("新增", icon_name="plus", look=Look.PRIMARY)
        for button in (self.import_button, self.export_button, self.new_button):
            self.row.addWidget(button)
        self.tabs.current_changed.connect(self._profession_chosen)
        self.chooser.clicked.connect(self._offer_kinds)
        for side, button in self.sides.items():
            button.clicked.connect(lambda _=False, side=side: self._side_chosen(side))
        self.coverage_button.clicked.connect(lambda: self.coverage_wanted.emit(self._coverage_key()))
        self.import_button.clicked.connect(self.import_wanted)
        self.export_button.clicked.connect(self.export_wanted)
        self.new_button.clicked.connect(self.new_wanted)

    def show_kind(self, kind: RecordKind, actor: Actor) -> None:
        """Mark the kind as current and say what may be done with it."""
        self._kind = kind
        side = side_of(kind)
        self._last[kind.owner, side] = kind.key
        self.tabs.set_tabs(self.tabs.tabs, current=kind.owner)
        present = {side_of(other) for other in self._catalog.kinds_of(kind.owner)}
        for name, button in self.sides.items():
            button.setVisible(len(present) > 1)
            button.set_look(Look.SET if name == side else Look.NORMAL)
            button.setAccessibleDescription("当前" if name == side else "")
        self.chooser.setVisible(len(self._siblings()) > 1)
        self.chooser.setText(kind.title)
        self.chooser.setAccessibleName(f"名册种类，现为{kind.title}")
        self.coverage_button.setVisible(bool(self._coverage_key()))
        self.new_button.setText("新增" + (side if len(present) > 1 or side == PERSONS else kind.title))
        for button, action, words in (
            (self.new_button, "roster:edit", "维护"),
            (self.import_button, "roster:import", "导入"),
            (self.export_button, "roster:export", "导出"),
        ):
            if actor.may(f"{kind.owner}:{action}"):
                button.allow()
            else:
                button.refuse(f"您没有{words}“{kind.title}”名册的权限，请联系科室管理员")

    def _coverage_key(self) -> str:
        """The coverage whose agreements this list holds, or that says who is served among its rows."""
        kind = self._kind.key if self._kind is not None else ""
        known = self._catalog.coverages.values()
        sides = [(one.by.kind, one.key) for one in known] + [(one.of.kind, one.key) for one in known]
        return next((key for side, key in sides if side == kind), "")

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Kind → how many are on its roster now; each tab tells the sum of the side that is shown."""
        side = side_of(self._kind) if self._kind is not None else PERSONS
        tabs = []
        for profession in self._professions:
            kinds = self._catalog.kinds_of(profession)
            shown = [kind for kind in kinds if side_of(kind) == side] or kinds
            known = [counts[kind.key] for kind in shown if kind.key in counts]
            total = sum(known) if len(known) == len(shown) else None
            tabs.append(Tab(key=profession, title=section_title(profession, self._catalog), count=total))
        self.tabs.set_tabs(tabs)

    def _siblings(self) -> list[RecordKind]:
        if self._kind is None:
            return []
        side = side_of(self._kind)
        return [kind for kind in self._catalog.kinds_of(self._kind.owner) if side_of(kind) == side]

    def _profession_chosen(self, profession: object) -> None:
        kinds = self._catalog.kinds_of(str(profession))
        side = side_of(self._kind) if self._kind is not None else PERSONS
        of_side = [kind for kind in kinds if side_of(kind) == side] or list(kinds)
        self.kind_wanted.emit(self._last.get((str(profession), side_of(of_side[0])), of_side[0].key))

    def _side_chosen(self, side: str) -> None:
        if self._kind is None:
            return
        kinds = [kind for kind in self._catalog.kinds_of(self._kind.owner) if side_of(kind) == side]
        if kinds:
            self.kind_wanted.emit(self._last.get((self._kind.owner, side), kinds[0].key))

    def _offer_kinds(self) -> None:
        menu = QMenu(self.chooser)
        for kind in self._siblings():
            action = menu.addAction(kind.title)
            action.setCheckable(True)
            action.setChecked(kind is self._kind)
            action.triggered.connect(lambda _=False, key=kind.key: self.kind_wanted.emit(key))
        self.chooser.open_menu(menu)
