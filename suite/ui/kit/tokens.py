"""Colours, sizes and spacing of the suite: the only place that holds a hex value or a pixel size."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final, Literal, get_args

TokenName = Literal[
    "window", "surface", "sunken", "header", "hair", "mid", "btn", "ctl",
    "text1", "text2", "text3",
    "accent", "accent_fill", "on_fill", "accent_tint", "accent_sel",
    "bad", "bad_tint", "warn", "warn_tint", "ok", "ok_tint", "pause", "pause_tint",
    "neutral", "neutral_tint",
    "data1", "data2", "data3", "heat0", "heat1", "seal", "badge", "veil",
]  # fmt: skip

TOKEN_NAMES: Final[tuple[str, ...]] = get_args(TokenName)


# Without comparison and repr: generating them for this many fields costs milliseconds at every start.
@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Tokens:
    """One colour scheme. Every value is `#RRGGBB`, except `veil`, which is `#AARRGGBB`.

    Contrasts (text at least 4.5, graphics and input borders at least 3, against `surface` and
    `window`) were computed for these values; whoever changes one computes them anew.
    """

    dark: bool
    window: str
    surface: str
    sunken: str
    header: str
    hair: str
    mid: str
    btn: str
    ctl: str
    text1: str
    text2: str
    text3: str
    accent: str
    accent_fill: str
    on_fill: str
    accent_tint: str
    accent_sel: str
    bad: str
    bad_tint: str
    warn: str
    warn_tint: str
    ok: str
    ok_tint: str
    pause: str
    pause_tint: str
    neutral: str
    neutral_tint: str
    data1: str
    data2: str
    data3: str
    heat0: str
    heat1: str
    seal: str
    badge: str
    veil: str


LIGHT: Final = Tokens(
    dark=False,
    window="#F3F3F0", surface="#FFFFFF", sunken="#E9E9E4", header="#F7F7F4",
    hair="#E5E4DE", mid="#CFCEC6", btn="#B5B4AB", ctl="#8D8C84",
    text1="#1E2327", text2="#50565C", text3="#6E7479",
    accent="#1E5082", accent_fill="#1E5082", on_fill="#FFFFFF",
    accent_tint="#E6EEF6", accent_sel="#D3E1EF",
    bad="#B3261E", bad_tint="#FBEAE8", warn="#8A5300", warn_tint="#FBF0DC",
    ok="#1A6B57", ok_tint="#E3F1EC", pause="#6A4A8C", pause_tint="#F0EAF6",
    neutral="#5B6167", neutral_tint="#EDEDEA",
    data1="#1E5082", data2="#5E8FBF", data3="#A9C3DC", heat0="#FFFFFF", heat1="#9DBBD8",
    seal="#B3261E", badge="#B3261E", veil="#2E1E2327",
)  # fmt: skip

DARK: Final = Tokens(
    dark=True,
    window="#1A1C1F", surface="#222529", sunken="#15171A", header="#272B2F",
    hair="#32373C", mid="#464C52", btn="#5A6168", ctl="#7C838A",
    text1="#E7E8E6", text2="#B0B5B9", text3="#8F959A",
    accent="#86B7E8", accent_fill="#2F6DA8", on_fill="#FFFFFF",
    accent_tint="#22364A", accent_sel="#2A4661",
    bad="#F2938A", bad_tint="#472421", warn="#E6B565", warn_tint="#3E3118",
    ok="#72C7AB", ok_tint="#1D3B32", pause="#BDA2DE", pause_tint="#352A44",
    neutral="#A4AAAF", neutral_tint="#2E3236",
    data1="#86B7E8", data2="#5A8CBD", data3="#3D6288", heat0="#222529", heat1="#3D6A97",
    seal="#C8423A", badge="#B3261E", veil="#73000000",
)  # fmt: skip


class TextSize(IntEnum):
    """Type sizes in pixels at 100 %. Regular and bold only, nothing italic, never under 12."""

    CAPTION = 12
    BODY = 13
    SECTION = 14
    PANE = 16
    NAME = 19
    FIGURE = 24
    CLOCK = 36


FONT_FAMILIES: Final = (
    "Microsoft YaHei UI",
    "PingFang SC",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
)
FONT_SCALES: Final = (100, 110, 125, 150)

# The line of body text at 100 % that all heights below were drawn for.
BASE_LINE: Final = 18

S2, S4, S6, S8, S12, S16, S24 = 2, 4, 6, 8, 12, 16, 24
RADIUS_CONTROL: Final = 3
RADIUS_PANE: Final = 4
FOCUS_WIDTH: Final = 2


class Height(IntEnum):
    """Heights in pixels at 100 %; ask `theme().height(...)`, which follows the font."""

    MENU_ROW = 38
    DOCUMENT_TABS = 32
    PROFESSION_TABS = 38
    VIEW_ROW = 30
    FILTER_BAR = 36
    TABLE_HEADER = 30
    CONTROL = 28
    BAR = 42
    STATUS_BAR = 24
    RAIL_ITEM = 36
    ROW_STANDARD = 30
    ROW_COMPACT = 26
    ROW_ROOMY = 36
    ROW_SMALL_SCREEN = 28
    ROW_DENSE = 22


class Width(IntEnum):
    """Widths in pixels at 100 %."""

    RAIL = 136
    RAIL_SMALL = 52
    DOCK = 320
    DOCK_SMALL = 288
    BOARD_DOCK = 350
    CASE_COLUMN = 392
    SEARCH = 420
    PALETTE = 640
    NOTICES = 460
    CHECK_COLUMN = 34


# Window sizes at which the layout changes.
NARROW_WINDOW: Final = 1400
LOW_WINDOW: Final = 800
ONE_COLUMN_FORM: Final = 1200
FOLD_DOCK: Final = 1366
LARGE_TYPE: Final = 125  # per cent; from here the dock folds and forms have one column

ICON_CONTROL: Final = 16
ICON_ARROW: Final = 12
ICON_RAIL: Final = 18
GLYPH: Final = 11
