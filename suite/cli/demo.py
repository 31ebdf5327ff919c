"""`suite demo`: a demonstration bureau in a folder, then the window, or pictures where there is no screen."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from suite.cli.answers import give
from suite.cli.options import Call, Picture, SuiteCommand, pass_call

if TYPE_CHECKING:
    from suite.bootstrap import Suite
    from suite.cli.demo_bureau import Bureau, Step

#: What a picture shows of which page, in which look; pages of kinds that are not there are left out.
PICTURES = (
    ("工作台", "today", "light"),
    ("律师名册", "roster:lawyers.lawyer", "light"),
    ("律师名册-深色", "roster:lawyers.lawyer", "dark"),
    ("律师档案", "record:lawyers.lawyer", "light"),
    ("律师事务所名册", "roster:lawyers.law_firm", "light"),
    ("律师事务所档案", "record:lawyers.law_firm", "light"),
    ("公证员名册", "roster:notary.notary", "light"),
    ("司法鉴定人名册", "roster:appraisal.appraiser", "light"),
    ("仲裁员名册", "roster:arbitration.arbitrator", "light"),
    ("法律明白人名册", "roster:popularization.law_savvy_villager", "light"),
    ("村居名册", "roster:core.village", "light"),
    ("办件", "cases", "light"),
    ("办件-深色", "cases", "dark"),
    ("投诉", "case", "light"),
    ("投诉-深色", "case", "dark"),
    ("服务覆盖", "coverage:lawyers.village_counsel_coverage", "light"),
    ("检查计划", "plans", "light"),
    ("检查计划-深色", "plans", "dark"),
    ("指标", "indicators", "light"),
    ("指标-深色", "indicators", "dark"),
    ("导入导出", "import", "light"),
    ("搜索", "palette", "light"),
    ("参数", "parameters", "light"),
    ("插件", "plugins", "light"),
    ("体检", "doctor", "light"),
)
TYPED = {"palette": "长安", "case": "石司鉴投"}


@click.command("demo", cls=SuiteCommand)
@click.option(
    "--dir",
    "folder",
    metavar="文件夹",
    type=click.Path(path_type=Path, file_okay=False),
    help="建在哪里；默认为新的临时文件夹。",
)
@click.option(
    "--practitioners",
    type=click.IntRange(50, 1_000_000),
    default=2_000,
    metavar="人数",
    help="各行业人员总数，默认 2000。",
)
@click.option("--no-window", is_flag=True, help="不打开窗口，写出界面图片。")
@pass_call
def demo(call: Call, folder: Path | None, practitioners: int, no_window: bool) -> int:
    """建立一个示范数据库：载入区划村居，由真实的导入程序导入虚构的名册，办理少量业务。

    人数和业务日期（--today）相同，数据就相同。名册中的人都是虚构的。
    """
    from suite.bootstrap import build_suite
    from suite.cli.demo_bureau import Bureau
    from suite.contract.problems import refuse
    from suite.settings import Settings

    place = (folder or Path(tempfile.mkdtemp(prefix="suite-demo-"))).absolute()
    if (place / "suite.db").exists():
        raise refuse("demo.exists", f"{place} 中已有数据库 suite.db。请换一个文件夹，或先移走它。")
    try:
        for name in ("workbooks", "held"):
            (place / name).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refuse("demo.dir", f"无法使用文件夹 {place}：{error.strerror}。请换一个。") from error

    def tell(step: Step) -> None:
        click.echo(f"{step.seconds:7.2f} 秒  {step.step}：{step.text}", err=call.json)

    settings = Settings(database=str(place / "suite.db"), home=place)
    suite = build_suite(settings, today=call.today)
    try:
        bureau = Bureau(
            suite=suite, folder=place, practitioners=practitioners, told=tell, progress=call.progress()
        )
        bureau.build()
        shows_window = not no_window and call.screens.has_screen()
        pictures: list[Picture] = []
        if not shows_window:
            pictures = _pictures(call, bureau, place / "pictures")
            bureau.do("画界面图片", lambda: _paint(call, suite, pictures))
            bureau.do("计算指标，写成工作簿", lambda: _write_indicators(suite, place / "指标.xlsx"))
        document = {**bureau.document, "pictures": [str(item.out) for item in pictures]}
        total = sum(step.seconds for step in bureau.steps)
        lines = [f"{total:7.2f} 秒  合计", f"示范数据在 {place}，用 suite --db {place / 'suite.db'} 打开。"]
        give(call, {**document, "seconds": round(total, 2)}, lines)
        return (
            call.screens.window(suite.settings, lambda _settings: (suite, suite.actor()))
            if shows_window
            else 0
        )
    finally:
        suite.engine.dispose()


def _pictures(call: Call, bureau: Bureau, folder: Path) -> list[Picture]:
    """One picture for each main screen that this suite has; of records those with a history."""
    known = {name for name, _ in call.screens.page_names(bureau.suite)}
    shown = {f"record:{kind}": key for kind, key in bureau.eventful.items()}
    chosen = [item for item in PICTURES if item[1] in known]
    return [
        Picture(
            page=page,
            out=folder / f"{number:02d}-{title}.png",
            theme=theme,
            select={**TYPED, **shown}.get(page),
        )
        for number, (title, page, theme) in enumerate(chosen, 1)
    ]


def _write_indicators(suite: Suite, path: Path) -> str:
    from suite.kernel.exchange.indicator_file import save_board
    from suite.kernel.indicators.board import Question
    from suite.kernel.indicators.queries import indicator_board

    with suite.reading() as session:
        question = Question(as_of=suite.today)
        board = indicator_board(session, suite.actor(), suite.catalog, question)
    return f"{save_board(board, path, suite.actor(), run=suite.run)} 项"


def _paint(call: Call, suite: Suite, pictures: list[Picture]) -> str:
    for folder in {picture.out.parent for picture in pictures}:
        folder.mkdir(exist_ok=True)
    call.screens.paint(suite, suite.actor(), pictures)
    return f"{len(pictures)} 张"
