#!/usr/bin/env python3
"""Make the environment in `.venv`, then run the suite or its tests. Standard library only.

    python3 start.py [demo] [ARGS]   the demonstration bureau
    python3 start.py suite [ARGS]    any command of the suite; without ARGS its window
    python3 start.py test [ARGS]     lint, types, import contracts, tests; ARGS go to pytest
    python3 start.py bundle [OUT]    an offline bundle for desks with this platform (bundle/README.md)

The file must still be read by Python 3.7 (Kylin V10 and UOS 20 bring 3.7 and 3.8), or a person there
would see a syntax error instead of being told which Python to use.
"""

from __future__ import annotations

import compileall
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
LINUX = sys.platform.startswith("linux")

OLDEST, NEWEST = (3, 11), (3, 13)
OLDEST_PIP = (22, 3)  # the first that can install into another environment (--python)

USAGE = """用法：python3 start.py [demo] [参数]   建立示范数据并打开窗口（没有屏幕时写出界面图片）
      python3 start.py suite [参数]    运行 suite 的任何命令；不带参数时打开窗口
      python3 start.py test [参数]     检查与测试；参数交给 pytest
      python3 start.py bundle [文件夹] 制作本平台的离线安装包（默认放在 dist）"""

FONT_PACKAGE = "fonts-noto-cjk"
# What Qt asks of the system, and the package that brings it on Debian, Ubuntu, Kylin and UOS.
LIBRARY_PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}

ASK_FOR_FONT = """
import sys
from PySide6.QtGui import QFontDatabase, QGuiApplication
app = QGuiApplication([])
sys.exit(0 if QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese) else 9)
"""


class CannotStart(Exception):
    """Why the suite cannot start here, and what to do: one Chinese line for the person."""


def say(text: str) -> None:
    """Tell on stderr, so that stdout belongs to the suite alone (`--json`)."""
    print(text, file=sys.stderr, flush=True)


# What to do: values in, values out.


def version_problem(version: tuple[int, int], windows: bool = WINDOWS) -> str | None:
    """The line for a Python that the pinned packages do not support, or None."""
    if OLDEST <= version <= NEWEST:
        return None
    example = "py -3.11 start.py" if windows else "python3.11 start.py"
    return (
        f"本程序需要 Python 3.11 至 3.13，当前是 {version[0]}.{version[1]}。"
        f"安装其中一版后用它运行，例如 {example}。"
    )


def plan(arguments: list[str]) -> tuple[str, list[str]]:
    """The job (demo, suite, test, bundle, usage, unknown) and the arguments that it is given."""
    if not arguments:
        return "demo", []
    word, rest = arguments[0], arguments[1:]
    if word in ("-h", "--help"):
        return "usage", []
    if word in ("demo", "suite", "test", "bundle"):
        return word, rest
    if word.startswith("-"):
        return "demo", arguments
    return "unknown", arguments


def stamp_of(root: Path, version: tuple[int, int]) -> str:
    """What an environment was made from: pins, project, place and Python."""
    digest = hashlib.sha256(f"{root}\n{version}\n".encode())
    for name in ("requirements.txt", "pyproject.toml"):
        digest.update((root / name).read_bytes())
    return digest.hexdigest()


def python_of(venv: Path, windows: bool = WINDOWS) -> Path:
    """The interpreter of an environment."""
    return venv / "Scripts" / "python.exe" if windows else venv / "bin" / "python"


def child_environment(outer: dict[str, str], linux: bool = LINUX) -> dict[str, str]:
    """The environment for the suite: UTF-8 whatever the locale, and no screen where there is none."""
    env = dict(outer, PYTHONUTF8="1")
    if not linux:
        return env
    locale = env.get("LC_ALL") or env.get("LC_CTYPE") or env.get("LANG") or ""
    if not re.search(r"utf-?8", locale, re.IGNORECASE):
        env["LC_ALL"] = "C.UTF-8"  # Qt warns at every start about a locale that is not UTF-8
    if not env.get("DISPLAY") and not env.get("WAYLAND_DISPLAY"):
        env.setdefault("QT_QPA_PLATFORM", "offscreen")
    return env


def pip_can_reach_out(version_line: str) -> bool:
    """Whether `pip --version` printed a pip that can install into another environment."""
    found = re.match(r"pip (\d+)\.(\d+)", version_line)
    return found is not None and (int(found.group(1)), int(found.group(2))) >= OLDEST_PIP


def missing_libraries(ldd_output: str) -> list[str]:
    """The libraries that ldd did not find, each once."""
    return sorted(set(re.findall(r"^\s*(\S+) => not found", ldd_output, re.MULTILINE)))


def packages_for(libraries: list[str]) -> list[str]:
    """The Debian packages of libraries; one that is not known stands under its own name."""
    return sorted({LIBRARY_PACKAGES.get(library, library) for library in libraries})


