"""What this computer and its database are in need of: each finding with a state, the fact and the cure.

Knows no window: a caller that has Qt hands over the font families that Qt sees.
"""

from __future__ import annotations

import datetime as dt
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from suite.bootstrap import SHANGHAI, Suite
from suite.connecting import diagnose_suite, is_missing, keyring_title
from suite.contract.problems import Refused
from suite.contract.states import StateKind
from suite.database.migrate import Standing
from suite.kernel.clocks.calendar import published_years
from suite.safekeeping.scheduled import backups_stand

#: Families that draw Chinese; one of them is enough.
CJK_FAMILIES = (
    "Noto Sans CJK", "Noto Serif CJK", "Source Han", "思源", "WenQuanYi", "文泉驿", "Microsoft YaHei",
    "微软雅黑", "SimSun", "宋体", "SimHei", "黑体", "PingFang", "Hiragino Sans GB", "STHeiti",
    "Droid Sans Fallback", "方正", "FangSong", "仿宋", "KaiTi", "楷体", "AR PL",
)  # fmt: skip
LOW_BYTES, TIGHT_BYTES = 200_000_000, 2_000_000_000
GIGA = 1_000_000_000


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that was looked at; `cure` is empty where none is needed."""

    key: str
    title: str
    state: StateKind
    fact: str
    cure: str = ""


def examine(suite: Suite, *, families: Iterable[str] | None = None) -> list[Finding]:
    """Look at everything; a look that fails is a finding of its own. Writes nothing but a scratch file."""
    looks: list[tuple[str, str, Callable[[], Finding]]] = [
        ("database", "数据库", lambda: _database(suite)),
        ("versions", "数据库版本", lambda: _versions(suite)),
        ("plugins", "插件", lambda: _plugins(suite)),
        ("trace", "审计链", lambda: _trace(suite)),
        ("calendar", "工作日历", lambda: _calendar(suite)),
        ("keyring", "密钥环", _keyring),
        ("fonts", "中文字体", lambda: _fonts(families)),
        ("typing", "输入法", _typing),
        ("backup", "备份", lambda: _backup(suite)),
        ("disk", "磁盘空间", lambda: _disk(suite)),
        ("home", "数据文件夹", lambda: _home(suite)),
        ("timezone", "时区", _timezone),
    ]
    findings = []
    for key, title, look in looks:
        try:
            findings.append(look())
        except (Refused, OSError) as error:
            findings.append(
                Finding(
                    key=key,
                    title=title,
                    state=StateKind.BAD,
                    fact=str(error),
                    cure="请先解决上述问题后再检查。",
                )
            )
    return findings


def _database(suite: Suite) -> Finding:
    url = suite.engine.url
    if is_missing(suite.settings):
        return Finding(
            key="database",
            title="数据库",
            state=StateKind.NEUTRAL,
            fact=f"{url.database} 还不存在。",
            cure="请运行 suite db init。",
        )
    found = diagnose_suite(suite)
    shown = url.render_as_string(hide_password=True)
    if found.problem is None:
        local = url.get_backend_name() == "sqlite"
        facts = f"可以访问：{shown}。" if local else "。".join((*found.facts, ""))
        return Finding(key="database", title="数据库", state=StateKind.OK, fact=facts)
    return Finding(
        key="database", title="数据库", state=StateKind.BAD, fact=f"{shown}：{found.fact}", cure=found.cure
    )


def _versions(suite: Suite) -> Finding:
    words = {
        Standing.ABSENT: "尚未建立",
        Standing.OLDER: "旧于本程序",
        Standing.NEWER: "新于本程序",
    }
    behind = [item for item in suite.statuses if item.standing is not Standing.CURRENT]
    if not suite.statuses:
        return Finding(
            key="versions",
            title="数据库版本",
            state=StateKind.NEUTRAL,
            fact="数据库尚未建立或不可访问，没有版本。",
        )
    outdated = suite.outdated_rights()
    if not behind and outdated:
        return Finding(
            key="versions", title="数据库版本", state=StateKind.WARN, fact=outdated[0].text, cure=""
        )
    if not behind:
        names = "、".join(suite.catalog.titles.get(item.owner, item.owner) for item in suite.statuses)
        return Finding(
            key="versions", title="数据库版本", state=StateKind.OK, fact=f"与本程序一致：{names}。"
        )
    newer = any(item.standing is Standing.NEWER for item in behind)
    return Finding(
        key="versions",
        title="数据库版本",
        state=StateKind.BAD,
        fact="；".join(f"{item.owner} {words[item.standing]}" for item in behind) + "。",
        cure="请安装新版程序。" if newer else "请管理员运行 suite db upgrade。",
    )


def _plugins(suite: Suite) -> Finding:
    parked = suite.plugins.parked.values()
    if not parked:
        names = "、".join(plugin.info.title for plugin in suite.plugins.loaded.values())
        return Finding(key="plugins", title="插件", state=StateKind.OK, fact=f"已启用：{names or '无'}。")
    return Finding(
        key="plugins",
        title="插件",
        state=StateKind.WARN,
        fact="；".join(f"{item.title}未启用：{'，'.join(item.cause)}" for item in parked),
        cure=" ".join(dict.fromkeys(item.cure for item in parked)),
    )


def _calendar(suite: Suite) -> Finding:
    years: tuple[int, ...] = ()
    if any(item.owner == "core" and item.standing is Standing.CURRENT for item in suite.statuses):
        with suite.reading() as session:
            years = published_years(session)
    if not years:
        return Finding(
            key="calendar",
            title="工作日历",
            state=StateKind.WARN,
            fact="未载入放假调休安排。",
            cure="请运行 suite db init，载入随程序提供的各年安排。",
        )
    # Notices come out in November: from then on limits run into the next year.
    wanted = [suite.today.year, *([suite.today.year + 1] if suite.today.month == 12 else [])]
    missing = [year for year in range(years[0], wanted[-1] + 1) if year not in years]
    told = "、".join(str(year) for year in missing)
    return Finding(
        key="calendar",
        title="工作日历",
        state=StateKind.WARN if missing else StateKind.OK,
        fact=f"已发布 {years[0]} 至 {years[-1]} 年"
        + (f"，缺 {told} 年，到期日为暂估。" if missing else "。"),
        cure=f"请在 设置 — 日历 录入国务院办公厅关于 {told} 年放假安排的通知。" if missing else "",
    )


def _keyring() -> Finding:
    name = keyring_title()
    if not name:
        return Finding(
            key="keyring",
            title="密钥环",
            state=StateKind.WARN,
            fact="系统没有可用的密钥环，数据库密码不能保存。",
            cure="单机使用无须处理；连接服务器时每次输入密码，或安装并登录系统密钥环。",
        )
    return Finding(key="keyring", title="密钥环", state=StateKind.OK, fact=f"{name}。")


def _fonts(families: Iterable[str] | None) -> Finding:
    if families is None:
        found = _listed_fonts()
    else:
        found = [family for family in families if any(name in family for name in CJK_FAMILIES)]
    if found is None:
        return Finding(
            key="fonts",
            title="中文字体",
            state=StateKind.NEUTRAL,
            fact="没有 fc-list，无法在此核对字体。",
            cure="请在窗口的体检页查看。",
        )
    if found:
        names = "、".join(sorted(set(found))[:3])
        return Finding(key="fonts", title="中文字体", state=StateKind.OK, fact=f"已安装：{names}。")
    return Finding(
        key="fonts",
        title="中文字体",
        state=StateKind.BAD,
        fact="没有中文字体，界面会显示为方框。",
        cure="请安装一种中文字体，如 Debian 上的 fonts-noto-cjk。",
    )


def _listed_fonts() -> list[str] | None:
    """The families that fontconfig lists for Chinese, or None where it cannot be asked."""
    program = shutil.which("fc-list")
    if program is None:
        return None
    try:
        told = subprocess.run(  # noqa: S603 - the system's own program with fixed words
            [program, ":lang=zh", "family"], capture_output=True, encoding="utf-8", check=False, timeout=20
        )
    except subprocess.TimeoutExpired:
        return None
    return [line.split(",")[0] for line in told.stdout.splitlines() if line.strip()]


def _typing() -> Finding:
    """Whether the Qt that runs here can be typed Chinese into: on Linux it loads a context by name."""
    if not sys.platform.startswith("linux"):
        return Finding(key="typing", title="输入法", state=StateKind.OK, fact="由系统提供。")
    wanted = os.environ.get("QT_IM_MODULE", "")
    if not wanted or wanted in ("wayland", "xim"):
        return Finding(
            key="typing", title="输入法", state=StateKind.NEUTRAL, fact="桌面没有为 Qt 指定输入法框架。"
        )
    spec = importlib.util.find_spec("PySide6")
    folders = spec.submodule_search_locations if spec is not None else None
    contexts = "Qt/plugins/platforminputcontexts/lib*platforminputcontextplugin.so"
    found = {
        file.name.removeprefix("lib").partition("platform")[0]
        for folder in folders or ()
        for file in Path(folder).glob(contexts)
    }
    if wanted in found:
        return Finding(key="typing", title="输入法", state=StateKind.OK, fact=f"{wanted}，可以使用。")
    return Finding(
        key="typing",
        title="输入法",
        state=StateKind.WARN,
        fact=f"桌面用 {wanted}，本程序的 Qt 只带有 {'、'.join(sorted(found)) or '内置的'}，可能打不出汉字。",
        cure="fcitx 5 请以 QT_IM_MODULE=ibus 启动本程序；fcitx 4 请补装与本程序的 Qt 相配的输入法插件。",
    )


def _disk(suite: Suite) -> Finding:
    folder = _standing(Path(suite.engine.url.database or suite.settings.home))
    free = shutil.disk_usage(
        folder if suite.engine.url.get_backend_name() == "sqlite" else suite.settings.home
    ).free
    words = f"可用 {free / GIGA:.1f} GB。"
    if free >= TIGHT_BYTES:
        return Finding(key="disk", title="磁盘空间", state=StateKind.OK, fact=words)
    return Finding(
        key="disk",
        title="磁盘空间",
        state=StateKind.BAD if free < LOW_BYTES else StateKind.WARN,
        fact=words,
        cure="请清理磁盘；导入和升级前的备份都要占用空间。",
    )


def _backup(suite: Suite) -> Finding:
    if not any(item.owner == "core" and item.standing is Standing.CURRENT for item in suite.statuses):
        return Finding(
            key="backup", title="备份", state=StateKind.NEUTRAL, fact="数据库还没有本程序可读的数据。"
        )
    with suite.reading() as session:
        found = backups_stand(suite, session, dt.datetime.now(dt.UTC))
    return Finding(key="backup", title="备份", state=found.state, fact=found.fact, cure=found.cure)


def _standing(path: Path) -> Path:
    """The nearest folder above a path that exists."""
    return next(folder for folder in (path.absolute(), *path.absolute().parents) if folder.is_dir())


def _home(suite: Suite) -> Finding:
    home = suite.settings.home
    try:
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=home):
            pass
    except OSError as error:
        return Finding(
            key="home",
            title="数据文件夹",
            state=StateKind.BAD,
            fact=f"{home} 不能写入：{error.strerror}。",
            cure="请检查文件夹权限，或用环境变量 SUITE_HOME 另指一处。",
        )
    return Finding(key="home", title="数据文件夹", state=StateKind.OK, fact=f"{home} 可以写入。")


def _trace(suite: Suite) -> Finding:
    """Whether the chain still runs through the last link that this desk saw."""
    seen, against = suite.witnesses.of(suite.address), suite.contradicted
    if against is not None:
        return Finding(
            key="trace", title="审计链", state=StateKind.BAD, fact=against.text, cure="见帮助“操作留痕”。"
        )
    if seen is None:
        return Finding(key="trace", title="审计链", state=StateKind.NEUTRAL, fact="本机还没有看到过链首")
    return Finding(
        key="trace",
        title="审计链",
        state=StateKind.OK,
        fact=f"经过本机记得的第 {seen.link:,} 节（{seen.hash[:16]}…）",
    )


def _timezone() -> Finding:
    now = dt.datetime.now().astimezone()
    name = os.environ.get("TZ") or now.tzname() or ""
    if now.utcoffset() == dt.datetime.now(SHANGHAI).utcoffset():
        return Finding(
            key="timezone", title="时区", state=StateKind.OK, fact=f"本机为 {name}，与北京时间一致。"
        )
    return Finding(
        key="timezone",
        title="时区",
        state=StateKind.WARN,
        fact=f"本机为 {name}，不是北京时间。",
        cure="程序按北京时间计算业务日期，不受影响；建议把本机时区改为 Asia/Shanghai。",
    )
