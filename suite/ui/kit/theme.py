"""The look of the running program: palette, one style sheet, fonts and heights, switched live."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from suite.ui.kit.stylesheet import build_stylesheet
from suite.ui.kit.tokens import (
    BASE_LINE,
    DARK,
    FONT_FAMILIES,
    FONT_SCALES,
    LIGHT,
    LOW_WINDOW,
    Height,
    TextSize,
    TokenName,
    Tokens,
)


class Mode(StrEnum):
    """Which colour scheme the user asked for."""

    LIGHT = "light"
    DARK = "dark"
    SYSTEM = "system"


class Density(StrEnum):
    """How high table rows are."""

    STANDARD = "standard"
    COMPACT = "compact"
    ROOMY = "roomy"


_ROW = {
    Density.STANDARD: Height.ROW_STANDARD,
    Density.COMPACT: Height.ROW_COMPACT,
    Density.ROOMY: Height.ROW_ROOMY,
}


class Theme(QObject):
    """Colours, fonts and heights in force. Painted widgets read it while painting.

    `changed` is sent after a switch of scheme, font scale or density; widgets that keep a height or a
    picture refresh it then. Before `apply` it answers with the light scheme at 100 %.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.mode = Mode.LIGHT
        self.scale = 100
        self.density = Density.STANDARD
        self.tokens: Tokens = LIGHT
        self._colors: dict[str, QColor] = {}
        self._fonts: dict[tuple[int, bool], QFont] = {}
        self._metrics: dict[tuple[int, bool], QFontMetrics] = {}
        self._line = 0
        self._following = False

    @property
    def dark(self) -> bool:
        """True while the dark scheme is shown."""
        return self.tokens.dark

    def color(self, name: TokenName) -> QColor:
        """The colour of a token; the same object until the next switch."""
        found = self._colors.get(name)
        if found is None:
            found = self._colors[name] = QColor(getattr(self.tokens, name))
        return found

    def font(self, size: int = TextSize.BODY, *, bold: bool = False) -> QFont:
        """A font of one of the declared sizes, scaled."""
        key = (int(size), bold)
        found = self._fonts.get(key)
        if found is None:
            found = QFont()
            found.setFamilies(list(FONT_FAMILIES))
            found.setPixelSize(self.pixels(size))
            found.setBold(bold)
            self._fonts[key] = found
        return found

    def metrics(self, size: int = TextSize.BODY, *, bold: bool = False) -> QFontMetrics:
        """Metrics of `font(size, bold=...)`; the same object until the next switch."""
        key = (int(size), bold)
        found = self._metrics.get(key)
        if found is None:
            found = self._metrics[key] = QFontMetrics(self.font(size, bold=bold))
        return found

    def pixels(self, size: int) -> int:
        """A length at 100 % in scaled pixels."""
        return (int(size) * self.scale + 50) // 100

    def height(self, base: int) -> int:
        """A height declared for 100 % with the running body font in it.

        Fonts differ in how much air they claim (Noto Sans CJK 1.45 em, YaHei UI 1.3 em); what counts
        is the ink, so the line is held to 1.4 em.
        """
        if not self._line:
            metrics = self.metrics()
            self._line = max(min(metrics.height(), round(self.pixels(TextSize.BODY) * 1.4)), BASE_LINE)
        return int(base) - BASE_LINE + self._line

    def row_height(self, window_height: int = 10_000) -> int:
        """Height of a table row for the chosen density; lower on a low screen."""
        base = _ROW[self.density]
        if window_height < LOW_WINDOW and self.density is not Density.COMPACT:
            base = Height.ROW_SMALL_SCREEN
        return self.height(base)

    def apply(
        self, *, mode: Mode | None = None, scale: int | None = None, density: Density | None = None
    ) -> None:
        """Switch what is given, keep the rest, and repaint the program.

        Raises ValueError for a scale that is not offered.
        """
        if scale is not None and scale not in FONT_SCALES:
            raise ValueError(f"font scale {scale} is not one of {FONT_SCALES}")
        self.mode = mode or self.mode
        self.scale = scale or self.scale
        self.density = density or self.density
        self._follow_system()
        dark = self._system_is_dark() if self.mode is Mode.SYSTEM else self.mode is Mode.DARK
        self.tokens = DARK if dark else LIGHT
        for cache in (self._colors, self._fonts, self._metrics):
            cache.clear()
        self._line = 0
        app = QApplication.instance()
        if isinstance(app, QApplication):
            if app.style().objectName() != "fusion":
                app.setStyle("Fusion")
            # Replacing a style sheet restyles every widget many times over: take it away first.
            app.setStyleSheet("")
            app.setPalette(self._palette())
            app.setFont(self.font())
            app.setStyleSheet(build_stylesheet(self.tokens, self.pixels, self.height))
        self.changed.emit()

    def _follow_system(self) -> None:
        hints = QGuiApplication.styleHints()
        if self.mode is Mode.SYSTEM and not self._following:
            hints.colorSchemeChanged.connect(self._system_changed)
            self._following = True

    def _system_changed(self) -> None:
        if self.mode is Mode.SYSTEM:
            self.apply()

    @staticmethod
    def _system_is_dark() -> bool:
        return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark

    def _palette(self) -> QPalette:
        role = QPalette.ColorRole
        palette = QPalette()
        pairs: tuple[tuple[QPalette.ColorRole, TokenName], ...] = (
            (role.Window, "window"),
            (role.WindowText, "text1"),
            (role.Base, "surface"),
            (role.AlternateBase, "header"),
            (role.Text, "text1"),
            (role.Button, "surface"),
            (role.ButtonText, "text1"),
            (role.BrightText, "on_fill"),
            (role.ToolTipBase, "surface"),
            (role.ToolTipText, "text1"),
            (role.Highlight, "accent_sel"),
            (role.HighlightedText, "text1"),
            (role.Link, "accent"),
            (role.LinkVisited, "accent"),
            (role.PlaceholderText, "text3"),
            (role.Light, "surface"),
            (role.Midlight, "hair"),
            (role.Mid, "mid"),
            (role.Dark, "btn"),
            (role.Shadow, "ctl"),
            (role.Accent, "accent_fill"),
        )
        for color_role, token in pairs:
            palette.setColor(color_role, self.color(token))
        disabled = QPalette.ColorGroup.Disabled
        for color_role in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(disabled, color_role, self.color("text3"))
        return palette


_theme: Theme | None = None


def theme() -> Theme:
    """The theme of this process."""
    global _theme
    if _theme is None:
        _theme = Theme()
    return _theme


def chinese_font() -> str | None:
    """The family that Chinese text is drawn with, or None where the system has no Chinese font.

    Listing the fonts takes a moment on some systems: for the doctor page and the first start only.
    """
    present = set(QFontDatabase.families())
    for family in FONT_FAMILIES:
        if family in present:
            return family
    others = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    return others[0] if others else None
