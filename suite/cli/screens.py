"""`suite shot` and `pages`: pages of the window as pictures."""

from __future__ import annotations

import re
from pathlib import Path

import click

from suite.cli.answers import give, table
from suite.cli.options import Call, Picture, SuiteCommand, pass_call


class Size(click.ParamType[tuple[int, int]]):
    """WIDTHxHEIGHT in pixels."""

    name = "宽x高"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        """Between 320 and 8,000 pixels each way."""
        if isinstance(value, tuple):
            return value
        found = re.fullmatch(r"(\d{3,4})[xX×](\d{3,4})", str(value))
        if found is None or not all(320 <= int(part) <= 8000 for part in found.groups()):
            self.fail("应写成 1440x900，每边 320 至 8000。", param, ctx)
        return int(found[1]), int(found[2])


@click.command("shot", cls=SuiteCommand)
@click.argument("page", metavar="页面")
@click.argument("out", metavar="文件", type=click.Path(path_type=Path))
@click.option("--size", type=Size(), default=(1440, 900), metavar="宽x高", help="像素，默认 1440x900。")
@click.option("--theme", type=click.Choice(["light", "dark"]), default="light", help="浅色或深色。")
@click.option("--scale", type=float, default=1.0, metavar="比例", help="字号比例：1、1.1、1.25、1.5。")
@click.option("--select", metavar="编号", help="选中或打开哪份档案；搜索页为输入的文字。")
@pass_call
def shot(
    call: Call, page: str, out: Path, size: tuple[int, int], theme: str, scale: float, select: str | None
) -> None:
    """把一页画成 PNG 图片，不需要屏幕。页面名称见 suite pages。"""
    picture = Picture(page=page, out=out, size=size, theme=theme, scale=scale, select=select)
    call.screens.paint(call.ready, call.actor, [picture])
    give(call, {"page": page, "file": str(out), "size": list(size)}, [f"已写出 {out}。"])


@click.command("pages", cls=SuiteCommand)
@pass_call
def pages(call: Call) -> None:
    """列出 suite shot 可用的页面。"""
    suite = call.unchecked if call.missing_file else call.suite
    found = call.screens.page_names(suite)
    document = [{"page": name, "title": title} for name, title in found]
    give(call, {"pages": document}, table(["页面", "名称"], found))
