"""Last year's ledger of complaints for the demonstration, taken in by the real importer."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import TYPE_CHECKING, Any

from suite.cli.demo_workbooks import SEED
from suite.kernel.exchange.importing import accept
from suite.kernel.exchange.previewed import ImportRequest
from suite.kernel.registry.queries import ListQuery, list_ids
from suite.kernel.registry.rows import roster_rows

if TYPE_CHECKING:
    from pathlib import Path

    from suite.bootstrap import Suite
    from suite.contract.commands import Actor

KIND, BODIES = "appraisal.complaint", "appraisal.appraisal_institution"
FILE_NAME = "去年司法鉴定投诉台账.xlsx"
HEADINGS = (
    "编号", "被投诉机构", "投诉人", "联系电话", "来源", "投诉类别", "投诉内容", "办理状态", "收到日期",
    "受理日期", "开展调查日期", "作出处理决定日期", "办结日期", "处理结果", "处理意见", "答复文号", "认定",
    "不予受理情形",
)  # fmt: skip
NAMES = ("周桂英", "吴建军", "郑玉兰", "冯志刚", "褚秀琴", "卫国强", "蒋丽娟", "沈永平", "韩文秀", "杨保国")
MATTERS = (
    ("违反司法鉴定程序", "鉴定人未到现场，仅凭照片出具意见"),
    ("违规收费", "收费高于公示标准，不肯说明依据"),
    ("无正当理由拒绝接受委托", "材料齐全仍被拒绝受理"),
    ("遗失、损毁鉴定材料", "送检的病历原件没有退还"),
)
#: How each ended; the last rows are as ledgers are: one open since last year, one that cannot be taken.
ENDS = ("不实", "查实", "不实", "refused", "部分查实", "不实", "refused", "不实", "open", "unknown")


def last_years_ledger(suite: Suite, clerk: Actor, folder: Path) -> str:
    """Write the workbook and import it; the sentence says what came of it. Nothing without institutions."""
    with suite.reading() as session:
        query = ListQuery(kind=BODIES, filters={"status": ("active",)}, sort=(("name", False),))
        ids = list_ids(session, clerk, suite.catalog, query).ids
        rows = roster_rows(session, clerk, suite.catalog, BODIES, ids[:20], columns=("name",))
        bodies = [str(row.values["name"]) for row in rows]
    if not bodies:
        return "没有可投诉的鉴定机构"
    path = folder / FILE_NAME
    _write(path, list(_rows(bodies, suite.today.year - 1)), suite.today.year - 1)
    preview = suite.preview(ImportRequest(kind=KIND, path=path), clerk)
    done = suite.run(accept(preview), clerk)
    counts = preview.counts
    return f"{done.text}，{counts['held']} 行待核对"


def _rows(bodies: list[str], year: int) -> list[dict[str, Any]]:
    rng = Random(f"{SEED}:stock")
    made = []
    for place, end in enumerate(ENDS):
        received = dt.date(year, 1, 12) + dt.timedelta(days=30 * place)
        known = (received + dt.timedelta(days=n) for n in (0, 4, 8, 46, 51))
        days = dict(zip(HEADINGS[8:13], known, strict=True))
        head, text = MATTERS[place % len(MATTERS)]
        row: dict[str, Any] = {
            "编号": f"石司鉴投〔{year}〕{place + 1}号", "被投诉机构": rng.choice(bodies),
            "投诉人": NAMES[place], "联系电话": f"1383110{2000 + place}",
            "来源": ("来信", "来访", "热线")[place % 3],
            "投诉类别": head, "投诉内容": text, "办理状态": "办结", **days,
        }  # fmt: skip
        if end == "refused":
            row |= dict.fromkeys(("受理日期", "开展调查日期", "作出处理决定日期"))
            row |= {
                "办理状态": "不予受理", "不予受理情形": "仅对鉴定意见有异议",
                "办结日期": received + dt.timedelta(days=5),
            }  # fmt: skip
        elif end == "open":
            row |= {"办理状态": "调查", "作出处理决定日期": None, "办结日期": None}
        else:
            measure = "未发现违法违规，答复双方" if end == "不实" else "批评教育"
            row |= {
                "认定": "不实" if end == "unknown" else end, "处理结果": measure, "处理意见": f"{measure}。",
                "答复文号": f"石司鉴答〔{year}〕{place + 1}号",
            }  # fmt: skip
        if end == "unknown":
            row["被投诉机构"] = f"{bodies[0]}分所"
        made.append(row)
    return made


def _write(path: Path, rows: list[dict[str, Any]], year: int) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    page = book.create_sheet("投诉台账")
    page.append([f"{year} 年司法鉴定投诉处理台账"])
    page.append(list(HEADINGS))
    for row in rows:
        page.append([row.get(heading) for heading in HEADINGS])
    page.append(["合计", f"{len(rows)}件"])
    book.save(path)
