"""`suite run` and `suite commands`: any command of the kernel or a plugin by its name."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import types
from base64 import b64decode
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin, get_type_hints

import click

from suite.cli.answers import give, plain, table, told
from suite.cli.options import Call, SuiteCommand, pass_call
from suite.contract.commands import UNGIVEN
from suite.contract.problems import Problem, Refused, refuse

if TYPE_CHECKING:
    from suite.contract.commands import Command
    from suite.loader.catalog import Catalog

#: What both engines keep as a whole number.
LARGEST = 2**63 - 1
MISFITS: Mapping[Any, str] = {dt.date: "应为日期，如 2026-01-31", bytes: "应为文件内容的 Base64 编码"}


def storable(text: str) -> bool:
    """Whether a text can be kept: halves of characters cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


class _Misfit(ValueError):
    """A value that is none of the type asked for; says what was wanted, and where inside of a JSON value."""

    def __init__(self, wanted: str, place: str = "") -> None:
        super().__init__(wanted)
        self.place = place

    def inside(self, place: str) -> _Misfit:
        """The same, seen from what holds the value."""
        return _Misfit(str(self), f"{place}{self.place}")


@click.command("commands", cls=SuiteCommand)
@click.argument("name", metavar="[命令]", required=False)
@click.option("--kind", metavar="种类", help="只看这一种名册、办件或台账的字段，与命令同写。")
@pass_call
def commands(call: Call, name: str | None, kind: str | None) -> None:
    """列出可由 suite run 运行的命令、字段、权限和依据条款；写明命令时完整列出该条。"""
    suite = call.unchecked
    known = suite.executor.commands
    if name is not None and name not in known:
        raise refuse("command.unknown", _no_command(known, name), field="command")
    if kind is not None and name is None:
        raise click.UsageError("--kind 须与命令同写，如 SaveLedgerEntries --kind notary.village_visits。")
    shown = sorted(known) if name is None else [name]
    document = [_described(suite.catalog, known[key], kind) for key in shown]
    if name is not None:
        document[0]["values"] = _values(suite.catalog, known[name], kind)
        give(call, {"commands": document}, _in_full(document[0]))
        return
    give(call, {"commands": document}, [line for item in document for line in _in_short(item)])


def _no_command(known: Mapping[str, type[Command]], name: str) -> str:
    near = get_close_matches(name, known, n=3)
    words = f"相近的有：{'、'.join(near)}。" if near else ""
    return f"没有命令 {name}。{words}可用 suite commands 查看全部。"


def _described(catalog: Catalog, command: type[Command], kind: str | None) -> dict[str, Any]:
    from suite.cli.command_fields import choices_of, meanings, permission_words, type_words

    hints = get_type_hints(command)
    meant = meanings(catalog, command, kind)
    return {
        "command": command.__name__,
        "title": command.title,
        "permission": command.permission,
        "permission_title": permission_words(catalog, command),
        "article": command.article,
        "two_persons": _two_persons(catalog, command),
        "help": (command.__doc__ or "").strip().splitlines()[0],
        "fields": [
            {
                "name": item.name,
                "title": meant[item.name].title or None,
                "type": _type_words(hints[item.name]),
                "type_title": type_words(hints[item.name], meant[item.name]),
                "required": item.default is dataclasses.MISSING
                and item.default_factory is dataclasses.MISSING,
                "default": None if item.default in (dataclasses.MISSING, UNGIVEN) else item.default,
                "choices": list(choices_of(meant[item.name])) or None,
            }
            for item in dataclasses.fields(command)
        ],
    }


def _two_persons(catalog: Catalog, command: type[Command]) -> str | None:
    """Whether it takes a second person, in words; None where one does it alone."""
    rule = command.two_persons
    if rule is None:
        return None
    if rule.signed:
        return "是，经办件的审批"
    return f"是，除非参数“{catalog.parameters[rule.switch].title}”为否" if rule.switch else "是"


