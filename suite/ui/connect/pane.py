"""仅本机 or 市局数据库: the fields, a test with its diagnosis, and the act that opens or keeps the choice."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from suite import connecting
from suite.contract.problems import Problem, Refused
from suite.contract.states import StateKind
from suite.database.address import ServerAddress, Tls
from suite.settings import Settings
from suite.ui.background import Background
from suite.ui.connect.fields import (
    FILE,
    SECRET,
    SERVER,
    WHO,
    file_settings,
    file_values,
    server_settings,
    server_values,
)
from suite.ui.connect.outcome import Outcome
from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.checkbox import CheckBox
from suite.ui.kit.form import Form, SectionSpec
from suite.ui.kit.panes import Bar, Pane, rule
from suite.ui.kit.radio import Radio
from suite.ui.kit.text import label
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import S8, S12, S16, Height, TextSize

WIDEST = 760
LOCAL_NOTE = "数据只在这台电脑上，一个文件，不需要服务器和网络。"
SERVER_NOTE = "与各科室、区县共用一个数据库。地址和登录名向系统管理员索取。"
OLDER = "database.older"
#: No fault of anybody's: without a keyring the password is typed at every start.
NOT_YET_TYPED = ("database.password_missing", "login.password_needed")


class ConnectPane(QWidget):
    """`chosen` carries the settings (with the typed password) and whether to keep the password.

    `act`: the word of the main button; empty says by itself what opening will do.
    """

    chosen = Signal(object, bool)
    edited = Signal()
    _upgrading = Signal(str)

    def __init__(self, settings: Settings, *, act: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._act = act
        self._background = Background(self)
        self._keyring: str | None = None
        self._asks_secret = False
        outer = QHBoxLayout(self)
        outer.setContentsMargins(S12, S12, S12, S12)
        self.pane = Pane("数据库连接")
        outer.addStretch(1)
        middle = QVBoxLayout()
        middle.addWidget(self.pane)
        middle.addStretch(1)
        outer.addLayout(middle, 20)
        outer.addStretch(1)
        self._lay_out()
        self._connect()
        self.show_settings(settings)
        self._restyle()
        theme().changed.connect(self._restyle)

    def _lay_out(self) -> None:
        body = self.pane.body
        choice = Bar("surface", Height.FILTER_BAR)
        self.local, self.server = Radio("仅本机", "仅本机"), Radio("市局数据库", "市局数据库")
        self._group = QButtonGroup(self)
        for radio in (self.local, self.server):
            self._group.addButton(radio)
            choice.row.addWidget(radio)
        choice.row.addStretch()
        body.addWidget(choice)
        self.note = label("", tone="text2", size=TextSize.CAPTION)
        self.note.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.note.setContentsMargins(S16, 0, S16, 0)
        body.addWidget(self.note)
        self.file_form = Form([SectionSpec(title="", fields=FILE)])
        self.who_form = Form([SectionSpec(title="", fields=WHO)])
        self.secret_form = Form([SectionSpec(title="", fields=SECRET)])
        self.secret_form.hide()
        self.server_form = Form([SectionSpec(title="", fields=SERVER)])
        self.browse = Button("选择文件…")
        file_row = self.file_form.rows["file"].editor.row
        file_row.addWidget(self.browse)
        for form in self._forms:
            form.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
            body.addWidget(form)
        keep = QHBoxLayout()
        keep.setContentsMargins(S16, 0, S16, S8)
        self.keep = CheckBox("记住密码")
        self.keep_note = label("", tone="text2", size=TextSize.CAPTION)
        keep.addWidget(self.keep)
        keep.addWidget(self.keep_note)
        keep.addStretch()
        self._keep_row = QWidget()
        self._keep_row.setLayout(keep)
        body.addWidget(self._keep_row)
        body.addWidget(rule())
        self.outcome = Outcome()
        body.addWidget(self.outcome)
        foot = Bar("foot", Height.BAR)
        self.test = Button("测试连接")
        self.go = Button("", look=Look.PRIMARY)
        foot.row.addStretch()
        foot.row.addWidget(self.test)
        foot.row.addWidget(self.go)
        body.addWidget(foot)

    def _connect(self) -> None:
        self._group.buttonToggled.connect(lambda _button, on: self._show_mode() if on else None)
        self._group.buttonToggled.connect(lambda _button, _on: self.edited.emit())
        self.server_form.changed.connect(lambda _: self._show_root())
        self.file_form.changed.connect(lambda _: self._name_act())
        for form in self._forms:
            form.changed.connect(lambda _: self.outcome.hide())
            form.changed.connect(lambda _: self.edited.emit())
            list(form.rows.values())[-1].editor.entered.connect(self.submit)
        self.browse.clicked.connect(self._browse)
        self.test.clicked.connect(self.try_out)
        self.go.clicked.connect(self.submit)
        self.outcome.act_wanted.connect(self._upgrade)
        self._upgrading.connect(self._tell_upgrading)

    def _restyle(self) -> None:
        self.pane.setMaximumWidth(theme().pixels(WIDEST))

    # What is shown.

    def show_settings(self, settings: Settings) -> None:
        """Fill the fields; what was typed goes."""
        self._settings = settings
        self.server_form.set_values(server_values(settings))
        self.file_form.set_values(file_values(settings))
        self.who_form.set_values({"login": settings.login or None})
        self.secret_form.set_values({"password": None})
        self._asks_secret = False
        remote = ServerAddress.of(settings.url) is not None
        (self.server if remote else self.local).setChecked(True)
        self._show_mode()
        self._background.start(
            lambda: (connecting.keyring_title(), connecting.has_kept_password(settings)),
            self._keyring_known,
            lambda _error: self._keyring_known(("", False)),
        )

    def is_edited(self) -> bool:
        """Whether what stands in the fields is another choice than the one that was shown."""
        remote = ServerAddress.of(self._settings.url) is not None
        form = self.server_form if self.server.isChecked() else self.file_form
        return self.server.isChecked() != remote or form.changed_count() > 0

    def _keyring_known(self, found: tuple[str, bool]) -> None:
        self._keyring, kept = found
        self.keep.setEnabled(bool(self._keyring))
        self.keep.setChecked(kept)
        words = f"存入系统密钥环（{self._keyring}），不写入文件"
        self.keep_note.setText(words if self._keyring else "系统没有可用的密钥环，每次打开时输入密码")
        if kept:
            self.server_form.rows["password"].editor.line.setPlaceholderText("已记住，不改则不填")  # type: ignore[attr-defined]  # a SecretEditor

    def _show_mode(self) -> None:
        remote = self.server.isChecked()
        self.note.setText(SERVER_NOTE if remote else LOCAL_NOTE)
        self.server_form.setVisible(remote)
        self._keep_row.setVisible(remote)
        self.file_form.setVisible(not remote)
        self.who_form.setVisible(not remote and (self._asks_who or self._asks_secret))
        self.secret_form.setVisible(not remote and self._asks_secret)
        self.outcome.hide()
        self._show_root()
        self._name_act()

    @property
    def _forms(self) -> tuple[Form, ...]:
        return self.file_form, self.who_form, self.secret_form, self.server_form

    @property
    def _asks_who(self) -> bool:
        return bool(self._settings.login)

    def _show_root(self) -> None:
        verifies = self.server_form.rows["tls"].current() == Tls.VERIFY.value
        self.server_form.rows["root"].setVisible(verifies)

    def _name_act(self) -> None:
        if self._act:
            self.go.setText(self._act)
        elif self.server.isChecked():
            self.go.setText("连接并打开")
        else:
            path = self.file_form.rows["file"].current()
            there = bool(path) and not connecting.is_missing(replace(self._settings, database=str(path)))
            self.go.setText("打开" if there else "建立并打开")

    def show_problem(self, problem: Problem) -> None:
        """Say why the database was not opened; asks who works where a password is wanted."""
        self._free()
        local = self.local.isChecked()
        if local and problem.code in connecting.ASKS_PASSWORD:
            self._asks_secret = True
            self.who_form.show()
            self.secret_form.show()
            row = self.secret_form.rows["password"] if self._settings.login else self.who_form.rows["login"]
            row.editor.setFocus()
        elif problem.code in connecting.ASKS_PASSWORD:
            self.server_form.rows["password"].editor.setFocus()
        if problem.code in NOT_YET_TYPED:
            self.outcome.tell(StateKind.NEUTRAL, "请填写密码。")
        else:
            self.outcome.tell_problem(problem, act="升级数据库" if local and problem.code == OLDER else "")

    # Acts.

    def typed(self) -> Settings | None:
        """The settings as they stand in the fields; None after showing beside them what is wrong."""
        if self.server.isChecked():
            if not self._checked(self.server_form):
                return None
            try:
                return server_settings(self._settings, _values(self.server_form))
            except ValueError as error:
                self.server_form.set_problems({"hosts": str(error)})
                self.server_form.focus_first_problem()
                return None
        asked = [form for form in (self.who_form, self.secret_form) if not form.isHidden()]
        if not all(self._checked(form) for form in (self.file_form, *asked)):
            return None
        who: dict[str, object] = {"login": self._settings.login}
        for form in asked:
            who |= _values(form)
        return file_settings(self._settings, _values(self.file_form), who)

    def _checked(self, form: Form) -> bool:
        return form.check() or not form.focus_first_problem()

    def try_out(self) -> None:
        """Look whether a desk could work with it; says what is wrong and what to do."""
        settings = self.typed()
        if settings is not None:
            self._busy("正在测试…")
            self._background.start(partial(connecting.diagnose, settings), self._tried, self._failed)

    def _tried(self, found: connecting.Diagnosis) -> None:
        self._free()
        local = self.local.isChecked()
        code = found.problem.code if found.problem is not None else ""
        if local and code == "database.absent":
            self.outcome.tell(StateKind.NEUTRAL, "这个文件还不存在。", f"点“{self.go.text()}”即可新建。")
            return
        self.outcome.tell_diagnosis(found, act="升级数据库" if local and code == OLDER else "")

    def submit(self) -> bool:
        """Send the choice; False where a field is wrong or something is under way."""
        settings = self.typed() if self.go.isEnabled() else None
        if settings is not None:
            self._busy("正在保存…" if self._act else "正在打开…")
            self.chosen.emit(settings, self.keep.isChecked())
        return settings is not None

    def revert(self) -> None:
        """Show again what was there before anybody typed."""
        self.show_settings(self._settings)

    def _upgrade(self) -> None:
        settings = self.typed()
        if settings is not None:
            self._busy("正在升级…")
            self._background.start(
                partial(connecting.upgrade_file, settings, self._hear),
                lambda _done: self._upgraded(),
                self._failed,
            )

    def _hear(self, what: str, done: int, total: int) -> None:
        """How far it is, said on the worker thread."""
        with suppress(RuntimeError):  # of a window that was closed meanwhile; the upgrade goes on
            self._upgrading.emit(f"正在升级… {what} {done:,} / {total:,}")

    def _tell_upgrading(self, words: str) -> None:
        # The last word may come after the answer.
        if self._background.busy:
            self._busy(words)

    def _upgraded(self) -> None:
        self._free()
        self.outcome.tell(StateKind.OK, "已升级，升级前的副本在同一文件夹中。", f"点“{self.go.text()}”继续。")

    def _failed(self, error: Exception) -> None:
        self._free()
        if isinstance(error, Refused):
            self.outcome.tell_problem(error.problems[0])
        else:
            self.fail(f"未能完成（{type(error).__name__}）。", "请将日志转告系统管理员。")

    def fail(self, fact: str, cure: str) -> None:
        """Say that something could not be done."""
        self._free()
        self.outcome.tell(StateKind.BAD, fact, cure)

    def told(self, fact: str, cure: str = "") -> None:
        """Say that something was done."""
        self._free()
        self.outcome.tell(StateKind.OK, fact, cure)

    def _busy(self, words: str) -> None:
        self.outcome.tell(StateKind.RUN, words)
        for button in (self.test, self.go):
            button.setEnabled(False)

    def _free(self) -> None:
        for button in (self.test, self.go):
            button.setEnabled(True)

    def _browse(self) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self, "选择数据文件", str(self.file_form.rows["file"].current() or ""), "数据文件 (*.db)",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )  # fmt: skip
        if path:
            self.file_form.rows["file"].set_stored(path)
            self._name_act()

    def focus_start(self) -> None:
        """The keyboard goes to the first thing to fill in, or to the act where all is filled."""
        form = self.server_form if self.server.isChecked() else self.file_form
        empty = next((row for row in form.rows.values() if not row.current() and row.isVisible()), None)
        (empty.editor if empty is not None else self.go).setFocus(Qt.FocusReason.OtherFocusReason)


def _values(form: Form) -> dict[str, object]:
    return {key: row.current() for key, row in form.rows.items()}
