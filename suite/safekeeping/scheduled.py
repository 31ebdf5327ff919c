"""The daily backup of a desk that is asked to take it: taken, proven, and only then are old ones dropped."""

from __future__ import annotations

import datetime as dt
import json
import platform
import re
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.problems import ProblemKind, refuse
from suite.database.engine import ReadSession
from suite.kernel.backups.declarations import BACKUP_DAYS
from suite.kernel.backups.queries import last_proven
from suite.kernel.backups.rules import SHANGHAI, Attempt, Standing, clock_time, is_due, standing, surplus
from suite.kernel.executor.work import Progress
from suite.kernel.parameters.queries import parameters_on
from suite.safekeeping.book import note
from suite.safekeeping.proving import Proof, prove
from suite.safekeeping.taking import SCRATCH, take
from suite.settings import Settings

ENDING, UNPROVEN = ".backup", ".unproven"
#: What a killed run left behind is cleared away after so long; before, it may be another desk's at work.
LEFT_OVER = dt.timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Scheduled:
    """What a scheduled backup did: the file, its proof, and the names of copies that were thrown away."""

    file: Path
    proof: Proof
    dropped: tuple[str, ...]


def last_attempt(settings: Settings) -> Attempt | None:
    """This desk's last scheduled backup."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        kept = json.loads(_state(settings).read_text("utf-8"))
        return Attempt(at=dt.datetime.fromisoformat(kept["at"]), problem=str(kept["problem"]))
    return None


def due(settings: Settings, now: dt.datetime) -> bool:
    """Whether this desk is to back up now."""
    at = clock_time(settings.backup_time)
    return bool(settings.backup_folder) and at is not None and is_due(at, last_attempt(settings), now)


def backups_stand(suite: Suite, session: ReadSession, now: dt.datetime) -> Standing:
    """How the backups of this database stand, as seen from this desk."""
    line = last_proven(session)
    days = int(parameters_on(session, suite.catalog, suite.today)[BACKUP_DAYS])
    proven_at = line.proven_at if line is not None else None
    settings = suite.settings
    return standing(proven_at, last_attempt(settings), now, days, asked=bool(settings.backup_folder))


def run_scheduled(suite: Suite, actor: Actor, progress: Progress, now: dt.datetime) -> Scheduled:
    """Take a backup into the desk's folder, prove it, note it; then drop what is beyond the number to keep.

    Raises Refused; whatever happens, when and why is kept for the home page. A copy that could not be proven
    stays under a name of its own, and no good one goes.
    """
    settings = suite.settings
    if not settings.backup_folder:
        raise refuse("backup.unasked", "本机没有安排备份。请在“设置”的“备份”中填写文件夹。")
    _keep(settings, Attempt(at=now, problem="备份没有做完，程序或计算机中途停止了。"))
    try:
        done = _run(suite, actor, Path(settings.backup_folder), now, progress)
    except Exception as error:
        _keep(settings, Attempt(at=now, problem=str(error)))
        raise
    told = (*done.proof.differences, *(problem.text for problem in done.proof.problems))
    problem = f"备份未能验证，原有备份都保留着。{' '.join(told[:3])}" if told else ""
    _keep(settings, Attempt(at=now, problem=problem))
    return done


def _run(suite: Suite, actor: Actor, folder: Path, now: dt.datetime, progress: Progress) -> Scheduled:
    if not folder.is_dir():
        raise refuse(
            "backup.folder",
            f"找不到备份文件夹 {folder}。请检查网络位置或移动硬盘是否接好。",
            ProblemKind.UNAVAILABLE,
        )
    _clear_away(folder)
    start = _start(suite)
    good = folder / f"{start}{now.astimezone(SHANGHAI):%Y%m%d-%H%M%S}{ENDING}"
    taken = take(suite, actor, good.with_suffix(UNPROVEN), progress)
    proof = prove(suite, taken.file, progress, folder=folder)
    former = [name for name in _names(folder, start, UNPROVEN) if name != taken.file.name]
    if not proof.good:
        _drop(folder, former)  # one that could not be proven is enough to look at
        return Scheduled(file=taken.file, proof=proof, dropped=tuple(former))
    taken.file.rename(good)
    note(suite, actor, good, taken.manifest, proven=True)
    old = surplus(_names(folder, start, ENDING), suite.settings.backup_keep)
    _drop(folder, [*old, *former])
    return Scheduled(file=good, proof=proof, dropped=(*old, *former))


def _start(suite: Suite) -> str:
    """What the names of this desk's copies of this database begin with: others in the folder are not ours."""
    name = suite.engine.url.database or ""
    if suite.engine.dialect.name == "sqlite":
        name = Path(name).stem
    return "".join(re.sub(r"\W+", "_", part) + "-" for part in ("suite", platform.node(), name))


def _names(folder: Path, start: str, ending: str) -> list[str]:
    pattern = re.compile(rf"{re.escape(start)}\d{{8}}-\d{{6}}{re.escape(ending)}")
    return sorted(path.name for path in folder.iterdir() if pattern.fullmatch(path.name))


def _drop(folder: Path, names: list[str]) -> None:
    for name in names:
        (folder / name).unlink(missing_ok=True)


def _clear_away(folder: Path) -> None:
    """Scratch of runs that were killed."""
    limit = dt.datetime.now(dt.UTC) - LEFT_OVER
    for path in folder.iterdir():
        ours = path.name.startswith(SCRATCH) or re.fullmatch(rf"\.suite-.*{UNPROVEN}\.part", path.name)
        if ours and dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC) < limit:
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def _state(settings: Settings) -> Path:
    return settings.home / "backup.json"


def _keep(settings: Settings, attempt: Attempt) -> None:
    """Remember an attempt. A desk that cannot write its own folder is told by the check-up, not here."""
    with suppress(OSError):
        settings.home.mkdir(parents=True, exist_ok=True)
        partial = _state(settings).with_suffix(".part")
        partial.write_text(json.dumps({"at": attempt.at.isoformat(), "problem": attempt.problem}), "utf-8")
        partial.replace(_state(settings))