def _values(catalog: Catalog, command: type[Command], kind: str | None) -> list[dict[str, Any]]:
    """The fields that a row of a roster or ledger takes; none where the command takes no rows of a kind."""
    from suite.cli.command_fields import choices_of, meaning_of
    from suite.kernel.exchange.stock.sheet import list_kind

    if kind is None or getattr(command, "areas", None) or "rows" not in get_type_hints(command):
        return []
    return [
        {
            "name": field.key,
            "title": field.title,
            "type": field.type,
            "required": field.required,
            "choices": list(choices_of(meaning_of(catalog, field))) or None,
        }
        for field in list_kind(catalog, kind).fields
    ]


def _in_short(item: Mapping[str, Any]) -> list[str]:
    fields = "、".join(
        f"{field['name']}{'' if field['required'] else '?'}"
        + (f" {field['title'].partition('（')[0]}" if field["title"] else "")
        + f"（{field['type_title']}）"
        for field in item["fields"]
    )
    return [
        f"{item['command']}　{item['title']}",
        f"    权限：{item['permission_title']}",
        *([f"    须另一人复核：{item['two_persons']}"] if item["two_persons"] else []),
        *([f"    依据：{item['article']}"] if item["article"] else []),
        f"    字段（? 可省略）：{fields or '无'}",
    ]


def _in_full(item: Mapping[str, Any]) -> list[str]:
    rows = [
        (
            field["name"],
            field["title"] or "",
            field["type_title"],
            "是" if field["required"] else "",
            "、".join(field["choices"] or ()),
        )
        for field in item["fields"]
    ]
    values = [
        (
            field["name"],
            field["title"],
            "是" if field["required"] else "",
            "、".join(field["choices"] or ()),
        )
        for field in item["values"]
    ]
    help_ = item["help"] if any("\u4e00" <= letter <= "\u9fff" for letter in item["help"]) else ""
    return [
        f"{item['command']}　{item['title']}",
        *([f"  {help_}"] if help_ else []),
        f"  权限：{item['permission_title']}",
        *([f"  须另一人复核：{item['two_persons']}"] if item["two_persons"] else []),
        *([f"  依据：{item['article']}"] if item["article"] else []),
        *(f"  {line}" for line in table(["字段", "名称", "类型", "必填", "可选"], rows)),
        *(["  每行 values 的字段："] if values else []),
        *(f"  {line}" for line in (table(["字段", "名称", "必填", "可选"], values) if values else ())),
    ]


def _type_words(hint: Any) -> str:
    return (
        hint.__name__ if isinstance(hint, type) and not get_args(hint) else str(hint).replace("typing.", "")
    )


@click.command("run", cls=SuiteCommand)
@click.argument("command", metavar="命令")
@click.option(
    "--set", "pairs", multiple=True, metavar="字段=值", help="命令的字段，可写多次；列表和对象写成 JSON。"
)
@click.option("--reason", default="", metavar="事由", help="记入操作痕迹的事由。")
@click.option("--dry-run", is_flag=True, help="走完全部核对而不写入。")
@pass_call
def run(call: Call, command: str, pairs: tuple[str, ...], reason: str, dry_run: bool) -> None:
    """运行一条命令，如 suite run AddUser --set login=zhang --set name=张三。

    办件的步骤可用编号指明：--set case=石司鉴投〔2026〕1号，不必给出内部编号和版本。
    选项可写名称，档案可写名称或编号，区县和用户可写名称；列表可用顿号隔开。字段见 suite commands 命令。
    """
    suite = call.ready
    known = suite.executor.commands
    if command not in known:
        raise refuse("command.unknown", _no_command(known, command), field="command")
    asked = parse_command(
        known[command], _meant(call, known[command], _with_case(call, known[command], pairs))
    )
    done = suite.run(asked, call.actor, dry_run=dry_run, reason=reason, progress=call.progress())
    give(
        call,
        {
            "command": command,
            "dry_run": dry_run,
            "text": done.text,
            "changes": [{"kind": change.kind, "ids": change.ids} for change in done.changes],
            "warnings": [told(problem) for problem in done.warnings],
            "result": done.result,
        },
        [
            f"{'（试运行，未写入）' if dry_run else ''}{done.text}",
            *(problem.text for problem in done.warnings),
            # What was asked to be seen is shown, not only written down as seen.
            *([json.dumps(plain(done.result), ensure_ascii=False, indent=1)] if asked.discloses else []),
        ],
    )


