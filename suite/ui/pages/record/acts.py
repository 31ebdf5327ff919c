"""The formal acts on a record: each opens a strip in place, sends its command, and shows what refuses it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from suite.contract.commands import Command, Done
from suite.contract.declarations import FieldType
from suite.kernel.registry.commands import CorrectHistory, RecordLicenceEvent, VoidHistory
from suite.kernel.registry.rules import stored
from suite.ui.asking import Refusal
from suite.ui.kit.act_strip import ActStrip
from suite.ui.kit.bars import ConfirmStrip
from suite.ui.kit.fields import Choice, FieldKind, FieldSpec
from suite.ui.pages.record.merging import Submission
from suite.ui.pages.record.strips import ChangeStrip, correction_strip, event_fields, licence_strip
from suite.ui.pages.record.tables import Entry
from suite.ui.pages.record.wording import Words

if TYPE_CHECKING:
    from suite.ui.pages.record.page import RecordPage

SINCE = FieldSpec(key="from_date", title="起", kind=FieldKind.DATE, required=True, quiet=True)


class RecordActs(QObject):
    """One strip at a time, below the tabs of the page."""

    def __init__(self, page: RecordPage, place: QVBoxLayout) -> None:
        super().__init__(page)
        self._page = page
        self._place = place
        self.strip: ActStrip | ConfirmStrip | None = None

    @property
    def is_dirty(self) -> bool:
        """Whether something was typed in the open strip."""
        if isinstance(self.strip, ActStrip):
            return self.strip.is_dirty
        return self.strip is not None and bool(self.strip.reason.text().strip())

    def submit(self) -> None:
        """Do what the open strip says, as its button does."""
        if self.strip is not None:
            self.strip.act.click()

    def close(self) -> bool:
        """Take the strip away; False if none was open."""
        if self.strip is None:
            return False
        strip, self.strip = self.strip, None
        self._place.removeWidget(strip)
        strip.hide()
        strip.deleteLater()
        self._page.edited()
        return True

    def _open(self, strip: ActStrip | ConfirmStrip) -> None:
        self.close()
        self.strip = strip
        self._place.addWidget(strip)
        strip.dropped.connect(self.close)
        if isinstance(strip, ActStrip):
            strip.edited.connect(self._page.edited)
            strip.form.changed.connect(lambda _: self._page.edited())
        strip.begin()
        self._page.edited()

    def _run(self, command: Command, reason: str) -> None:
        strip = self.strip
        self._page.asking.run(command, self._done, lambda error: self._refused(strip, error), reason=reason)

    def _done(self, done: Done) -> None:
        self.close()
        self._page.load()

    def _refused(self, strip: QWidget | None, error: Exception) -> None:
        refusal = Refusal(error)
        if isinstance(strip, ActStrip) and strip is self.strip:
            strip.set_problems(refusal.fields, refusal.others)
        elif isinstance(strip, ConfirmStrip) and strip is self.strip:
            strip.missing.setText("；".join([*refusal.fields.values(), *refusal.others]))
            strip.missing.show()

    # 变更登记.

    def ask_change(self, key: str) -> None:
        """Change a fact from a day on; an open strip takes up one more."""
        page = self._page
        if page.words is None or page.loaded is None:
            return
        field = page.words.kind.by_key[key]
        if isinstance(self.strip, ChangeStrip):
            self.strip.add(field)
            return
        page.past.leave()
        strip = ChangeStrip(page.words, page.loaded.file.values, page.lookups.complete, page.desk.suite.today)
        strip.add(field)
        self._open(strip)
        strip.submitted.connect(lambda: self._change(strip))
        strip.form.rows[key].editor.setFocus()

    def _change(self, strip: ChangeStrip) -> None:
        page = self._page
        changes = strip.changes()
        if page.loaded is None or page.words is None:
            return
        if not changes:
            unchanged = {field.key: "与现值相同，请填写变更后的内容" for field in strip.fields}
            strip.set_problems(unchanged)
            return
        submission = Submission(
            changes=changes,
            base=page.loaded.file.values,
            version=page.loaded.file.version,
            effective_on=strip.value("effective_on"),
            reason=str(strip.value("reason")),
        )

        def refused(refusal: Refusal) -> None:
            if strip is self.strip:
                strip.set_problems(refusal.fields, refusal.others)

        page.saving.send(submission, saved=self._done, refused=refused)

    # 许可变动.

    def ask_licence(self) -> None:
        """Record a decision on a licence."""
        page = self._page
        if page.words is None or page.loaded is None or not page.loaded.file.licences:
            return
        page.past.leave()
        licences = [
            (licence.id, f"{licence.title} {licence.number or ''}") for licence in page.loaded.file.licences
        ]
        strip = licence_strip(page.words, licences, page.desk.suite.today)
        self._open(strip)
        strip.submitted.connect(lambda: self._licence(strip))

    def _licence(self, strip: ActStrip) -> None:
        def text(key: str) -> str:
            return str(strip.value(key) or "")

        command = RecordLicenceEvent(
            kind=self._page.kind_key,
            licence_id=int(strip.value("licence_id")),
            state=text("state"),
            on_date=strip.value("on_date"),
            document_no=text("document_no"),
            decided_by=text("decided_by"),
            note=text("note"),
        )
        self._run(command, text("note"))

    # 更正 and 作废.

    def ask_correction(self, entry: Entry) -> None:
        """Correct a wrongly entered entry of history."""
        words = self._page.words
        if words is None:
            return
        found = self._correction(words, entry)
        if found is None:
            return
        title, specs, values = found
        strip = correction_strip(title, specs, values, self._page.desk.suite.today)
        self._open(strip)
        strip.submitted.connect(lambda: self._correct(strip, entry))

    def _correction(
        self, words: Words, entry: Entry
    ) -> tuple[str, list[FieldSpec], dict[str, object]] | None:
        loaded, (kind, number) = self._page.loaded, entry
        if loaded is None:
            return None
        file = loaded.file
        if kind == "post":
            post = next(line for line in file.posts if line.id == number)
            body = words.spec(words.kind.by_key["body_id"], self._page.lookups.complete)
            spec = FieldSpec(
                key="body_id", title=body.title, kind=FieldKind.LINK, required=True, complete=body.complete
            )
            values: dict[str, object] = {
                "body_id": Choice(post.body_id, post.body),
                "from_date": post.from_date,
            }
            return f"更正{body.title}“{post.body}”", [spec, SINCE], values
        if kind == "dated":
            line = next(line for line in file.dated if line.id == number)
            field = words.kind.by_key.get(line.field)
            if field is None:
                return None
            shown = words.spec(field, self._page.lookups.complete)
            spec = FieldSpec(
                key="value", title=shown.title, kind=shown.kind, choices=shown.choices, places=shown.places
            )
            specs = [spec, SINCE] if line.from_date is not None else [spec]
            return (
                f"更正{line.title}",
                specs,
                {"value": _typed(field.type, line.value), "from_date": line.from_date},
            )
        event = next(item for licence in file.licences for item in licence.events if item.id == number)
        return (
            "更正许可变动",
            event_fields(words),
            {
                "state": event.state,
                "on_date": event.on_date,
                "document_no": event.document_no,
                "decided_by": event.decided_by,
                "note": event.note,
            },
        )

    def _correct(self, strip: ActStrip, entry: Entry) -> None:
        kind, number = entry
        changed = strip.form.changes()
        reason = str(changed.pop("reason", ""))
        values = {key: value.value if isinstance(value, Choice) else value for key, value in changed.items()}
        if "value" in values:
            values["value"] = stored(values["value"])
        if not values:
            strip.set_problems({}, ["没有改动，请填写正确的内容"])
            return
        self._run(
            CorrectHistory(
                kind=self._page.kind_key, entry=kind, entry_id=number, reason=reason, values=values
            ),
            reason,
        )

    def ask_void(self, entry: Entry) -> None:
        """Void a wrongly entered entry of history."""
        strip = ConfirmStrip(
            "作废后这一条不再参与计算，在它之前的登记继续有效；原记录划线保留，可在此查看。", "作废这一条"
        )
        self._open(strip)
        kind, number = entry
        strip.confirmed.connect(
            lambda reason: self._run(
                VoidHistory(kind=self._page.kind_key, entry=kind, entry_id=number, reason=reason), reason
            )
        )

    # 历史版本.

    def ask_past(self) -> None:
        """Ask for the day as of which the record is shown."""
        today = self._page.desk.suite.today
        strip = ActStrip("查看过去某日的档案", "查看", today, note="也可以点执业沿革上的任意一天。")
        strip.show_fields(
            [FieldSpec(key="day", title="日期", kind=FieldKind.DATE, required=True, quiet=True)], {}
        )
        self._open(strip)
        strip.submitted.connect(lambda: self._past(strip.value("day")))

    def _past(self, day: dt.date) -> None:
        self.close()
        self._page.past.show(day)


def _typed(kind: FieldType, value: str | None) -> object:
    """A value of dated history as its editor takes it."""
    if value is None:
        return None
    if kind is FieldType.DATE:
        return dt.date.fromisoformat(value)
    if kind is FieldType.BOOLEAN:
        return value == "true"
    return value
