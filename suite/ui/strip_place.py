"""The place of a page in which one strip at a time asks for an act and shows what refuses it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout

from suite.contract.commands import Command, Done
from suite.kernel.executor.executor import Deliver
from suite.ui.asking import Asking, Refusal
from suite.ui.desk import sentence_of
from suite.ui.kit.act_strip import ActStrip
from suite.ui.kit.bars import ConfirmStrip
from suite.ui.kit.page import Page

Strip = ActStrip | ConfirmStrip


class StripPlace(QObject):
    """The keyboard goes back to where the page begins when a strip goes. `began`: one is to be shown."""

    began = Signal()

    def __init__(self, page: Page, place: QVBoxLayout, asking: Asking) -> None:
        super().__init__(page)
        self._front = page
        self._place = place
        self._asking = asking
        self.strip: Strip | None = None

    def begin(self, strip: Strip) -> None:
        """Show a strip in place of the one that is open."""
        self.close()
        self.began.emit()
        self.strip = strip
        self._place.addWidget(strip)
        strip.dropped.connect(self.close)
        strip.begin()

    def close(self) -> bool:
        """Take the open strip away; False where none was open."""
        if self.strip is None:
            return False
        strip, self.strip = self.strip, None
        self._place.removeWidget(strip)
        strip.hide()
        strip.deleteLater()
        self._front.focus_start()
        return True

    def send(
        self,
        command: Command,
        on_done: Callable[[Done], object] | None = None,
        deliver: Deliver | None = None,
    ) -> None:
        """Carry out what the open strip asks for; it goes when that is done and tells when it is refused."""
        strip = self.strip

        def done(answer: Done) -> None:
            if strip is self.strip:
                self.close()
            if on_done is not None:
                on_done(answer)

        self._asking.run(command, done, lambda error: self.refused(strip, error), deliver=deliver)

    def refused(self, strip: Strip | None, error: Exception) -> None:
        """Show in a strip what refuses it; when it was closed meanwhile, the window tells."""
        refusal = Refusal(error)
        if strip is not self.strip:
            self._asking.desk.refused.emit(sentence_of(error))
            return
        if isinstance(strip, ActStrip):
            strip.set_problems(refusal.fields, refusal.others)
        elif strip is not None:
            strip.missing.setText("；".join([*refusal.fields.values(), *refusal.others]))
            strip.missing.show()