def _meant(call: Call, command: type[Command], pairs: Sequence[str]) -> list[str]:
    """The pairs with titles turned into codes and names into ids, as far as the declarations know them."""
    from suite.cli.meant_values import Reader, kind_meant
    from suite.kernel.casework.finding import case_meant

    suite, actor = call.ready, call.actor
    given = {name: text for name, _, text in (pair.partition("=") for pair in pairs)}
    asked = given.get("kind") or given.get("ledger")
    kind = kind_meant(suite.catalog, command, asked) if asked else None
    with suite.reading() as session:
        year = suite.today.year
        if kind is None and given.get("case_id", "").isdigit():
            try:
                kind = case_meant(session, actor, suite.catalog, f"#{given['case_id']}", year=year).kind
            except Refused:
                return list(pairs)  # the command itself says what is wrong with it
        reader = Reader(
            session=session, actor=actor, catalog=suite.catalog, command=command, kind=kind, year=year
        )
        return reader.pairs(pairs)


def _with_case(call: Call, command: type[Command], pairs: Sequence[str]) -> list[str]:
    """The pairs with `case=number` turned into the fields of the command: id, version, what waits."""
    fields = {item.name for item in dataclasses.fields(command)}
    given = {pair.partition("=")[0] for pair in pairs}
    key = next((pair.partition("=")[2] for pair in pairs if pair.startswith("case=")), None)
    if key is None or "case" in fields or not fields & {"case_id", "approval"}:
        return list(pairs)
    from suite.kernel.casework.finding import approval_meant, case_meant

    suite = call.ready
    with suite.reading() as session:
        case = case_meant(session, call.actor, suite.catalog, key, year=suite.today.year)
        known = {"case_id": case.id, "expected_version": case.version}
        if "approval" in fields and "approval" not in given:
            known["approval"] = approval_meant(session, case)
    rest = [pair for pair in pairs if not pair.startswith("case=")]
    return [*rest, *(f"{name}={value}" for name, value in known.items() if name in fields - given)]


def parse_command(command: type[Command], pairs: Sequence[str]) -> Command:
    """A command from `field=value` texts. Raises Refused with everything that does not fit."""
    fields = {item.name: item for item in dataclasses.fields(command)}
    hints = get_type_hints(command)
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for pair in pairs:
        name, sign, text = pair.partition("=")
        if not sign or name not in fields:
            words = f"命令 {command.__name__} 没有字段“{name}”。可用：{'、'.join(fields)}。"
            problems.append(Problem(code="field.unknown", text=words, field=name))
            continue
        if fields[name].metadata.get("secret"):
            words = f"“{name}”不能写在命令行上，会被他人看到。请用 suite user password。"
            problems.append(Problem(code="field.secret", text=words, field=name))
            continue
        try:
            values[name] = _from_text(hints[name], text)
        except _Misfit as error:
            words = f"“{name}{error.place}”{error}" + ("。" if error.place else f"，现为“{text}”。")
            problems.append(Problem(code="value.type", text=words, field=name))
    for name, item in fields.items():
        given = name in values or any(problem.field == name for problem in problems)
        needed = item.default is dataclasses.MISSING and item.default_factory is dataclasses.MISSING
        if needed and not given:
            problems.append(
                Problem(code="required", text=f"缺少字段 {name}，请用 --set {name}=… 给出。", field=name)
            )
    if problems:
        raise Refused(problems)
    return command(**values)


