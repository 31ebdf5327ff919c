"""Whose database this is, as partners read it: the name and the fingerprint of its signature in one bar."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from suite.kernel.exchange.houses import HouseLine
from suite.ui.kit.buttons import Button
from suite.ui.kit.panes import Bar
from suite.ui.kit.text import ElidedLabel, label
from suite.ui.kit.tokens import Height, TextSize

UNNAMED = "还没有设定。对方凭它知道是谁报送的，设定后才能报送和出具回执。"


class HouseBar(Bar):
    """`change` asks for another name."""

    def __init__(self, may_name: bool, parent: QWidget | None = None) -> None:
        super().__init__("head", Height.FILTER_BAR, parent)
        self.house: HouseLine | None = None
        self.row.addWidget(label("本单位名称", tone="text2"))
        self.name = ElidedLabel("正在读取…", bold=True)
        self.row.addWidget(self.name)
        self.mark = ElidedLabel("", tone="text2", size=TextSize.CAPTION)
        self.row.addWidget(self.mark, 1)
        self.change = Button("设定名称…", icon_name="edit")
        #: Why one may neither name the house nor give up a partner's signature; empty when one may.
        self.naming_refusal = "" if may_name else "设定名称和作废签名由系统管理员办理，您没有这项权限"
        self.change.set_refusal(self.naming_refusal)
        self.row.addWidget(self.change)

    def show_house(self, house: HouseLine) -> None:
        """Show who this is; while it has no name, why it needs one."""
        self.house = house
        self.name.setText(house.title or "未设定")
        signed = f"签名指纹 {house.fingerprint}，供对方电话核对" if house.fingerprint else ""
        self.mark.setText((signed or "签名在首次报送时生成") if house.title else UNNAMED)
        self.change.setText("修改名称…" if house.title else "设定名称…")

    @property
    def refusal(self) -> str:
        """Why nothing can be sent in the house's name; empty when it can."""
        return "" if self.house is not None and self.house.title else "请先设定本单位名称"
