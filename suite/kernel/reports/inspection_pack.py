"""迎检包: evidence behind chosen numbers and cases in an indexed folder or archive, with page list, digests
and a list of what is missing. It appears whole or not at all."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import file_digest, sha256
from pathlib import Path
from typing import ClassVar
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy.orm import Session

from suite.contract.commands import Actor, Command, Done, Handler
from suite.contract.problems import Problem, ProblemKind, Refused, refuse
from suite.kernel.audit.seal import note
from suite.kernel.documents.binding import count_of
from suite.kernel.documents.pages import table_page
from suite.kernel.exchange.export import Progress
from suite.kernel.exchange.leaving import Basis, ExportCommand, basis_of, export_file
from suite.kernel.executor.work import Transaction
from suite.kernel.indicators.frozen import Frozen
from suite.kernel.reports.declarations import REPORT_MAKE
from suite.kernel.reports.pack_cases import Evidence, Missing, case_evidence
from suite.kernel.reports.pack_numbers import names_rows, number_page, rows_workbook
from suite.loader.catalog import Catalog

INDEX, MANIFEST, MISSING, ABOUT = "00 目录.pdf", "清单 SHA-256.txt", "缺件清单.txt", "说明.txt"
MOST_CASES, MOST_BYTES = 500, 2 * 1_024**3
MOST_CASES_NAMED = 20
WIDTHS = (0.1, 0.5, 0.2, 0.2)
BAD_SIGNS = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
LONGEST_NAME = 80


@dataclass(frozen=True, kw_only=True)
class PackOrder:
    """What goes into a pack: its title, numbers of a frozen or live set (`basis` says which), and cases, each
    by id, number and profession. left_out: what was asked for and may not be read."""

    title: str
    today: dt.date
    frozen: Frozen | None = None
    basis: str = ""
    keys: tuple[str, ...] = ()
    cases: tuple[tuple[int, str, str], ...] = ()
    left_out: tuple[Missing, ...] = ()

    @property
    def owners(self) -> tuple[str, ...]:
        """The professions whose rosters or cases are in it."""
        of_cases = [profession for _, _, profession in self.cases]
        return tuple(dict.fromkeys([*(key.split(".", 1)[0] for key in self.keys), *of_cases]))


@dataclass(kw_only=True)
class Packed:
    """What came of it: files by name, pages, what they are and SHA-256; what is missing; `size` in bytes."""

    files: list[tuple[str, int | None, str, str]] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    size: int = 0

    @property
    def pages(self) -> int:
        """How many pages there are in all."""
        return sum(pages or 0 for _, pages, _, _ in self.files)


@dataclass(frozen=True, kw_only=True)
class LogInspectionPack(ExportCommand):
    """Write down that an inspection pack left the house: what it holds, and its digest."""

    permission: ClassVar[str] = "{owner}:roster:export"
    title: ClassVar[str] = "导出迎检包"

    profession: str = ""

    def permission_key(self) -> str:
        """Of a profession of which rows with names are in it; of numbers alone (no profession) the right to
        report."""
        return self.permission.replace("{owner}", self.profession) if self.profession else REPORT_MAKE


def log_inspection_pack(command: LogInspectionPack, work: Transaction) -> Done:
    """Write the entry."""
    note(
        work.connection,
        transaction_id=work.number,
        table="core_report",
        key="inspection-pack",
        action="E",
        scope=(command.profession or None, None, None),
        after=json.dumps(command.told(), ensure_ascii=False),
    )
    return Done(text=f"已导出迎检包 {command.file_name}：{command.rows:,} 个文件")


HANDLERS: Mapping[type[Command], Handler] = {LogInspectionPack: log_inspection_pack}


def write_pack(
    session: Session,
    actor: Actor,
    catalog: Catalog,
    order: PackOrder,
    path: Path,
    *,
    reason: str,
    run: Callable[[Command, Actor], Done],
    progress: Progress,
) -> Packed:
    """Write the pack: an archive where `path` ends in .zip, else a folder, which must not be there yet.

    `progress` may raise to stop; nothing is left then. What names persons and bodies is left out, and told to
    be missing, of a profession from which the actor may not export. Raises Refused for an empty order, to who
    may neither export from a profession in it nor report, and where all would be left out.
    """
    _check(order, actor, catalog, path)
    made = Packed()
    exported = next((owner for owner in order.owners if _may_export(actor, owner)), "")
    log = LogInspectionPack(
        profession=exported, conditions=_conditions(order), reason=reason, file_name=path.name
    )
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".part-") as place:
        folder = Path(place) / "pack"
        folder.mkdir()
        _fill(session, actor, catalog, order, folder, made, progress)
        if path.suffix.lower() == ".zip":

            def write(partial: Path, basis: Basis) -> int:
                _put_index(order, folder, made, basis)
                _zip(folder, partial, progress)
                return len(made.files)

            export_file(path, log, actor, run=run, content=order.title, write=write)
            return made
        _put_index(order, folder, made, basis_of(log, actor, order.title))
        with (folder / MANIFEST).open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
        run(replace(log, rows=len(made.files), digest=digest), actor)
        try:
            folder.rename(path)
        except OSError as error:
            raise refuse("file.write", f"无法写入 {path.name}：{error.strerror}。请换个位置。") from error
    return made


def _check(order: PackOrder, actor: Actor, catalog: Catalog, path: Path) -> None:
    if not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        text = f"没有文件夹“{path.parent}”，或不能写入。请先建好，或换个位置。"
        raise refuse("file.write", text, field="path")
    if not order.keys and not order.cases:
        why = "；".join(f"{item.of}，{item.what}：{item.why}" for item in order.left_out)
        text = f"迎检包里没有可以放入的内容。{why}。" if why else "迎检包里还没有内容，请选择指标或办件。"
        raise refuse("pack.empty", text, field="order")
    if len(order.cases) > MOST_CASES:
        text = f"一个迎检包最多 {MOST_CASES} 件办件，现有 {len(order.cases):,} 件，请分批。"
        raise refuse("pack.large", text, field="cases")
    lacking = [owner for owner in order.owners if not _may_export(actor, owner)]
    nothing_left = not order.keys and len(lacking) == len(order.owners)
    if lacking and (nothing_left or not actor.may(REPORT_MAKE)):
        raise Refused(
            [
                Problem(
                    code="not_permitted",
                    text=f"您没有导出“{catalog.titles.get(owner, owner)}”名册的权限，请联系科室管理员。",
                    kind=ProblemKind.NOT_PERMITTED,
                )
                for owner in lacking
            ]
        )
    if path.suffix.lower() != ".zip" and path.exists():
        raise refuse("file.exists", f"{path.name} 已经存在，请换个名称。", field="path")


def _may_export(actor: Actor, owner: str) -> bool:
    return actor.may(f"{owner}:roster:export")


def pack_refusal(actor: Actor, catalog: Catalog) -> str:
    """Why nothing can be packed by who may neither export from any profession nor report; else empty."""
    owners = {kind.owner for kind in catalog.kinds.values()}
    if actor.may(REPORT_MAKE) or any(_may_export(actor, owner) for owner in owners):
        return ""
    return "您没有导出名册或编制报表的权限，请联系科室管理员"


def _not_exported(catalog: Catalog, owner: str) -> str:
    return f"您没有导出“{catalog.titles.get(owner, owner)}”名册的权限，未放入，请由有权的科室补入"


def _conditions(order: PackOrder) -> str:
    said = [order.title]
    if order.keys:
        said.append(f"指标 {len(order.keys)} 项")
    if order.cases:
        cases = "、".join(number for _, number, _ in order.cases[:MOST_CASES_NAMED])
        more = f"等 {len(order.cases)} 件" if len(order.cases) > MOST_CASES_NAMED else ""
        said.append(f"办件 {cases}{more}")
    return "；".join(said)


def _fill(
    session: Session,
    actor: Actor,
    catalog: Catalog,
    order: PackOrder,
    folder: Path,
    made: Packed,
    progress: Progress,
) -> None:
    """Write every file; what tells of them comes last."""
    made.missing += order.left_out
    total = len(order.keys) + len(order.cases)
    done = 0
    for place, key in enumerate(order.keys, 1):
        progress("收集指标", done, total)
        _put_number(order, place, key, actor, catalog, folder, made)
        done += 1
    for place, (case_id, number, profession) in enumerate(order.cases, 1):
        progress("收集办件", done, total)
        if not _may_export(actor, profession):
            made.missing.append(Missing(of=number, what="全案", why=_not_exported(catalog, profession)))
            done += 1
            continue
        inside = folder / "02 办件" / safe_name(f"{place:03d} {number}")
        try:
            found: Sequence[Evidence | Missing] = list(
                case_evidence(session, actor, catalog, case_id, order.today)
            )
        except Refused as refused:
            found = [Missing(of=number, what="全案", why=refused.problems[0].text)]
        for item in found:
            if isinstance(item, Missing):
                made.missing.append(item)
            else:
                _put(folder, inside, item, made)
        done += 1
    progress("编制目录", total, total)


def _put_number(
    order: PackOrder, place: int, key: str, actor: Actor, catalog: Catalog, folder: Path, made: Packed
) -> None:
    value = order.frozen.by_key.get(key) if order.frozen is not None else None
    if value is None or order.frozen is None:
        title = catalog.indicators[key].title if key in catalog.indicators else key
        made.missing.append(Missing(of=title, what="指标", why="快照中没有这项指标，或您没有查看的权限"))
        return
    inside = folder / "01 指标" / safe_name(f"{place:02d} {value.title}")
    names = order.frozen.district_names
    page = number_page(value, names, order.frozen.as_of.isoformat(), order.basis)
    _put(
        folder,
        inside,
        Evidence(name="指标说明.pdf", content=page, pages=count_of(page), note="数值、算式、口径"),
        made,
    )
    named = _may_export(actor, value.owner)
    if not named and names_rows(value):
        made.missing.append(
            Missing(of=value.title, what="背后的名单", why=_not_exported(catalog, value.owner))
        )
    found = rows_workbook(value, names, named=named)
    if found is not None:
        book, rows = found
        detail = Evidence(name="背后的明细.xlsx", content=book, pages=None, note=f"{rows:,} 条")
        _put(folder, inside, detail, made)
    if value.whole.value is None:
        why = value.notes[0] if value.notes else "没有数据"
        made.missing.append(Missing(of=value.title, what="数值", why=why))


def _put(folder: Path, inside: Path, item: Evidence, made: Packed) -> None:
    inside.mkdir(parents=True, exist_ok=True)
    path = _free(inside / safe_name(item.name))
    path.write_bytes(item.content)
    name = path.relative_to(folder).as_posix()
    made.files.append((name, item.pages, item.note, sha256(item.content).hexdigest()))
    made.size += len(item.content)
    if made.size > MOST_BYTES:
        raise refuse("pack.large", "迎检包超过 2 GB，请分批。", field="order")


def safe_name(name: str) -> str:
    """A name that every file system takes: without signs that some forbid, and not too long."""
    clean = BAD_SIGNS.sub("_", name).strip(" .") or "未命名"
    if len(clean) <= LONGEST_NAME:
        return clean
    stem, dot, ending = clean.rpartition(".")
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}{dot}{ending}" if dot else clean[:LONGEST_NAME]


def _free(path: Path) -> Path:
    number, wanted = 1, path
    while path.exists():
        number += 1
        path = wanted.with_stem(f"{wanted.stem}（{number}）")
    return path


def _put_index(order: PackOrder, folder: Path, made: Packed, basis: Basis) -> None:
    """The page list, the missing list, who made it, when and why, and last the digests of everything."""
    rows: list[tuple[str, ...]] = [("序号", "文件", "页数", "说明")]
    rows += [
        (str(place), name, "—" if pages is None else str(pages), remark)
        for place, (name, pages, remark, _) in enumerate(made.files, 1)
    ]
    rows.append(("", "合计", str(made.pages), f"{len(made.files)} 个文件"))
    index = table_page(f"{order.title}目录", rows, WIDTHS)
    (folder / INDEX).write_bytes(index)
    # The reasons speak to whoever makes the pack; the inspector reads of him.
    said = [f"{item.of}　{item.what}：{item.why.replace('您', '编制人')}" for item in made.missing]
    _text(folder / MISSING, [f"{order.title}　缺件 {len(said)} 项", "", *(said or ["没有缺件。"])])
    _text(folder / ABOUT, [f"{title}：{words}" for title, words in basis.lines()])
    digests = [(name, digest) for name, _, _, digest in made.files]
    for name in (INDEX, MISSING, ABOUT):
        digests.append((name, sha256((folder / name).read_bytes()).hexdigest()))
    # In the form that sha256sum -c reads.
    (folder / MANIFEST).write_bytes("".join(f"{digest}  {name}\n" for name, digest in digests).encode())


def _text(path: Path, lines: Collection[str]) -> None:
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode("utf-8-sig"))


def _zip(folder: Path, path: Path, progress: Progress) -> None:
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for place, file in enumerate(files):
            progress("压缩", place, len(files))
            archive.write(file, file.relative_to(folder).as_posix())
    shutil.rmtree(folder)