def _from_text(hint: Any, text: str) -> Any:
    """A value of the type from what was typed: plain for single values, JSON for lists and objects."""
    options = _options(hint)
    if type(None) in options and text == "":
        return None
    if all(_plain(option) for option in options):
        return _from_json(hint, text, typed=True)
    try:
        return _from_json(hint, json.loads(text), typed=False)
    except json.JSONDecodeError as error:
        raise _Misfit("应写成 JSON") from error


def _options(hint: Any) -> tuple[Any, ...]:
    return get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)


def _plain(hint: Any) -> bool:
    return hint in (str, bytes, int, bool, float, Decimal, dt.date, type(None))


def _from_json(hint: Any, value: Any, *, typed: bool) -> Any:
    """A JSON value (or, with `typed`, a typed text) as the type that a command's field asks for."""
    options = _options(hint)
    if value is None and type(None) in options:
        return None
    wanted = next(option for option in options if option is not type(None))
    if wanted is Any:
        return value
    if _plain(wanted):
        return _single(wanted, value, typed=typed)
    origin = get_origin(wanted)
    if origin in (tuple, list, Sequence) or (isinstance(origin, type) and issubclass(origin, Sequence)):
        if isinstance(value, str | int):
            value = [value]  # one is a list of one
        if not isinstance(value, list):
            raise _Misfit("应为 JSON 列表")
        return tuple(_inner(get_args(wanted)[0], item, f"[{place}]") for place, item in enumerate(value))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        if not isinstance(value, dict):
            raise _Misfit("应为 JSON 对象")
        return {key: _inner(get_args(wanted)[1], item, f".{key}") for key, item in value.items()}
    if dataclasses.is_dataclass(wanted) and isinstance(wanted, type):
        return _object(wanted, value)
    raise _Misfit("不能在命令行上给出")


def _inner(hint: Any, value: Any, place: str) -> Any:
    """A value inside of another one."""
    try:
        return _from_json(hint, value, typed=False)
    except _Misfit as error:
        raise error.inside(place) from error


def _object(wanted: type[Any], value: Any) -> Any:
    hints = get_type_hints(wanted)
    if not isinstance(value, dict):
        raise _Misfit(f"应为 JSON 对象，字段：{'、'.join(hints)}")
    unknown = [name for name in value if name not in hints]
    if unknown:
        raise _Misfit(f"没有字段 {unknown[0]}，可用：{'、'.join(hints)}")
    given = {name: _inner(hints[name], item, f".{name}") for name, item in value.items()}
    lacking = [
        item.name
        for item in dataclasses.fields(wanted)
        if item.name not in given
        and item.default is dataclasses.MISSING
        and item.default_factory is dataclasses.MISSING
    ]
    if lacking:
        raise _Misfit(f"缺少字段 {'、'.join(lacking)}")
    return wanted(**given)


def _single(wanted: Any, value: Any, *, typed: bool) -> Any:
    try:
        if wanted is bool:
            if typed and value in ("true", "false", "是", "否"):
                return value in ("true", "是")
            if isinstance(value, bool):
                return value
            raise _Misfit("应为 true 或 false")
        if wanted is dt.date:
            return dt.date.fromisoformat(value)
        if wanted is bytes:
            return b64decode(value, validate=True)
        if wanted is str:
            text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            if not storable(text):
                raise _Misfit("含有不能保存的字符")
            return text
        if isinstance(value, bool):
            raise _Misfit("应为数字")
        if wanted is int and abs(int(value)) > LARGEST:
            raise _Misfit("数字过大")
        return wanted(value)
    except _Misfit:
        raise
    except (ValueError, TypeError, InvalidOperation) as error:
        words = {dt.date: "应为日期，如 2026-01-31", bytes: "应为 Base64 编码的文件内容"}.get(
            wanted, "应为数字"
        )
        raise _Misfit(words) from error
