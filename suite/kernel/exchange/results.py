"""What may become of a row that was sent to another database, and the words for it."""

from __future__ import annotations

TAKEN, SAME, HELD = "taken", "same", "held"
NAMES = {TAKEN: "采纳", SAME: "无变化", HELD: "未采纳"}
RESULTS = {words: result for result, words in NAMES.items()}
