"""A cause in words: what happened, and what the person at the desk or the administrator can do about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from suite.contract.problems import Problem, ProblemKind
from suite.database.causes import PASSING, Cause
from suite.database.engine import OLDEST_SERVER

PREFIX = "database."


class Words(NamedTuple):
    """Fact and cure, each one sentence."""

    fact: str
    cure: str


WORDS: dict[Cause, Words] = {
    Cause.HOST: Words(
        "找不到数据库服务器：网络中没有这个主机名。", "请核对主机名的拼写；内网域名不能解析时改填 IP 地址。"
    ),
    Cause.UNREACHABLE: Words(
        "数据库服务器没有回应。", "请检查网线与网络；能上网仍不通时，请管理员查看服务器与防火墙。"
    ),
    Cause.REFUSED: Words(
        "服务器在，但这个端口没有数据库在运行。", "请核对端口（一般为 5432）；不错时请管理员启动数据库服务。"
    ),
    Cause.NOT_POSTGRESQL: Words("这个端口上的不是 PostgreSQL 数据库。", "请向管理员核对主机和端口。"),
    Cause.BROKEN: Words("与数据库的连接已断开。", "请稍候重试；反复出现时请管理员查看服务器与网络。"),
    Cause.TLS_MISSING: Words(
        "服务器没有启用加密（TLS）。", "请管理员启用；只在局内专网使用的，可把加密改选为“不加密”。"
    ),
    Cause.ROOT_CERTIFICATE: Words(
        "没有用来核对服务器证书的根证书文件。", "请向管理员索取根证书，把它的路径填在“根证书文件”里。"
    ),
    Cause.CERTIFICATE: Words(
        "服务器的证书不可信，或不是发给这个主机名的，未连接。",
        "请核对主机名与根证书文件；不要改为不加密，先请管理员确认服务器。",
    ),
    Cause.TLS_NEEDED: Words(
        "服务器不接受本机不加密的连接。",
        "请把加密改选为“只加密”或“加密并核对证书”；仍不行时请管理员准许本机的地址。",
    ),
    Cause.NOT_ADMITTED: Words(
        "服务器不接受本机用这个登录名连接这个数据库。", "请管理员在服务器的 pg_hba.conf 中准许本机的地址。"
    ),
    Cause.STARTING: Words("数据库正在启动、恢复或停机。", "请稍候重试。"),
    Cause.CROWDED: Words(
        "服务器的连接已满。", "请稍候重试；反复出现时请管理员调大 max_connections 或该登录名的连接数。"
    ),
    Cause.READ_ONLY: Words(
        "找到的都是只读的备用服务器。", "请等待主服务器恢复，或请管理员把备用服务器升为主服务器。"
    ),
    Cause.PASSWORD_MISSING: Words("服务器要求密码。", "请填写密码。"),
    Cause.PASSWORD: Words(
        "登录名或密码不对，或密码已过期。", "请重新填写；忘记时请管理员用 suite user password 重设。"
    ),
    Cause.LOGIN_LOCKED: Words("这个登录名已停用，不能登录。", "请管理员恢复该用户。"),
    Cause.DATABASE_MISSING: Words(
        "服务器上没有这个名称的数据库。", "请核对库名；第一次部署时请管理员建库并运行 suite db init。"
    ),
    Cause.NO_ENTRY: Words(
        "这个登录名无权进入这个数据库。", "请管理员授权，并运行 suite db rights check --mend。"
    ),
    Cause.OLD_SERVER: Words(
        f"服务器的 PostgreSQL 版本过旧，须为 {OLDEST_SERVER} 或更新。",
        "请管理员升级服务器，或换一台服务器。",
    ),
    Cause.FILE: Words("数据文件打不开。", "请检查路径、文件夹权限与所在磁盘；在共享文件夹上的，检查网络。"),
    Cause.NOT_A_DATABASE: Words(
        "这个文件不是本程序的数据库，或已损坏。", "请核对路径；确是数据文件的，请从备份恢复。"
    ),
    Cause.UNCONFIRMED: Words(
        "提交时与数据库的连接断开，不能确定这次修改是否已写入。",
        "您的内容仍在；恢复连接后请先查看最新内容，再决定是否重做。",
    ),
    Cause.UNKNOWN: Words("无法使用数据库。", "请检查地址、文件和网络；仍不行时请把日志转告系统管理员。"),
}


def problem_of_cause(cause: Cause, *, unwritten: bool = False) -> Problem:
    """The refusal that a cause stands for: code `database.<cause>`, with `cause`, `fact` and `cure` as data.

    `unwritten` adds that a write was given up and that what was typed is still there.
    """
    fact, cure = WORDS[cause]
    lost = "本次未写入，您的内容仍在。" if unwritten else ""
    return Problem(
        code=f"{PREFIX}{cause}",
        text=f"{fact}{lost}{cure}",
        kind=ProblemKind.UNAVAILABLE,
        data={"cause": cause.value, "fact": fact, "cure": cure},
    )


def old_server(version: Sequence[int | str]) -> Problem | None:
    """The refusal of a PostgreSQL that is older than the suite works with; None for one that serves.

    `version` is the server's, the major number first; nothing known of it refuses nothing. A server that
    calls itself by an old number (openGauss says 9.2) is refused too: nobody has tried the suite on it.
    """
    if not version or int(version[0]) >= OLDEST_SERVER:
        return None
    problem = problem_of_cause(Cause.OLD_SERVER)
    told = f"它是 {'.'.join(str(part) for part in version)}。"
    fact, cure = f"{problem.data['fact']}{told}", problem.data["cure"]
    return replace(problem, text=f"{fact}{cure}", data={**problem.data, "fact": fact})


def is_passing(problem: Problem) -> bool:
    """Whether the database is away and may be back in a while, so that waiting for it helps."""
    return problem.code.removeprefix(PREFIX) in PASSING