def checks(python: Path, arguments: list[str]) -> list[tuple[str, list[str]]]:
    """The steps of `test`, each with its name. Modules, not scripts: a moved folder breaks scripts."""
    contracts = "from importlinter.cli import lint_imports_command as run; run()"
    return [
        ("ruff", [str(python), "-m", "ruff", "check", "."]),
        ("mypy", [str(python), "-m", "mypy"]),
        ("import-linter", [str(python), "-c", contracts]),
        ("pytest", [str(python), "-m", "pytest", "-n", "2", "--no-loadscope-reorder", *arguments]),
    ]


# Doing it.


def output_of(command: list[str]) -> str:
    """What a command prints on both channels; empty when it cannot be run or fails."""
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    except OSError:
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""


def administrator() -> list[str] | None:
    """What to put before apt-get so that it may install, or None where it may not."""
    if not LINUX or not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    asked = (
        subprocess.run(["sudo", "-n", "true"], stderr=subprocess.DEVNULL) if shutil.which("sudo") else None
    )
    return ["sudo", "-n"] if asked and asked.returncode == 0 else None


def install_system_packages(packages: list[str]) -> bool:
    """Install with apt-get if this account may; True when it was done."""
    prefix = administrator()
    if prefix is None:
        return False
    say("正在安装系统软件包：" + " ".join(packages))
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]
    for step in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        done = subprocess.run(
            [*apt, *step], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
    # A failed update is not the end: the lists of yesterday often still serve, and install tells.
    if done.returncode != 0:
        say(done.stdout.decode("utf-8", "replace"))
    return done.returncode == 0


def find_pip(python: Path) -> list[str] | None:
    """The command that installs into the environment: its own pip, else this Python's."""
    if output_of([str(python), "-m", "pip", "--version"]):
        return [str(python), "-m", "pip"]
    if pip_can_reach_out(output_of([sys.executable, "-m", "pip", "--version"])):
        return [sys.executable, "-m", "pip", "--python", str(python)]
    return None


def make_venv() -> list[str]:
    """Make or mend `.venv`; gives the pip command that installs into it.

    Debian keeps ensurepip apart (python3-venv): without it the environment is made bare and filled by
    the system's pip.
    """
    python = python_of(VENV)
    here = ".".join(map(str, sys.version_info[:2]))
    if output_of([str(python), "--version"]).startswith(f"Python {here}."):
        pip = find_pip(python)
        if pip:
            return pip
    if not os.access(str(ROOT), os.W_OK):
        raise CannotStart(f"{ROOT} 不可写，建不了运行环境。把整个文件夹复制到自己的目录后再运行。")
    package = f"python{here}-venv"
    has_venv = importlib.util.find_spec("venv") is not None
    has_pip = pip_can_reach_out(output_of([sys.executable, "-m", "pip", "--version"]))
    bare = has_venv and has_pip and importlib.util.find_spec("ensurepip") is None
    if not bare and importlib.util.find_spec("ensurepip") is None and not install_system_packages([package]):
        raise CannotStart(
            f"这里的 Python 没有 venv 和 pip，建不了运行环境。请管理员执行：apt-get install {package}"
        )
    options = ["--clear", "--without-pip"] if bare else ["--clear"]
    made = subprocess.run([sys.executable, "-m", "venv", *options, str(VENV)])
    pip = find_pip(python) if made.returncode == 0 else None
    if pip is None:
        raise CannotStart(f"运行环境没有建成，原因见上。删除 {VENV} 后再运行；仍不成时检查磁盘空间。")
    return pip


def install_packages(pip: list[str]) -> None:
    """Install the pinned versions and the project."""
    install_pinned(pip, ROOT / "requirements.txt")
    install(pip, ["--no-deps", "--no-build-isolation", "-e", str(ROOT)])


def install_pinned(pip: list[str], pins: Path) -> None:
    """Install what a file pins: wheels only, and only with their hashes."""
    install(pip, ["--require-hashes", "--only-binary", ":all:", "-r", str(pins)])


def install(pip: list[str], what: list[str]) -> None:
    """Have pip install. Where from is the business of pip's own settings."""
    quiet = [] if sys.stderr.isatty() else ["--quiet"]
    command = [*pip, "install", "--disable-pip-version-check", "--no-input", *quiet, *what]
    if subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sys.stderr).returncode != 0:
        raise CannotStart("依赖包没有装上，原因见上面 pip 的提示。检查网络或 pip 的软件源设置后再运行。")


def make_environment() -> None:
    """Bring `.venv` to what requirements.txt and pyproject.toml say; nothing to do when it is there."""
    stamp, wanted = VENV / "made-from", stamp_of(ROOT, sys.version_info[:2])
    if stamp.exists() and stamp.read_text() == wanted and python_of(VENV).exists():
        return
    say("正在准备运行环境，首次要下载约 150 MB，一般需要几分钟。")
    install_packages(make_venv())
    for folder in ("suite", "plugins"):  # now, so that the first window need not wait for it
        compileall.compile_dir(str(ROOT / folder), quiet=2)
    stamp.write_text(wanted)


def missing_for(plugin: str) -> list[str]:
    """The system libraries that one of Qt's platform plugins lacks. Asked at every start: 15 ms."""
    found = sorted(VENV.glob(f"lib/python3*/site-packages/PySide6/Qt/plugins/platforms/{plugin}"))
    return missing_libraries(output_of(["ldd", str(found[0])])) if found else []


