"""The one style sheet. It selects by widget class and by the dynamic properties that the kit sets."""

from __future__ import annotations

from collections.abc import Callable

from suite.ui.kit.tokens import RADIUS_CONTROL, RADIUS_PANE, Height, TextSize, Tokens

# Properties: QLabel[textSize|tone] (text.py), QPushButton[look] (buttons.py), QFrame[box] (panes.py).
_LABEL_TONES = ("text2", "text3", "accent", "bad", "warn", "ok", "pause", "neutral")


def build_stylesheet(t: Tokens, pixels: Callable[[int], int], height: Callable[[int], int]) -> str:
    """QSS for one scheme. `pixels` scales a length, `height` a height that holds one line of text."""
    control = height(Height.CONTROL) - 2  # the border is drawn outside of QSS's min-height
    parts = [
        f"QToolTip {{ background: {t.surface}; color: {t.text1}; border: 1px solid {t.mid}; padding: 4px; }}",
        *(
            f'QLabel[textSize="{size.name.lower()}"] {{ font-size: {pixels(size)}px; }}'
            for size in TextSize
            if size is not TextSize.BODY
        ),
        *(f'QLabel[tone="{tone}"] {{ color: {getattr(t, tone)}; }}' for tone in _LABEL_TONES),
        _buttons(t, control),
        _inputs(t, control, pixels),
        _frames(t),
        _menus(t, height),
        _scrollbars(t),
    ]
    return "\n".join(parts)


def _buttons(t: Tokens, control: int) -> str:
    return f"""
QPushButton {{ background: {t.surface}; color: {t.text1}; border: 1px solid {t.btn};
  border-radius: {RADIUS_CONTROL}px; padding: 0 11px; min-height: {control}px; }}
QPushButton:hover {{ background: {t.header}; }}
QPushButton:pressed, QPushButton:open {{ background: {t.sunken}; }}
QPushButton:focus {{ border: 2px solid {t.accent}; padding: 0 10px; min-height: {control - 2}px; }}
QPushButton:disabled {{ color: {t.text3}; background: {t.window}; border-color: {t.hair}; }}
QPushButton::menu-indicator {{ image: none; width: 0; }}
QPushButton[look="primary"] {{ background: {t.accent_fill}; color: {t.on_fill};
  border-color: {t.accent_fill}; font-weight: bold; }}
QPushButton[look="primary"]:focus {{ border-color: {t.accent}; }}
QPushButton[look="primary"]:disabled {{ background: {t.neutral_tint}; color: {t.text3};
  border-color: {t.mid}; }}
QPushButton[look="set"] {{ background: {t.accent_tint}; color: {t.accent}; border-color: {t.accent};
  font-weight: bold; }}
QPushButton[look="link"] {{ background: transparent; color: {t.accent}; border: 2px solid transparent;
  padding: 0 4px; min-height: {control - 2}px; }}
QPushButton[look="link"]:hover {{ text-decoration: underline; }}
QPushButton[look="plain"], QPushButton[look="icon"] {{ background: transparent; color: {t.text1};
  border: 2px solid transparent; padding: 0 4px; min-height: {control - 2}px; }}
QPushButton[look="plain"]:hover, QPushButton[look="icon"]:hover {{ background: {t.sunken}; }}
QPushButton[look="icon"] {{ min-width: {control - 6}px; padding: 0 2px; }}
QPushButton[look="link"]:focus, QPushButton[look="plain"]:focus, QPushButton[look="icon"]:focus {{
  border: 2px solid {t.accent}; }}
QPushButton[look="link"]:disabled, QPushButton[look="plain"]:disabled, QPushButton[look="icon"]:disabled {{
  color: {t.text3}; background: transparent; border-color: transparent; }}
"""


def _inputs(t: Tokens, control: int, pixels: Callable[[int], int]) -> str:
    return f"""
QLineEdit, QPlainTextEdit {{ background: {t.surface}; color: {t.text1}; border: 1px solid {t.ctl};
  border-radius: {RADIUS_CONTROL}px; padding: 0 7px; selection-background-color: {t.accent_sel};
  selection-color: {t.text1}; }}
QLineEdit {{ min-height: {control}px; }}
QPlainTextEdit {{ padding: 3px 3px; }}
QLineEdit:focus, QPlainTextEdit:focus {{ border: 2px solid {t.accent}; }}
QLineEdit:focus {{ padding: 0 6px; min-height: {control - 2}px; }}
QPlainTextEdit:focus {{ padding: 2px 2px; }}
QLineEdit:disabled, QPlainTextEdit:disabled {{ background: {t.window}; color: {t.text3};
  border-color: {t.mid}; }}
*[edge="changed"] {{ border-left: 4px solid {t.warn}; padding-left: 5px; }}
*[edge="bad"] {{ border: 2px solid {t.bad}; background: {t.bad_tint}; padding: 0 6px;
  min-height: {control - 2}px; }}
QPlainTextEdit[edge="bad"] {{ padding: 2px 2px; min-height: 0; }}
QLineEdit[bare="true"] {{ border: none; background: transparent; padding: 0; }}
QCheckBox {{ spacing: 6px; min-height: {control}px; }}
QProgressBar {{ border: none; background: {t.hair}; min-height: 6px; max-height: 6px; border-radius: 0; }}
QProgressBar::chunk {{ background: {t.accent_fill}; }}
"""


