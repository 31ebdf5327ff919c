"""A profession of another distribution: built, installed into an environment of its own, used, taken away.

The environment sees the packages of the running one and this checkout through a `.pth` file, so that nothing
is fetched; the distribution is built by its own build backend and unpacked as an installer would.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from suite.testing.factories import practice_no, resident_number
from suite.testing.fixtures import ENGINES

ROOT = Path(__file__).resolve().parents[1]
STRANGER = Path(__file__).parent / "foreign_plugin"
COMMITTEE, MEDIATOR = "mediation.committee", "mediation.mediator"
PAGES = (f"roster:{COMMITTEE}", f"record:{MEDIATOR}")
TOWNSHIP = "长安区甲街道人民调解委员会"


#: Runs command lines one after the other and prints the exit code and the document of each.
DRIVER = """
import io, json, sys
from contextlib import redirect_stdout
from suite.__main__ import main
answers = []
for arguments in json.loads(sys.argv[1]):
    with redirect_stdout(io.StringIO()) as out:
        code = main(arguments)
    answers.append((code, out.getvalue()))
print(json.dumps(answers))
"""


class Answer(NamedTuple):
    """What one command line answered."""

    code: int
    json: Any


@dataclass(frozen=True)
class Environment:
    """A bare Python environment beside the running one."""

    python: Path
    packages: Path
    home: Path

    def run(self, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Run its Python; what this process was told about paths does not count there."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "SUITE_"))}
        return subprocess.run(
            [str(self.python), *arguments],
            cwd=cwd or self.home,
            env={**kept, "SUITE_HOME": str(self.home), "PYTHONUTF8": "1", "QT_QPA_PLATFORM": "offscreen"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    def suite(self, database: str, *lines: tuple[str, ...]) -> list[Answer]:
        """Run `suite … --json` for each line, all in one process: starting one costs more than most lines."""
        common = ["--db", database, "--json", "--today", "2026-11-23"]
        done = self.run("-c", DRIVER, json.dumps([[*common, *line] for line in lines]))
        assert done.returncode == 0, done.stderr[-2000:]
        return [Answer(code, json.loads(out)) for code, out in json.loads(done.stdout)]

    def remove(self, distribution: str) -> None:
        """Take a distribution away, by the list of files that it came with."""
        [record] = self.packages.glob(f"{distribution}-*.dist-info/RECORD")
        for line in record.read_text("utf-8").splitlines():
            (self.packages / line.split(",")[0]).unlink()
        shutil.rmtree(record.parent)
        shutil.rmtree(self.packages / distribution)


def make_environment(folder: Path) -> Environment:
    """An environment that sees this checkout and the packages of the running one."""
    venv.create(folder / "env", with_pip=False, symlinks=os.name == "posix")
    names = sysconfig.get_paths("venv", vars={"base": str(folder / "env"), "platbase": str(folder / "env")})
    packages = Path(names["purelib"])
    running = [sysconfig.get_paths()[name] for name in ("purelib", "platlib")]
    (packages / "running.pth").write_text("\n".join(dict.fromkeys([str(ROOT), *running])), "utf-8")
    python = Path(names["scripts"]) / ("python.exe" if os.name == "nt" else "python")
    (folder / "home").mkdir()
    return Environment(python=python, packages=packages, home=folder / "home")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The distribution, built from a copy of its source."""
    folder = tmp_path_factory.mktemp("stranger")
    source = folder / "source"
    shutil.copytree(STRANGER, source, ignore=shutil.ignore_patterns("__pycache__"))
    build = f"from setuptools.build_meta import build_wheel; build_wheel({str(folder)!r})"
    done = subprocess.run(
        [sys.executable, "-c", build], cwd=source, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture
def environment(wheel: Path, tmp_path: Path) -> Environment:
    """An environment with the stranger's plugin."""
    made = make_environment(tmp_path)
    with ZipFile(wheel) as archive:
        archive.extractall(made.packages)
    return made


@pytest.fixture(params=ENGINES, ids=("sqlite", "postgresql"))
def database(request: pytest.FixtureRequest) -> str:
    """An initialised database that has never heard of the plugin."""
    suite = request.getfixturevalue(request.param)
    url: str = suite.engine.url.render_as_string(hide_password=False)
    return url


def write(path: Path, *rows: tuple[object, ...]) -> str:
    book = Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(row)
    book.save(path)
    return str(path)


def books(folder: Path) -> dict[str, str]:
    """Two committees, one of them with too many members, and three mediators as an office sends them."""
    return {
        COMMITTEE: write(
            folder / "调委会.xlsx",
            ("调委会名称", "类别", "县（市、区）", "委员数", "成立日期", "状态"),
            (TOWNSHIP, "街道", "长安区", 5, "2012-03-01", "正常"),
            ("桥西区乙村人民调解委员会", "村居", "桥西区", 3, "2012-03-01", "正常"),
            ("桥西区丙村人民调解委员会", "村居", "桥西区", 12, "2012-03-01", "正常"),
        ),
        MEDIATOR: write(
            folder / "调解员.xlsx",
            ("姓名", "身份证号码", "县（市、区）", "所属调委会", "专职或兼职", "聘用日期"),
            ("王志远", resident_number(1), "长安区", TOWNSHIP, "专职", "2022-01-01"),
            ("李志安", resident_number(3), "长安区", TOWNSHIP, "兼职", "2022-01-01"),
            ("赵安超", resident_number(5), "桥西区", "桥西区乙村人民调解委员会", "兼职", "2026-05-01"),
        ),
    }  # fmt: skip


def states(answer: Answer) -> dict[str, str]:
    return {item["name"]: item["state"] for item in answer.json["plugins"]}


def test_a_stranger_s_profession_is_used_and_taken_away(
    environment: Environment, database: str, tmp_path: Path
) -> None:
    [before] = environment.suite(database, ("plugins",))
    assert states(before)["mediation"] == "parked", "its tables are not there yet"
    [upgraded] = environment.suite(database, ("db", "upgrade", "--no-copy"))
    assert upgraded.code == 0, upgraded
    used(environment, database, tmp_path)
    assessed(environment, database)
    environment.remove("suite_mediation")
    taken_away(environment, database, tmp_path)


def used(environment: Environment, database: str, tmp_path: Path) -> None:
    """Everything that our own professions do."""
    book = books(tmp_path)
    pictures = {page: tmp_path / f"{page.partition(':')[0]}.png" for page in PAGES}
    lawyers = [
        {
            "values": {
                "name": "王志远", "main_no": practice_no(place), "category": "full_time", "status": "active",
                "district_code": "130102", **known,
            }
        }
        for place, known in enumerate(({"id_number": resident_number(1)}, {}), 1)
    ]  # fmt: skip
    on, committees, mediators, shown, found, now, then, least, compiled, saved, *shots = environment.suite(
        database,
        ("plugins",),
        ("import", COMMITTEE, book[COMMITTEE]),
        ("import", MEDIATOR, book[MEDIATOR]),
        ("show", MEDIATOR, "王志远"),
        ("find", "wzy", "--kind", MEDIATOR),
        ("indicators", "--no", "31"),
        ("indicators", "--no", "31", "--as-of", "2025-12-31"),
        ("indicators", "--no", "T26", "--members"),
        ("edition", "compile", MEDIATOR, "--columns", "姓名、所在调委会", "--heading", "调解员名册"),
        ("run", "SaveRecords", "--set", "kind=lawyers.lawyer", "--set", f"rows={json.dumps(lawyers)}"),
        *(("shot", page, str(picture)) for page, picture in pictures.items()),
    )
    assert set(states(on).values()) == {"on"}
    assert (committees.code, mediators.code) == (1, 0)
    assert [committees.json["counts"][key] for key in ("new", "held")] == [2, 1]
    assert [mediators.json["counts"][key] for key in ("new", "held")] == [3, 0]
    assert shown.json["values"]["所在调委会"] == TOWNSHIP
    assert shown.json["values"]["身份证号"] != resident_number(1), "secrets are masked"
    assert [item["name"] for item in found.json["found"]] == ["王志远"]
    [share] = now.json["indicators"]
    assert (share["value"], share["state"]) == (pytest.approx(100 / 3), "met")
    assert then.json["indicators"][0]["value"] == 50
    [number] = least.json["indicators"]
    assert (number["value"], number["numerator"], number["state"]) == (1, 1, "behind")
    assert [line["name"] for line in number["members"]["numerator"]] == ["王志远"]
    assert (compiled.code, compiled.json["rows"]) == (0, 3)
    assert saved.code == 0, saved
    assert [shot.code for shot in shots] == [0, 0]
    assert all(picture.stat().st_size > 10_000 for picture in pictures.values())


def assessed(environment: Environment, database: str) -> None:
    """A season of the stranger's scheme, which is data and nothing else: scored, proposed, graded."""

    def run(command: str, **values: object) -> tuple[str, ...]:
        return (
            "run",
            command,
            *(word for key, value in values.items() for word in ("--set", f"{key}={value}")),
        )

    def score(number: int, won: int) -> tuple[str, ...]:
        scores = [{"item": "success", "found": won, "due": 10}, {"item": "files", "found": 1}]
        return run("ScoreAssessment", assessment_id=number, source="review", scores=json.dumps(scores))

    year = {"heading": "2025 年度规范化评定", "first": "2025-01-01", "last": "2025-12-31"}
    decided = [{"assessment_id": number, "expected_version": 5} for number in (1, 2)]
    *done, board = environment.suite(
        database,
        run("OpenCampaign", scheme="mediation.committee_review", **year),
        score(1, 10),
        score(2, 3),
        run("TakeAssessmentStep", campaign_id=1, step="report", assessments="[1,2]"),
        run("TakeAssessmentStep", campaign_id=1, step="score", assessments="[1,2]"),
        run("ProposeGrades", campaign_id=1),
        run("DecideGrades", campaign_id=1, grades=json.dumps(decided)),
        ("campaign", "1"),
    )
    assert [answer.code for answer in done] == [0] * len(done), done
    lines = {line["name"]: (line["total"], line["grade"], line["rank"]) for line in board.json["assessments"]}
    assert lines == {TOWNSHIP: (100, "model", 1), "桥西区乙村人民调解委员会": (58, "failed", 1)}


def taken_away(environment: Environment, database: str, tmp_path: Path) -> None:
    """Without the plugin everything else works, and what the core keeps of its records can be read."""
    villages = tmp_path / "villages.png"
    plugins, committee, mediator, listed, found, people, alone, *more = environment.suite(
        database,
        ("plugins",),
        ("show", COMMITTEE, TOWNSHIP),
        ("show", MEDIATOR, "王志远"),
        ("export", COMMITTEE, str(tmp_path / "out.csv")),
        ("find", "长安"),
        ("find", "王志远"),
        ("find", "wzy", "--kind", MEDIATOR),
        ("edition", "list", MEDIATOR),
        ("edition", "show", "1"),
        ("indicators",),
        ("db", "check"),
        ("shot", "roster:core.village", str(villages)),
    )
    missed = next(item for item in plugins.json["plugins"] if item["name"] == "mediation")
    assert missed["state"] == "parked"
    assert "没有安装" in missed["cause"][0]
    assert (committee.json["plugin"], committee.json["values"]["区县"]) == ("absent", "长安区")
    assert committee.json["members"] == 2
    assert [post["body"] for post in mediator.json["posts"]] == [TOWNSHIP]
    assert (listed.code, listed.json["refused"][0]["code"]) == (2, "kind.unknown")
    assert "没有安装或未启用" in listed.json["refused"][0]["text"]
    editions, edition, numbers, check, shot = more
    assert found.json["found"]
    marks = [(hit["kind"], hit.get("plugin")) for hit in people.json["found"]]
    assert sorted(marks, key=str) == [("lawyers.lawyer", None)] * 2 + [(MEDIATOR, "absent")]
    assert [hit["kind"] for hit in alone.json["found"]] == [MEDIATOR]
    assert [one["title"] for one in editions.json["editions"]] == ["调解员名册"]
    assert sorted(line["words"]["name"] for line in edition.json["lines"]) == ["李志安", "王志远", "赵安超"]
    not_merged(environment, database, people)
    assert 31 not in {item["no"] for item in numbers.json["indicators"]}
    assert (check.code, shot.code) == (0, 0)
    assert villages.is_file()


def not_merged(environment: Environment, database: str, people: Answer) -> None:
    """What would change a record of which nobody can look into is refused, and why is said."""
    mediator = next(hit["id"] for hit in people.json["found"] if "plugin" in hit)
    known, again = sorted(hit["id"] for hit in people.json["found"] if "plugin" not in hit)
    lawyer = ("--set", "kind=lawyers.lawyer", "--set", "reason=重复")

    def merge(command: str, kept: int, gone: int) -> tuple[str, ...]:
        return ("run", command, *lawyer, "--set", f"kept={kept}", "--set", f"gone={gone}")

    answers = environment.suite(
        database, merge("MergeSubjects", again, known), merge("MergePersons", again, mediator)
    )
    for answer in answers:
        [refusal] = answer.json["refused"]
        assert (answer.code, refusal["code"]) == (2, "merge.parked")
        assert "插件“mediation”" in refusal["text"]


@pytest.mark.parametrize("engines", ["sqlite", pytest.param("sqlite or postgresql", marks=pytest.mark.long)])
def test_it_stands_the_contract_of_the_suite(environment: Environment, tmp_path: Path, engines: str) -> None:
    """By its own settings of pytest, in its own environment."""
    own = tmp_path / "own"
    shutil.copytree(STRANGER / "checks", own / "checks")
    shutil.copyfile(STRANGER / "pyproject.toml", own / "pyproject.toml")
    done = environment.run("-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", engines, cwd=own)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    assert "passed" in done.stdout
