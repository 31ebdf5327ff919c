"""`suite kinds`, `show`, `find`: what is kept, one record with its history, and searching."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import click

from suite.cli.answers import give, table
from suite.cli.options import Call, SuiteCommand, pass_call

if TYPE_CHECKING:
    from suite.contract.declarations import Field, RecordKind
    from suite.loader.catalog import Catalog


@click.command("kinds", cls=SuiteCommand)
@pass_call
def kinds(call: Call) -> None:
    """列出各种名册、办件、台账、考核评估和报表及其字段。"""
    from suite.kernel.exchange.stock.sheet import case_sheets
    from suite.kernel.ledgers.sheet import ledger_sheets

    catalog = (call.unchecked if call.missing_file else call.suite).catalog
    document = [
        {
            "key": kind.key,
            "title": kind.title,
            "family": "record",
            "owner": kind.owner,
            "role": kind.role,
            "unit": kind.unit,
            "fields": [_field(catalog, field) for field in kind.fields],
        }
        for profession in catalog.professions
        for kind in catalog.kinds_of(profession)
    ] + [
        {
            "key": case.key,
            "title": case.title,
            "family": "case",
            "owner": case.owner,
            "role": case.case.work,
            "unit": "件",
            "fields": [_field(catalog, field) for field in case.fields],
        }
        for case in case_sheets(catalog).values()
    ]
    document += [
        {
            "key": ledger.key,
            "title": ledger.title,
            "family": "ledger",
            "owner": ledger.owner,
            "role": "ledger",
            "unit": ledger.unit,
            "fields": [_field(catalog, field) for field in ledger.fields],
        }
        for ledger in ledger_sheets(catalog).values()
    ]
    document += [
        {
            "key": scheme.key,
            "title": scheme.title,
            "family": "assessment",
            "owner": scheme.owner,
            "role": "assessment",
            "unit": "个",
            "fields": [],
            "kinds": scheme.kinds,
            "items": [{"key": item.key, "title": item.title, "most": item.most} for item in scheme.criteria],
        }
        for scheme in catalog.schemes.values()
    ]
    document += [
        {
            "key": form.key,
            "title": form.title,
            "family": "return",
            "owner": form.owner,
            "every": form.every,
            "by": form.by,
            "fields": [
                {"key": cell.series, "title": catalog.figures[cell.series].title, "type": "decimal",
                 "required": not cell.optional and not cell.computed, "sensitive": False}
                for cell in form.cells
            ],
        }
        for form in catalog.forms.values()
    ]  # fmt: skip
    lines = []
    for profession in catalog.professions:
        for kind in catalog.kinds_of(profession):
            lines.append(f"{kind.key}  {kind.title}")
            lines += [
                f"    {line}"
                for line in table(
                    ["标题", "字段", "类型", "必填", "敏感"],
                    [
                        (f.title, f.key, f.type, "是" if f.required else "", "是" if f.sensitive else "")
                        for f in kind.fields
                    ],
                )
            ]
    for case in case_sheets(catalog).values():
        lines.append(f"{case.key}  {case.title}（办件）")
        rows = [(field.title, field.key, field.type) for field in case.fields]
        lines += [f"    {line}" for line in table(["标题", "字段", "类型"], rows)]
    for ledger in ledger_sheets(catalog).values():
        lines.append(f"{ledger.key}  {ledger.title}（台账）")
        rows = [(field.title, field.key, field.type) for field in ledger.fields]
        lines += [f"    {line}" for line in table(["标题", "字段", "类型"], rows)]
    lines += [f"{scheme.key}  {scheme.title}（考核评估）" for scheme in catalog.schemes.values()]
    lines += [f"{form.key}  {form.title}（报表）" for form in catalog.forms.values()]
    give(call, {"kinds": document}, lines)


def _field(catalog: Catalog, field: Field) -> dict[str, Any]:
    return {
        "key": field.key,
        "title": field.title,
        "type": field.type,
        "required": field.required,
        "sensitive": field.sensitive,
        "dated": field.dated,
        "choices": [code.title for code in catalog.codes[field.codes].codes] if field.codes else None,
        "links": list(field.links) or None,
        "help": field.hint,
    }


@click.command("show", cls=SuiteCommand)
@click.argument("kind", metavar="种类")
@click.argument("key", metavar="编号")
@click.option("--as-of", metavar="日期", type=click.DateTime(["%Y-%m-%d"]), help="该日的情况。")
@pass_call
def show(call: Call, kind: str, key: str, as_of: dt.datetime | None) -> None:
    """一份档案或一件办件及其历史。

    编号可以是主编号、证号、只有一人的姓名、办件编号（如 石司鉴投〔2026〕1号），或 #内部编号。
    """
    from suite.kernel.exchange.export import words_of
    from suite.kernel.registry.districts import short_district_names
    from suite.kernel.registry.keys import key_of, meant_by
    from suite.kernel.registry.record_file import record_file
    from suite.kernel.registry.trace import record_trace

    suite, actor = call.ready, call.actor
    catalog = suite.catalog
    if kind in catalog.case_kinds:
        from suite.cli.cases import show_case

        show_case(call, kind, key)
        return
    if kind not in catalog.kinds:
        _show_core_row(call, kind, key)
        return
    with suite.reading() as session:
        meant = meant_by(session, actor, catalog, key, kind=kind)
        subject_id = meant.subject_id
        record = record_file(session, actor, catalog, subject_id, as_of=as_of.date() if as_of else None)
        trace = record_trace(session, actor, catalog, subject_id)
        districts = short_district_names(session)
    found = catalog.kinds[kind]
    values = {
        field.title: words_of(catalog, field, record.values[field.key], districts) for field in found.fields
    }
    document = {
        "kind": kind,
        "key": key_of(subject_id, record.values.get("main_no")),
        "id": subject_id,
        "version": record.version,
        "as_of": record.as_of,
        "merged": meant.led.sentence if meant.led else None,
        "values": values,
        "posts": record.posts,
        "dated": [
            {
                "field": line.title,
                "value": _dated_words(catalog, found, line.field, line.value),
                "from": line.from_date,
                "recorded_at": line.recorded_at,
                "void_reason": line.void_reason,
            }
            for line in record.dated
        ],
        "licences": record.licences,
        "other_roles": record.other_roles,
        "members": record.members,
        "history": trace,
    }
    lines = [meant.led.sentence] if meant.led else []
    lines.append(f"{found.title}  {record.values['name']}")
    lines += [f"  {title}：{_line_value(value)}" for title, value in values.items() if value is not None]
    if record.posts:
        lines.append("执业经历")
        lines += [
            f"  {post.from_date or '以前'} 至 {post.to_date or '今'}  {post.body}"
            + (f"（已作废：{post.void_reason}）" if post.void_reason else "")
            for post in record.posts
        ]
    for licence in record.licences:
        lines.append(f"{licence.title} {licence.number or ''}")
        lines += [
            f"  {event.on_date}  {catalog.code_title(found.status, event.state)}  {event.document_no or ''}"
            + (f"（已作废：{event.void_reason}）" if event.void_reason else "")
            for event in licence.events
        ]
    lines.append("操作记录")
    for act in trace:
        lines.append(
            f"  {act.at:%Y-%m-%d %H:%M}Z {act.who} {act.act}" + (f"（{act.reason}）" if act.reason else "")
        )
        lines += [f"    {change.text}" for change in act.changes]
    give(call, document, lines)


def _show_core_row(call: Call, kind: str, key: str) -> None:
    """What the core itself keeps of a record whose plugin is away; refuses where it keeps none."""
    from suite.kernel.registry.core_rows import CORE_TITLES, core_row

    with call.suite.reading() as session:
        row = core_row(session, call.actor, call.suite.catalog, kind, key)
    told = (row.name, row.main_no, row.district, row.status, row.valid_from, row.valid_to)
    values = dict(zip(CORE_TITLES.values(), told, strict=True))
    document = {
        "kind": kind,
        "key": row.key,
        "id": row.subject_id,
        "version": row.version,
        "as_of": None,
        "plugin": "absent",
        "values": values,
        "posts": row.posts,
        "dated": [],
        "licences": row.licences,
        "other_roles": [],
        "members": row.members,
        "history": [],
    }
    owner = kind.split(".", 1)[0]
    lines = [f"{row.name}", f"插件“{owner}”没有安装或未启用，只列出核心档案，原因见 suite plugins。"]
    lines += [f"  {title}：{_line_value(value)}" for title, value in values.items() if value is not None]
    lines += [f"  {post.from_date or '以前'} 至 {post.to_date or '今'}  {post.body}" for post in row.posts]
    lines += [f"  证号 {licence.number}" for licence in row.licences if licence.number]
    give(call, document, lines)


def _line_value(value: Any) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _dated_words(catalog: Catalog, kind: RecordKind, key: str, value: str | None) -> str | None:
    field = kind.by_key.get(key)
    if field is None or not field.codes or value is None:
        return value
    return catalog.code_title(field.codes, value)


@click.command("find", cls=SuiteCommand)
@click.argument("words", metavar="文字", nargs=-1, required=True)
@click.option("--kind", "kinds_", multiple=True, metavar="种类", help="只在这些种类中查找，可写多次。")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, metavar="条数", help="最多几条，默认 50。")
@pass_call
def find(call: Call, words: tuple[str, ...], kinds_: tuple[str, ...], limit: int) -> None:
    """按姓名、拼音、首字母、编号或其尾数查找名册；按编号和当事人查找办件。与窗口中的搜索相同。"""
    from suite.kernel.casework.finding import cases_found
    from suite.kernel.casework.queries import case_lines
    from suite.kernel.registry.districts import short_district_names
    from suite.kernel.registry.keys import key_of
    from suite.kernel.registry.scoping import parked_scopes
    from suite.kernel.search.queries import find as search
    from suite.kernel.search.queries import parked_kinds

    suite, actor = call.ready, call.actor
    catalog = suite.catalog
    with suite.reading() as session:
        for key in set(kinds_) - set(parked_kinds(session, catalog)):
            catalog.kind(key)
        hits = search(
            session,
            actor,
            catalog,
            " ".join(words),
            kinds=kinds_ or None,
            limit=limit,
            parked=parked_scopes(actor),
        )
        districts = short_district_names(session)
        year = suite.today.year
        numbers = (
            () if kinds_ else cases_found(session, actor, catalog, " ".join(words), year=year, limit=limit)
        )
        found_cases = case_lines(session, actor, catalog, numbers, today=suite.today)
    document = [
        {
            "kind": hit.kind,
            "key": key_of(hit.subject_id, hit.main_no),
            "id": hit.subject_id,
            "name": hit.name,
            "main_no": hit.main_no,
            "body": hit.body,
            "district": districts.get(hit.district_code or ""),
            "status": catalog.code_title(catalog.kinds[hit.kind].status, hit.status)
            if hit.installed
            else hit.status,
            **({} if hit.installed else {"plugin": "absent"}),
        }
        for hit in hits
    ]
    rows = [
        (
            hit.kind_title if hit.installed else f"{hit.kind}（未安装）",
            hit.name,
            hit.main_no or f"#{hit.subject_id}",
            hit.body or "",
            line["status"],
        )
        for hit, line in zip(hits, document, strict=True)
    ]
    lines = table(["种类", "名称", "编号", "机构", "状态"], rows) if rows else []
    away = sorted({hit.kind.split(".", 1)[0] for hit in hits if not hit.installed})
    if away:
        owners = "、".join(f"“{owner}”" for owner in away)
        lines.append(f"插件{owners}没有安装或未启用，其档案只有核心内容，原因见 suite plugins。")
    if found_cases:
        lines += table(
            ["种类", "办件", "当事人", "状态", "期限"],
            [
                (line.kind_title, line.number, line.respondents, line.state.title,
                 line.clock.text if line.clock else "")
                for line in found_cases
            ],
        )  # fmt: skip
    in_cases = [
        {"kind": line.kind, "key": line.number, "id": line.id, "title": line.title, "state": line.state.key}
        for line in found_cases
    ]
    give(
        call,
        {"text": " ".join(words), "found": document, "cases": in_cases},
        lines or ["没有找到。"],
    )
