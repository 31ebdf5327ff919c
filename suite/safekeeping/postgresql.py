"""pg_dump and pg_restore: found on this computer, and run as the owner of the tables."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from suite.contract.problems import ProblemKind, refuse
from suite.database.rights import OWNER

#: A folder that is looked at first.
FOLDER = "SUITE_POSTGRESQL_BIN"
#: Where installers put the client's programs.
USUAL = (
    ("/usr/lib/postgresql", "*/bin"),
    ("/usr", "pgsql-*/bin"),
    ("/usr/local", "pgsql*/bin"),
    ("/opt", "postgresql*/bin"),
    ("/opt/homebrew/opt", "postgresql*/bin"),
    ("C:/Program Files/PostgreSQL", "*/bin"),
)
#: What is made anew from the declaration after a restore, and named roles that the server may lack.
REMADE = ("POLICY", "ROW SECURITY", "ACL", "DEFAULT ACL", "COMMENT POLICY")
LOOK_AGAIN = 0.2
#: From this version on, pg_restore sets a parameter that older servers do not know.
ASKS_TIMEOUT = 17


@dataclass(frozen=True, kw_only=True)
class Server:
    """How the client's programs reach the database of a live connection: libpq's words, and the secret."""

    conninfo: str
    password: str
    major: int

    @classmethod
    def of(cls, connection: Connection, database: str | None = None) -> Server:
        """The very server that this connection reached, where an address names several."""
        from psycopg.conninfo import make_conninfo

        info = connection.connection.driver_connection.info  # type: ignore[union-attr]  # psycopg's
        words = info.get_parameters() | {"host": info.host, "port": str(info.port)}
        words.pop("options", None)
        if database is not None:
            words["dbname"] = database
        return cls(
            conninfo=make_conninfo(**words), password=info.password, major=info.server_version // 10_000
        )


def find_tool(name: str, major: int) -> Path:
    """pg_dump or pg_restore that goes with the server (`fitting`). Raises Refused: what to install."""
    program = f"{name}.exe" if sys.platform == "win32" else name
    seen: list[tuple[Path, int]] = []
    for path in _candidates(program):
        seen.append((path, _major_of(path)))
        if seen[-1][1] == major:
            break
    chosen = fitting(seen, major)
    if chosen is not None:
        return chosen
    told = "、".join(f"{path}（{version or '版本不明'}）" for path, version in seen)
    found = f"找到的都不能用于版本 {major} 的服务器：{told}。" if seen else "本机没有装。"
    needed = f"{major} 至 {ASKS_TIMEOUT - 1} 版的" if major < ASKS_TIMEOUT else f"{major} 或更新版本的"
    text = (
        f"备份和恢复 PostgreSQL 需要 {needed} {name}，{found}请安装 PostgreSQL 客户端："
        f"Debian、统信为 postgresql-client-{major}，麒麟、openEuler 为 postgresql{major}，"
        f"Windows 在 PostgreSQL {major} 安装程序中只选 Command Line Tools；"
        f"已装在别处的，用环境变量 {FOLDER} 指明所在文件夹。"
    )
    raise refuse("backup.tools", text, ProblemKind.UNAVAILABLE, data={"tool": name, "major": major})


def fitting(tools: Sequence[tuple[Path, int]], major: int) -> Path | None:
    """Which of some tools, each with its version (0: unknown), goes with a server: the nearest not older.

    A pg_restore from 17 on first sets `transaction_timeout`, which an older server does not know: it would
    restore nothing there. And what its pg_dump wrote, no older pg_restore reads.
    """
    can = [
        (version, place)
        for place, (_, version) in enumerate(tools)
        if version >= major and not major < ASKS_TIMEOUT <= version
    ]
    return tools[min(can)[1]][0] if can else None


def _candidates(program: str) -> Iterator[Path]:
    named = os.environ.get(FOLDER)
    usual = sorted(
        (str(folder) for root, pattern in USUAL for folder in Path(root).glob(pattern)),
        key=_numbers,
        reverse=True,
    )
    folders = [*([named] if named else ()), *os.get_exec_path(), *usual]
    for folder in dict.fromkeys(folders):
        found = shutil.which(program, path=folder)
        if found:
            yield Path(found)


def _numbers(folder: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", folder)]


def _major_of(tool: Path) -> int:
    try:
        told = subprocess.run(  # noqa: S603 - a program that was looked for by its name
            [tool, "--version"], capture_output=True, text=True, timeout=20, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return 0
    number = re.search(r"(\d+)(?:\.\d+)?", told.partition(")")[2])
    return int(number.group(1)) if number else 0


def dump(server: Server, snapshot: str, out: Path, step: Callable[[int], object]) -> None:
    """Write everything that a snapshot sees to a file of pg_dump's own form. Raises Refused."""
    tool = find_tool("pg_dump", server.major)
    arguments = [
        "--format=custom", f"--role={OWNER}", "--no-owner", "--no-acl", f"--snapshot={snapshot}",
        "--lock-wait-timeout=60s", f"--file={out}", f"--dbname={server.conninfo}",
    ]  # fmt: skip
    _run(tool, arguments, server, lambda: step(out.stat().st_size if out.exists() else 0))


def load(server: Server, data: Path, folder: Path, step: Callable[[int], object]) -> None:
    """Restore a dump into an empty database, whole or not at all. `folder` takes a scratch file.

    Raises Refused.
    """
    tool = find_tool("pg_restore", server.major)
    listed = _run(tool, ["--list", str(data)], server, lambda: None)
    lines = [line for line in listed.splitlines() if not _is_remade(line)]
    chosen = folder / "contents.txt"
    chosen.write_text("\n".join(lines), "utf-8")
    arguments = [
        f"--role={OWNER}", "--no-owner", "--no-acl", "--single-transaction", "--exit-on-error",
        f"--use-list={chosen}", f"--dbname={server.conninfo}", str(data),
    ]  # fmt: skip
    _run(tool, arguments, server, lambda: step(0))


def _is_remade(line: str) -> bool:
    """`3456; 3256 16444 POLICY public core_user rights_select suite_owner`: a line of what is left out."""
    words = re.sub(r"^\d+; \d+ \d+ ", "", line)
    return words.startswith(tuple(f"{kind} " for kind in REMADE)) or (
        words.startswith("COMMENT ") and " POLICY " in words
    )


def _run(tool: Path, arguments: Sequence[str], server: Server, step: Callable[[], object]) -> str:
    """Run a tool to its end, asking at first and meanwhile whether to stop; gives what it printed.

    Raises Refused.
    """
    environment = {**os.environ, "PGPASSWORD": server.password, "LC_ALL": "C"}
    with subprocess.Popen(  # noqa: S603 - a program that was looked for by its name
        [tool, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, text=True
    ) as running:
        try:
            step()
            while True:
                try:
                    told, failed = running.communicate(timeout=LOOK_AGAIN)
                    break
                except subprocess.TimeoutExpired:
                    step()
        except BaseException:
            running.kill()
            raise
    if running.returncode != 0:
        why = failed.strip().splitlines()
        text = f"{tool.name} 没有成功：{why[0] if why else running.returncode}。未写入任何内容。"
        if any("No space left" in line for line in why):
            raise refuse("backup.space", f"磁盘已满，{tool.name} 没有写完。请清理磁盘后重试。")
        raise refuse("backup.tool_failed", text, ProblemKind.UNAVAILABLE)
    return told
