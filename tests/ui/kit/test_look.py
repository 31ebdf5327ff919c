"""Tokens, theme, icons, states: contrasts are computed, shapes are compared."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import suite.ui.kit
import suite.ui.shell
from suite.contract.states import StateKind
from suite.ui.kit.icons import ICON_FOLDER, icon_names, pixmap
from suite.ui.kit.state import paint_state
from suite.ui.kit.theme import Density, Mode, Theme, theme
from suite.ui.kit.tokens import DARK, FONT_SCALES, LIGHT, TOKEN_NAMES, Height, TextSize, Tokens

KIT = Path(str(suite.ui.kit.__file__)).parent
SHELL = Path(str(suite.ui.shell.__file__)).parent
SOURCES = sorted([*KIT.glob("*.py"), *SHELL.glob("*.py")])


def luminance(color: str) -> float:
    channels = [int(color[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


#: The rooms that the kit may lean on: its own, the shell's, and plain words of the contract.
ALLOWED = {"suite.ui.kit", "suite.ui.shell", "suite.contract.states", "suite.contract.code_sets"}


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_texts_can_be_read_and_borders_seen(tokens: Tokens) -> None:
    for ground in (tokens.surface, tokens.window):
        for name in ("text1", "text2", "accent", "bad", "warn", "ok", "pause", "neutral"):
            assert contrast(getattr(tokens, name), ground) >= 4.5, (name, ground)
        assert contrast(tokens.ctl, ground) >= 3
    for name in ("bad", "warn", "ok", "pause", "neutral"):
        assert contrast(getattr(tokens, name), getattr(tokens, f"{name}_tint")) >= 4.5, name
    assert contrast(tokens.text3, tokens.surface) >= 4.5
    assert contrast(tokens.text1, tokens.accent_sel) >= 4.5
    assert contrast(tokens.text1, tokens.heat1) >= 4.5
    assert contrast(tokens.on_fill, tokens.accent_fill) >= 4.5
    assert contrast(tokens.on_fill, tokens.badge) >= 4.5


def test_every_token_has_a_value_in_both_schemes() -> None:
    for tokens in (LIGHT, DARK):
        for name in TOKEN_NAMES:
            assert re.fullmatch(r"#([0-9A-F]{2})?[0-9A-F]{6}", getattr(tokens, name)), name


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_no_colour_and_no_kernel_outside_their_place(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if path.name != "tokens.py":
        assert not re.search(r"#[0-9A-Fa-f]{6}\b|QColor\(\d", text)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.module:
            root = node.module.split(".")
            if root[0] == "suite":
                assert ".".join(root[:3]) in ALLOWED
            if root[0] == "PySide6":
                assert root[1] in {"QtCore", "QtGui", "QtWidgets", "QtSvg"}


def test_switching_is_live_and_told(qtbot: QtBot, light: None) -> None:
    look = theme()
    heard: list[bool] = []
    look.changed.connect(lambda: heard.append(look.dark))
    look.apply(mode=Mode.DARK)
    assert heard == [True]
    ground = QApplication.palette().color(QPalette.ColorRole.Base)
    assert ground.name().upper() == DARK.surface
    assert look.color("surface").name().upper() == DARK.surface
    look.apply(mode=Mode.LIGHT)
    assert heard == [True, False]


def test_heights_follow_the_font(qtbot: QtBot, light: None) -> None:
    look = theme()
    rows = []
    for scale in FONT_SCALES:
        look.apply(scale=scale)
        rows.append(look.row_height())
        assert look.row_height() >= look.metrics().ascent() + look.metrics().descent() + 6
        assert look.font().pixelSize() == round(13 * scale / 100)
    assert rows[0] == 30
    assert rows == sorted(rows)
    assert rows[-1] > 36


def test_density_and_low_screens_change_rows(qtbot: QtBot, light: None) -> None:
    look = theme()
    assert look.row_height(768) == Height.ROW_SMALL_SCREEN
    look.apply(density=Density.COMPACT)
    assert (look.row_height(), look.row_height(768)) == (26, 26)
    look.apply(density=Density.ROOMY)
    assert look.row_height() == 36


def test_a_scale_that_is_not_offered_is_refused() -> None:
    with pytest.raises(ValueError, match="font scale"):
        Theme().apply(scale=90)


def test_type_is_never_under_twelve() -> None:
    assert min(TextSize) == 12


def test_all_icons_draw_something_in_the_colour_asked_for(qtbot: QtBot, light: None) -> None:
    assert len(icon_names()) >= 40
    assert (ICON_FOLDER / "LICENSE.txt").read_text(encoding="utf-8").count("ISC License") == 1
    for name in icon_names():
        image = pixmap(name, "bad", 16, 2.0).toImage()
        assert image.width() == 32
        inks = [image.pixelColor(x, y) for x in range(32) for y in range(32)]
        strong = [ink for ink in inks if ink.alpha() > 200]
        assert strong, name
        assert all(abs(ink.red() - QColor(LIGHT.bad).red()) < 12 for ink in strong), name
    assert pixmap("desk", "bad", 16, 2.0) is pixmap("desk", "bad", 16, 2.0)


def test_an_unknown_icon_is_an_error(qtbot: QtBot) -> None:
    with pytest.raises(FileNotFoundError):
        pixmap("no-such-icon")


def test_states_differ_in_outline_not_only_in_colour(qtbot: QtBot, light: None) -> None:
    ink = QColor(Qt.GlobalColor.black)
    shapes: dict[StateKind, set[tuple[int, int]]] = {}
    for kind in StateKind:
        image = QImage(24, 24, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        paint_state(painter, QRectF(2, 2, 20, 20), kind, ink)
        painter.end()
        shapes[kind] = {
            (x, y) for x in range(24) for y in range(24) if image.pixelColor(x, y).lightness() < 128
        }
    kinds = list(StateKind)
    for place, one in enumerate(kinds):
        assert shapes[one], one
        for other in kinds[place + 1 :]:
            differ = len(shapes[one] ^ shapes[other])
            assert differ > 0.2 * max(len(shapes[one]), len(shapes[other])), (one, other)
