"""What is done on the desk: handing all work over for some days, letting somebody sign, taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from suite.kernel.casework.handing_over import DelegateSignature, EndHandOver, HandOverWork
from suite.ui.asking import Refusal
from suite.ui.kit.act_strip import REASON, ActStrip
from suite.ui.kit.fields import Choice, FieldKind, FieldSpec
from suite.ui.strip_place import Strip, StripPlace

if TYPE_CHECKING:
    from suite.ui.pages.today.page import TodayPage


class DeskActs(StripPlace):
    """Belongs to one desk."""

    def __init__(self, page: TodayPage, place: QVBoxLayout) -> None:
        super().__init__(page, place, page.asking)
        self._page = page

    def ask_hand_over(self) -> None:
        """All open work, with the signature."""
        note = "名下全部在办件、期限和审批由同事代办；截止日的次日自动收回，不必再办手续。"
        self._ask("移交全部工作", "移交", note, HandOverWork)

    def ask_delegate(self) -> None:
        """The signature only."""
        note = "同事代为审批，记录写明代签；截止日的次日自动收回。"
        self._ask("委托审批", "委托", note, DelegateSignature)

    def end(self, hand_over: int) -> None:
        """Take it back today."""
        self.send(EndHandOver(hand_over=hand_over))

    def _ask(
        self, title: str, act: str, note: str, made: type[HandOverWork] | type[DelegateSignature]
    ) -> None:
        page = self._page
        me = page.desk.actor.login
        people = tuple(Choice(login, name, note=login) for login, name in page.users if login != me)
        strip = ActStrip(title, act, page.desk.suite.today, note=note, ahead=True)
        fields = (
            FieldSpec(
                key="to", title="交给", kind=FieldKind.CHOICE, choices=people, required=True, quiet=True
            ),
            FieldSpec(key="first_day", title="自", kind=FieldKind.DATE, required=True, quiet=True),
            FieldSpec(key="until", title="至（含当日）", kind=FieldKind.DATE, required=True, quiet=True),
            REASON,
        )
        strip.show_fields(fields, {"first_day": page.desk.suite.today})
        strip.submitted.connect(
            lambda: self.send(
                made(
                    to=str(strip.value("to")),
                    first_day=strip.value("first_day"),
                    until=strip.value("until"),
                    reason=str(strip.value("reason") or ""),
                )
            )
        )
        self.begin(strip)

    def refused(self, strip: Strip | None, error: Exception) -> None:
        """Beside the fields; what is refused without a form is told above the desk."""
        if strip is None:
            refusal = Refusal(error)
            self._page.tell("　".join([*refusal.fields.values(), *refusal.others]))
            return
        super().refused(strip, error)
