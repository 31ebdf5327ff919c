"""One act of the trace in readable sentences, for who may read all of it: what became of which record."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from suite.contract.casework import CaseKind
from suite.contract.commands import Actor
from suite.contract.declarations import Field, FieldType, RecordKind
from suite.database.audit_sql import SCOPE_COLUMNS
from suite.kernel.audit.activity import MOST_ENTRIES, entries_of, last_said
from suite.kernel.audit.queries import SILENT
from suite.kernel.executor.second_person import STATES as REQUEST_STATES
from suite.kernel.registry.districts import short_district_names
from suite.kernel.registry.trace import HISTORY, export_words, value_words
from suite.loader.catalog import Catalog
from suite.tables import Subject

#: Table → what one of its rows is called. Kinds' own tables are called by their kinds.
TABLES: Mapping[str, str] = {
    "core_subject": "档案",
    "core_person": "个人",
    "core_identity": "证件号码与电话",
    "core_post": "执业经历",
    "core_licence": "许可证",
    "core_licence_event": "许可变动",
    "core_dated_value": "历史内容",
    "core_merge": "合并",
    "core_merge_row": "合并明细",
    "core_user": "用户",
    "core_grant": "授权",
    "core_password": "密码",
    "core_section": "科室",
    "core_request": "复核事项",
    "core_parameter": "参数",
    "core_calendar_day": "工作日历",
    "core_calendar_year": "工作日历年份",
    "core_backup": "备份",
    "core_notice": "提醒",
    "core_notice_receipt": "提醒的阅办",
    "core_district": "区划",
    "core_saved_view": "视图",
    "core_import_run": "导入",
    "core_import_layout": "表格格式",
    "core_roster_edition": "名册版次",
    "core_roster_exchange": "名册报送",
    "core_subject_uid": "稳定标识",
    "core_foreign_uid": "对方标识",
    "core_partner": "往来单位",
    "core_house": "本单位",
    "core_reconciled": "对账处理",
    "core_reconciliation": "对账完成",
    "core_figure": "统计数字",
    "core_stand_in": "代行",
    "core_case": "办件",
    "core_case_party": "当事人",
    "core_complainant": "投诉人身份",
    "core_allegation": "投诉事项",
    "core_former_finding": "原认定",
    "core_case_line": "清单内容",
    "core_inspection_plan": "检查计划",
    "core_draw": "随机抽取",
    "core_draw_pick": "抽取结果",
    "core_recusal": "回避",
    "core_clock": "办理期限",
    "core_case_event": "办理记录",
    "core_case_approval": "审批",
    "core_number_series": "编号序列",
}
#: Columns that no field is declared for and that say something.
COLUMNS: Mapping[str, str] = {
    "name": "名称",
    "title": "名称",
    "login": "登录名",
    "role": "角色",
    "active": "启用",
    "key": "项目",
    "value": "值",
    "valid_from": "起始日期",
    "from_date": "起",
    "to_date": "止",
    "on_date": "日期",
    "state": "状态",
    "document_no": "文号",
    "void_reason": "作废事由",
    "merged_into": "并入",
    "reason": "事由",
    "decision": "决定",
    "tries": "输错次数",
    "locked_until": "锁定至",
    "day": "日期",
    "file_name": "文件",
    "rows": "行数",
    "source": "依据",
    "period": "期间",
    "district_code": "区县",
    "profession": "条线",
    "association": "协会",
}
#: Tables whose rows are a person's.
#: Tables that carry a case's place in every row, which the case says once.
OF_CASES = frozenset(
    {
        "core_case_party",
        "core_complainant",
        "core_allegation",
        "core_former_finding",
        "core_case_line",
        "core_clock",
        "core_case_event",
    }
)
PERSONAL = frozenset({"core_person", "core_identity"})
#: Tables of records whose columns without a field are for the program.
OF_RECORDS = frozenset({"core_subject", "core_licence"})
ACTIONS = {"I": "新增", "U": "修改", "D": "删除"}


@dataclass(frozen=True, kw_only=True)
class ActSentence:
    """One thing that an act did. `kind` and `subject_id` name the record that it can be opened at."""

    text: str
    kind: str | None = None
    subject_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class ActDetail:
    """An act in sentences; `more` says that it did more than is told."""

    id: int
    sentences: tuple[ActSentence, ...]
    more: bool


def act_detail(session: Session, actor: Actor, catalog: Catalog, number: int) -> ActDetail:
    """What an act did. Raises Refused without the right to the whole trace. Secret values are never told."""
    entries = entries_of(session, actor, number)
    words = _Words(session, catalog, entries)
    found = [words.sentence(entry) for entry in entries]
    return ActDetail(
        id=number,
        sentences=tuple(sentence for sentence in found if sentence is not None),
        more=len(entries) == MOST_ENTRIES,
    )


class _Words:
    """Entries as sentences; names are looked up once for all of them."""

    def __init__(self, session: Session, catalog: Catalog, entries: Sequence[Any]) -> None:
        self._catalog = catalog
        kinds: list[RecordKind | CaseKind] = [*catalog.kinds.values(), *catalog.case_kinds.values()]
        self._details = {kind.details.name: kind for kind in kinds}
        self._fields: dict[tuple[str, str], Field] = {
            (field.table.name, field.name): field
            for kind in kinds
            for field in kind.fields
            if field.table.name != Subject.__tablename__
        }
        self._parties = {"complainant": "投诉人"} | {
            role.key: role.title for kind in catalog.case_kinds.values() for role in kind.parties
        }
        self._districts = short_district_names(session)
        persons = {str(entry.row_key) for entry in entries if entry.table_name in PERSONAL}
        #: A person's own rows are told with the name; which records he has is not in the trace.
        self._people = {
            key: str(said.get("name") or "")
            for key, said in last_said(session, "core_person", persons).items()
        }
        looked = {str(entry.row_key) for entry in entries if entry.table_name == "core_case"}
        tried = [json.loads(entry.after or "{}") for entry in entries if entry.action == "X"]
        signed = last_said(
            session, "core_case_approval", {str(said["approval"]) for said in tried if "approval" in said}
        )
        #: A refused signature is told with the case that it was of.
        self._signed = {key: str(said.get("case_id") or "") for key, said in signed.items()}
        looked |= {case for said in tried if (case := self._tried_case(said))}
        self._cases = {
            key: str(said.get("number") or "")
            for key, said in last_said(session, "core_case", looked).items()
        }
        subjects = {number for entry in entries if (number := self._subject(entry)) is not None}
        subjects |= self._linked(entries)
        known = last_said(session, Subject.__tablename__, map(str, subjects))
        self._names = {int(key): str(said.get("name") or "") for key, said in known.items()}
        self._kinds = {int(key): str(said["kind"]) for key, said in known.items() if said.get("kind")}

    def sentence(self, entry: Any) -> ActSentence | None:
        """What one entry tells; None where it repeats another one."""
        said = json.loads(entry.after or entry.before or "{}")
        match entry.action:
            case "R" if entry.table_name == "core_case":
                why = f"，事由：{said['reason']}" if said.get("reason") else ""
                return ActSentence(text=f"{self._cases.get(entry.row_key, '')} 查看投诉人身份{why}".strip())
            case "R":
                return self._of(int(entry.row_key), self._revealed(int(entry.row_key), said))
            case "E":
                kind = self._catalog.kinds.get(entry.row_key)
                what = f"导出{kind.title}：" if kind is not None else "导出"
                why = f"，事由：{said['reason']}" if said.get("reason") else ""
                seal = f"，文件摘要 {said['digest'][:16]}…" if said.get("digest") else ""
                return ActSentence(text=f"{what}{export_words(said)}{why}{seal}")
            case "X":
                case = self._cases.get(self._tried_case(said), "")
                return self._of(said.get("subject"), f"{case} 未获准：{said.get('words', '')}".strip())
            case "M":
                number = int(entry.row_key) if entry.table_name == Subject.__tablename__ else None
                return self._of(number, str(said.get("words") or "按号码查对个人"))
            case "P":
                return ActSentence(text=f"设置 {entry.row_key} 的密码")
        return self._written(entry)

    def _tried_case(self, said: Mapping[str, Any]) -> str:
        """The key of the case that a refused attempt was about; empty where it was about none."""
        return str(said["case"]) if "case" in said else self._signed.get(str(said.get("approval")), "")

    def _of(self, subject_id: int | None, text: str) -> ActSentence:
        if subject_id is None or subject_id not in self._kinds:
            return ActSentence(text=text)
        name = self._names.get(subject_id)
        return ActSentence(
            text=f"「{name}」{text}" if name else text, kind=self._kinds[subject_id], subject_id=subject_id
        )

    def _revealed(self, subject_id: int, said: Mapping[str, Any]) -> str:
        kind = self._catalog.kinds.get(self._kinds.get(subject_id, ""))
        field = kind.by_key.get(str(said.get("field"))) if kind is not None else None
        why = f"，事由：{said['reason']}" if said.get("reason") else ""
        return f"查看完整{field.title if field is not None else '号码'}{why}"

    def _written(self, entry: Any) -> ActSentence | None:
        before, after = json.loads(entry.before or "{}"), json.loads(entry.after or "{}")
        subject_id = self._subject(entry)
        kind = self._details.get(entry.table_name)
        thing = kind.title if kind is not None else TABLES.get(entry.table_name, "内部登记")
        changes = [
            change
            for column in {**before, **after}
            if column not in SILENT and before.get(column) != after.get(column)
            if (change := self._change(entry, column, before.get(column), after.get(column))) is not None
        ]
        if entry.digest is not None:
            changes.append("内容另存，不在此显示")
        if entry.action == "U" and not changes:
            return None
        if entry.action == "I" and entry.table_name in HISTORY:
            return self._of(subject_id, self._since(after))
        told = f"{ACTIONS[entry.action]}{thing}"
        if entry.table_name in PERSONAL and self._people.get(entry.row_key):
            told = f"「{self._people[entry.row_key]}」{told}"
        return self._of(subject_id, told + (f"：{'，'.join(changes)}" if changes else ""))

    def _since(self, said: Mapping[str, Any]) -> str:
        """A piece of history that was written: what is so from when."""
        kind = self._catalog.kinds.get(self._kinds.get(said.get("subject_id", 0), ""))
        key = said.get("field") or ("body_id" if "body_id" in said else "status")
        field = kind.by_key.get(str(key)) if kind is not None else None
        value = said.get("value") or said.get("body_id") or said.get("state")
        words = self._value(field, "", value)
        day = said.get("from_date") or said.get("on_date")
        since = f"自 {day} 起" if day else "此前"
        return f"历史登记：{field.title if field is not None else '内容'}{since}为「{words or '空'}」"

    def _change(self, entry: Any, column: str, before: object, after: object) -> str | None:
        field = self._fields.get((entry.table_name, column)) or self._own(entry, column)
        if field is None and entry.table_name in OF_RECORDS:
            return None  # a code of our own; the record's field beside it says the same in words
        title = field.title if field is not None else COLUMNS.get(column)
        placed = entry.table_name in OF_CASES or self._subject(entry) is not None
        if title is None or (column in SCOPE_COLUMNS and field is None and placed):
            return None
        old, new = (self._value(field, column, value, entry) for value in (before, after))
        if entry.action == "U":
            return f"「{title}」由「{old or '空'}」改为「{new or '空'}」"
        only = new or old
        return f"{title}「{only}」" if only else None

    def _own(self, entry: Any, column: str) -> Field | None:
        """The field of the record's own kind for a column of the table that all kinds share."""
        if entry.table_name != Subject.__tablename__:
            return None
        said = json.loads(entry.after or entry.before or "{}")
        kind = self._catalog.kinds.get(str(said.get("kind")))
        if kind is None:
            return None
        return next(
            (one for one in kind.fields if one.table.name == entry.table_name and one.name == column), None
        )

    def _value(self, field: Field | None, column: str, value: object, entry: Any = None) -> str:
        if column == "state" and entry is not None and entry.table_name == "core_case":
            return self._state(entry, str(value or ""))
        if column == "state" and entry is not None and entry.table_name == "core_request":
            return REQUEST_STATES.get(str(value), "")
        if field is not None:
            return value_words(field, value, self._catalog, self._districts, self._names)
        if column == "district_code":
            return self._districts.get(str(value), "") if value else ""
        if column == "profession":
            return self._catalog.titles.get(str(value), str(value)) if value else ""
        if column == "role":
            role = self._catalog.roles.get(str(value))
            return role.title if role is not None else self._parties.get(str(value), str(value or ""))
        if isinstance(value, bool) or (column == "active" and value is not None):
            return "是" if value else "否"
        return "" if value is None else str(value)

    def _state(self, entry: Any, value: str) -> str:
        kind = self._catalog.case_kinds.get(str(json.loads(entry.after or entry.before or "{}").get("kind")))
        state = self._catalog.lifecycle_of(kind).by_state.get(value) if kind is not None else None
        return state.title if state is not None else value

    def _subject(self, entry: Any) -> int | None:
        if entry.action == "X":
            number = json.loads(entry.after or "{}").get("subject")
            return number if isinstance(number, int) else None
        if entry.table_name == Subject.__tablename__ or isinstance(
            self._details.get(entry.table_name), RecordKind
        ):
            return int(entry.row_key) if str(entry.row_key).isdigit() else None
        number = json.loads(entry.after or entry.before or "{}").get("subject_id")
        return number if isinstance(number, int) else None

    def _linked(self, entries: Sequence[Any]) -> set[int]:
        links = {name for (_, name), field in self._fields.items() if field.type is FieldType.LINK} | {
            "body_id"
        }
        found: set[int] = set()
        for entry in entries:
            for text in (entry.before, entry.after):
                said = json.loads(text or "{}")
                found |= {said[name] for name in links if isinstance(said.get(name), int)}
        return found
