"""What the connect page asks for, and the settings that follow from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from suite.database.address import DEFAULT_PORT, ServerAddress, Tls
from suite.settings import Settings
from suite.ui.kit.fields import Choice, FieldKind, FieldSpec

TLS = (
    Choice(Tls.VERIFY.value, "加密并核对证书"),
    Choice(Tls.REQUIRE.value, "只加密"),
    Choice(Tls.OFF.value, "不加密", "只限局内专网"),
)
SERVER = (
    FieldSpec(
        key="hosts", title="服务器", required=True, quiet=True, wide=True,
        placeholder="主机名或 IP 地址；有几台时用逗号隔开",
    ),
    FieldSpec(key="port", title="端口", kind=FieldKind.NUMBER, required=True, quiet=True),
    FieldSpec(key="database", title="库名", required=True, quiet=True),
    FieldSpec(key="login", title="登录名", required=True, quiet=True),
    FieldSpec(key="password", title="密码", kind=FieldKind.SECRET, quiet=True),
    FieldSpec(key="tls", title="加密", kind=FieldKind.CHOICE, choices=TLS, required=True, quiet=True),
    FieldSpec(key="root", title="根证书文件", quiet=True, placeholder="不填则用系统信任的证书"),
)  # fmt: skip
FILE = (FieldSpec(key="file", title="数据文件", required=True, quiet=True, wide=True),)
WHO = (FieldSpec(key="login", title="登录名", required=True, quiet=True),)
#: Shown and required where a file was found to ask for one.
SECRET = (FieldSpec(key="password", title="密码", kind=FieldKind.SECRET, required=True, quiet=True),)


def server_values(settings: Settings) -> dict[str, object]:
    """What stands in the fields of a server at first."""
    known = ServerAddress.of(settings.url)
    if known is None:
        return {"port": DEFAULT_PORT, "tls": Tls.REQUIRE.value}
    return {
        "hosts": known.hosts,
        "port": known.port,
        "database": known.database,
        "login": known.login,
        "password": settings.password or None,
        "tls": known.tls.value,
        "root": known.root or None,
    }


def file_values(settings: Settings) -> dict[str, object]:
    """What stands in the fields of a file at first."""
    local = ServerAddress.of(settings.url) is None
    path = settings.url.removeprefix("sqlite:///") if local and settings.database else ""
    return {"file": path or str(settings.home / "suite.db")}


def server_settings(settings: Settings, values: Mapping[str, object]) -> Settings:
    """The settings with a server. Raises ValueError with a sentence about the port."""
    address = ServerAddress(
        hosts=str(values["hosts"]),
        port=int(str(values["port"])),
        database=str(values["database"]),
        login=str(values["login"]),
        tls=Tls(str(values["tls"])),
        root=str(values["root"] or ""),
    )
    if not 0 < address.port < 65536:
        raise ValueError("端口应为 1 至 65535 的整数，请改正")
    return replace(settings, database=address.url, login="", password=str(values["password"] or ""))


def file_settings(settings: Settings, values: Mapping[str, object], who: Mapping[str, object]) -> Settings:
    """The settings with a file; the desk's own file is named by nothing, so that it moves with the folder."""
    path = str(values["file"])
    own = Path(path).expanduser().absolute() == (settings.home / "suite.db").absolute()
    return replace(
        settings,
        database="" if own else path,
        login=str(who.get("login") or ""),
        password=str(who.get("password") or ""),
    )