def get_system_parts(env: dict[str, str]) -> None:
    """See to it that Qt finds its libraries, and the screens a Chinese font."""
    if not LINUX:
        return
    plugins = ["libqoffscreen.so"] + ([] if env.get("QT_QPA_PLATFORM") == "offscreen" else ["libqxcb.so"])
    missing = sorted({library for plugin in plugins for library in missing_for(plugin)})
    font_found = VENV / "font-found"
    if missing:
        # Whoever may install gets the parts of a real window as well: the screen may come later.
        packages = packages_for(sorted({*missing, *missing_for("libqxcb.so")}))
        if not install_system_packages(packages) or any(missing_for(plugin) for plugin in plugins):
            raise CannotStart(
                f"窗口程序缺少系统库。请管理员执行：apt-get install {' '.join(packages)} {FONT_PACKAGE}"
            )
    if font_found.exists():
        return
    if not has_chinese_font(env):
        install_system_packages([FONT_PACKAGE])
        if not has_chinese_font(env):
            say(f"系统没有中文字体，汉字会显示成方框。请管理员执行：apt-get install {FONT_PACKAGE}")
            return
    font_found.touch()


def has_chinese_font(env: dict[str, str]) -> bool:
    """Ask Qt itself, which alone knows what it can draw with."""
    asked = subprocess.run(
        [str(python_of(VENV)), "-c", ASK_FOR_FONT],
        env=dict(env, QT_QPA_PLATFORM="offscreen"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if asked.returncode not in (0, 9):
        say(asked.stdout.decode("utf-8", "replace"))
        raise CannotStart("Qt 启动不了，原因见上。按提示补齐系统库后再运行。")
    return asked.returncode == 0


def run_checks(arguments: list[str], env: dict[str, str]) -> int:
    """Run every step though one fails, so that one run tells all; the code of the first that failed.

    What reads the code alone runs beside the tests, since it would keep one core of two idle, and is told
    after them.
    """
    # Tests paint offscreen, so that they neither need nor disturb a screen, and paint the same anywhere.
    env = dict(env, QT_QPA_PLATFORM="offscreen") if LINUX else env
    *readings, (tests, test) = checks(python_of(VENV), arguments)

    def read_all() -> list[subprocess.CompletedProcess[bytes]]:
        return [
            subprocess.run(
                command,
                cwd=str(ROOT),
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
            )
            for _, command in readings
        ]

    with ThreadPoolExecutor(max_workers=1) as beside:
        read = beside.submit(read_all)
        say(f"── {tests} ──")
        code = subprocess.run(test, cwd=str(ROOT), env=env).returncode
    results = []
    for (name, _), done in zip(readings, read.result(), strict=True):
        say(f"── {name} ──\n{done.stdout.decode('utf-8', 'replace').rstrip()}")
        results.append((name, done.returncode))
    results.append((tests, code))
    say("── " + "，".join(f"{name} {'通过' if code == 0 else f'未通过（{code}）'}" for name, code in results))
    return next((code for _, code in results if code != 0), 0)


def run_suite(arguments: list[str], env: dict[str, str]) -> int:
    """Become the suite; -P keeps a folder named `suite` in the person's directory from standing in."""
    command = [str(python_of(VENV)), "-P", "-m", "suite", *arguments]
    if not WINDOWS:  # signals and the exit code then reach the suite without a go-between
        os.execve(command[0], command, env)  # noqa: S606 - our own interpreter, no shell
    return subprocess.run(command, env=env).returncode


def make_bundle(arguments: list[str], env: dict[str, str]) -> int:
    """Install what makes bundles beside the program, and make one.

    It takes the libraries of a real screen along: desks have one, also where the maker has none.
    """
    get_system_parts({name: value for name, value in env.items() if name != "QT_QPA_PLATFORM"})
    install_pinned(make_venv(), ROOT / "bundle" / "requirements.txt")
    say("正在制作离线安装包，一般需要两三分钟。")
    command = [str(python_of(VENV)), "-P", str(ROOT / "bundle" / "build.py"), *arguments]
    return subprocess.run(command, env=env).returncode


def main(arguments: list[str]) -> int:
    """Do the job; 2 where it cannot be started, with the reason on stderr."""
    if not WINDOWS:  # there the console takes any character; here LANG=C would show escapes
        for stream in (sys.stdout, sys.stderr):
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    job, rest = plan(arguments)
    if job in ("usage", "unknown"):
        say(USAGE)
        return 0 if job == "usage" else 2
    problem = version_problem(sys.version_info[:2])
    if problem:
        say(problem)
        return 2
    env = child_environment(dict(os.environ))
    try:
        make_environment()
        if job == "bundle":
            return make_bundle(rest, env)
        get_system_parts(env)
    except CannotStart as reason:
        say(str(reason))
        return 2
    if job == "test":
        return run_checks(rest, env)
    return run_suite(["demo", *rest] if job == "demo" else rest, env)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
