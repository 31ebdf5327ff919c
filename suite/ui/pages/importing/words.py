"""What the page says of a file in one line: at its head and at its foot."""

from __future__ import annotations

from suite.kernel.exchange.previewed import CHANGED, HELD, NEW, SAME
from suite.ui.pages.importing.loaded import DOUBTFUL, Loaded


def fact_words(loaded: Loaded, file_name: str) -> str:
    """The file's name, its sheets, where the header stands, and how many rows it has."""
    read = [sheet for sheet in loaded.sheets if sheet.state == "read"]
    parts = [file_name, "、".join(sheet.sheet for sheet in read or loaded.sheets)]
    if len(read) == 1 and read[0].header_rows:
        parts.append(f"表头在第 {read[0].header_rows[-1]} 行")
    if loaded.preview is not None:
        parts.append(f"数据 {len(loaded.preview.rows):,} 行")
    return "　".join(parts)


def foot_words(loaded: Loaded) -> tuple[str, str]:
    """What an import will do, in words: what is written, and what is not."""
    unit = loaded.kind.unit
    new, changed, same, held = (loaded.count(key) for key in (NEW, CHANGED, SAME, HELD))
    parts = [f"新增 {new:,} {unit}" if new else "", f"变更 {changed:,} {unit}" if changed else ""]
    words = "将" + "、".join(part for part in parts if part) if new or changed else "没有需要写入的行"
    doubtful = loaded.count(DOUBTFUL)
    rest = [f"其中 {doubtful:,} 行有提醒，请先核对"] if doubtful else []
    if same:
        rest.append(f"不变 {same:,} 行不写入")
    if held:
        rest.append(f"{held:,} 行有问题，跳过，可导出问题清单")
    return words, "；".join(rest)