def _frames(t: Tokens) -> str:
    bars = "\n".join(
        f'QFrame[box="notice-{kind}"] {{ background: {getattr(t, f"{token}_tint")};'
        f" border: none; border-top: 1px solid {getattr(t, token)};"
        f" border-bottom: 1px solid {getattr(t, token)}; }}"
        for kind, token in (("bad", "bad"), ("warn", "warn"), ("info", "accent"), ("ok", "ok"))
    )
    return f"""
QFrame[box="pane"] {{ background: {t.surface}; border: 1px solid {t.hair}; border-radius: {RADIUS_PANE}px; }}
QFrame[box="surface"] {{ background: {t.surface}; border: none; }}
QFrame[box="window"] {{ background: {t.window}; border: none; }}
QFrame[box="sunken"] {{ background: {t.sunken}; border: none; }}
QFrame[box="menu-row"] {{ background: {t.sunken}; border: none; }}
QFrame[box="status"] {{ background: {t.sunken}; border: none; border-top: 1px solid {t.mid}; }}
QFrame[box="foot"] {{ background: {t.surface}; border: none; border-top: 1px solid {t.mid}; }}
QFrame[box="top"] {{ background: {t.surface}; border: none; border-bottom: 1px solid {t.mid}; }}
QFrame[box="head"] {{ background: transparent; border: none; border-bottom: 1px solid {t.hair}; }}
QFrame[box="dock"] {{ background: {t.surface}; border: none; border-left: 1px solid {t.mid}; }}
QFrame[box="popup"] {{ background: {t.surface}; border: 1px solid {t.mid}; border-radius: {RADIUS_PANE}px; }}
QFrame[box="bulk"] {{ background: {t.accent_tint}; border: none; border-top: 1px solid {t.accent}; }}
QFrame[box="save"] {{ background: {t.warn_tint}; border: none; border-top: 1px solid {t.warn}; }}
QFrame[box="rule"] {{ background: {t.hair}; border: none; }}
QFrame[box="rule-mid"] {{ background: {t.mid}; border: none; }}
QFrame[box="search"] {{ background: {t.surface}; border: 1px solid {t.mid};
  border-radius: {RADIUS_CONTROL}px; }}
QFrame[box="search"]:focus {{ border: 2px solid {t.accent}; }}
QLabel[box="key"] {{ background: {t.sunken}; border: 1px solid {t.mid}; border-radius: 3px; padding: 0 6px; }}
{bars}
"""


def _menus(t: Tokens, height: Callable[[int], int]) -> str:
    return f"""
QMenuBar {{ background: transparent; border: none; spacing: 0; }}
QMenuBar::item {{ background: transparent; color: {t.text1}; padding: 5px 8px;
  border-radius: {RADIUS_CONTROL}px; }}
QMenuBar::item:selected {{ background: {t.accent_tint}; color: {t.accent}; }}
QMenu {{ background: {t.surface}; color: {t.text1}; border: 1px solid {t.mid}; padding: 4px 0; }}
QMenu::item {{ padding: 0 24px 0 28px; height: {height(Height.CONTROL)}px; background: transparent; }}
QMenu::item:selected {{ background: {t.accent_sel}; color: {t.text1}; }}
QMenu::item:disabled {{ color: {t.text3}; }}
QMenu::separator {{ height: 1px; background: {t.hair}; margin: 4px 0; }}
"""


def _scrollbars(t: Tokens) -> str:
    return f"""
QScrollBar:vertical {{ background: {t.window}; width: 10px; border: none; margin: 0; }}
QScrollBar:horizontal {{ background: {t.window}; height: 10px; border: none; margin: 0; }}
QScrollBar::handle {{ background: {t.mid}; border-radius: 3px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover {{ background: {t.ctl}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; border: none; }}
QAbstractScrollArea::corner {{ background: {t.window}; border: none; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""
