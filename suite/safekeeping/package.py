"""The backup file: a ZIP archive of the data and a manifest, whose last 64 bytes are the digest of the rest.

Any tool opens it, and no byte of it can be altered unseen: the digest stands where a ZIP has its comment.
"""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from suite.contract.problems import ProblemKind, Refused, refuse
from suite.database.engine import make_private_file
from suite.kernel.documents.regular import open_regular
from suite.kernel.exchange.whole_file import whole_file
from suite.safekeeping.disk import words_of
from suite.safekeeping.facts import Facts, Number

FORMAT = 1
MANIFEST = "manifest.json"
DIGEST_BYTES = 64
MOST_MANIFEST = 8_000_000
CHUNK = 1 << 20

Step = Callable[[int], object]


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a backup says of itself.

    engine: sqlite or postgresql, server its version. taken_at UTC. data_bytes and data_sha256 are those of
    the data before it was packed.
    """

    engine: str
    server: str
    taken_at: dt.datetime
    taken_by: str
    facts: Facts
    data_bytes: int = 0
    data_sha256: str = ""

    @property
    def data_name(self) -> str:
        """The member of the archive that holds the data."""
        return "data.db" if self.engine == "sqlite" else "data.dump"


def damaged(path: Path, why: str) -> Refused:
    """A backup that cannot be trusted: nothing of it is used."""
    text = f"备份 {path.name} 已损坏（{why}），不能恢复。请换用另一份备份，并检查存放备份的磁盘。"
    return refuse("backup.damaged", text)


def write_package(out: Path, manifest: Manifest, data: Path, step: Step) -> Manifest:
    """Pack the data; `out` appears whole or not at all. Gives the manifest as written. Raises Refused."""
    with whole_file(out) as partial:
        partial.unlink(missing_ok=True)
        make_private_file(partial)
        # A dump is compressed by pg_dump; a database file shrinks to a fraction.
        kind = zipfile.ZIP_DEFLATED if manifest.engine == "sqlite" else zipfile.ZIP_STORED
        with zipfile.ZipFile(partial, "w", kind, compresslevel=1) as archive:
            with (
                archive.open(manifest.data_name, "w", force_zip64=True) as target,
                data.open("rb") as source,
            ):
                read, digest = _copy(source, target, step)
            manifest = replace(manifest, data_bytes=read, data_sha256=digest)
            archive.writestr(MANIFEST, _as_json(manifest))
            archive.comment = b"0" * DIGEST_BYTES
        with partial.open("r+b") as file:
            digest = _digest(file, partial.stat().st_size - DIGEST_BYTES)
            file.seek(-DIGEST_BYTES, 2)
            file.write(digest.encode())
    return manifest


def read_manifest(path: Path) -> Manifest:
    """The manifest of a backup whose every byte is as it was written. Raises Refused."""
    try:
        size = path.stat().st_size
        with open_regular(path) as file:
            if size <= DIGEST_BYTES or file.read(4) != b"PK\x03\x04":
                raise refuse("backup.unknown", f"{path.name} 不是本程序的备份文件。请核对文件。")
            file.seek(0)
            found = _digest(file, size - DIGEST_BYTES)
            if file.read(DIGEST_BYTES) != found.encode():
                raise damaged(path, "内容与校验值不符")
        with zipfile.ZipFile(path) as archive, archive.open(MANIFEST) as member:
            text = member.read(MOST_MANIFEST + 1)
            if len(text) > MOST_MANIFEST:
                raise damaged(path, "清单过大")
            return _from_json(path, json.loads(text))
    except OSError as error:
        raise refuse(
            "backup.unreadable",
            f"读不了备份 {path}：{words_of(error)}。请核对位置、网络和权限。",
            ProblemKind.UNAVAILABLE,
        ) from error
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError) as error:
        raise damaged(path, "清单读不通") from error


def unpack(path: Path, manifest: Manifest, target: Path, step: Step) -> None:
    """Write the data to a new private file, no more of it than the manifest says. Raises Refused."""
    make_private_file(target)
    try:
        with (
            zipfile.ZipFile(path) as archive,
            archive.open(manifest.data_name) as source,
            target.open("wb") as file,
        ):
            read, digest = _copy(source, file, step, most=manifest.data_bytes)
    except (zipfile.BadZipFile, KeyError) as error:
        raise damaged(path, "数据读不通") from error
    if (read, digest) != (manifest.data_bytes, manifest.data_sha256):
        raise damaged(path, "数据与清单不符")


def _copy(source: IO[bytes], target: IO[bytes], step: Step, most: int | None = None) -> tuple[int, str]:
    read, digest = 0, sha256()
    while part := source.read(CHUNK):
        read += len(part)
        if most is not None and read > most:
            break
        digest.update(part)
        target.write(part)
        step(read)
    return read, digest.hexdigest()


def _digest(file: IO[bytes], length: int) -> str:
    digest = sha256()
    while length > 0 and (part := file.read(min(CHUNK, length))):
        digest.update(part)
        length -= len(part)
    return digest.hexdigest()


def _as_json(manifest: Manifest) -> str:
    values: dict[str, Any] = {"format": FORMAT, **asdict(manifest)}
    values["taken_at"] = manifest.taken_at.isoformat()
    values["facts"]["as_of"] = manifest.facts.as_of.isoformat()
    return json.dumps(values, ensure_ascii=False, indent=1)


def _from_json(path: Path, values: dict[str, Any]) -> Manifest:
    if values.pop("format") != FORMAT:
        raise refuse("backup.format", f"备份 {path.name} 是新版程序写的。请安装新版程序后再恢复。")
    facts = values.pop("facts")
    numbers = {key: Number(**item) for key, item in facts.pop("indicators").items()}
    as_of = dt.date.fromisoformat(facts.pop("as_of"))
    taken_at = dt.datetime.fromisoformat(values.pop("taken_at"))
    manifest = Manifest(**values, taken_at=taken_at, facts=Facts(**facts, as_of=as_of, indicators=numbers))
    if manifest.engine not in ("sqlite", "postgresql"):
        raise damaged(path, "清单读不通")
    return manifest
