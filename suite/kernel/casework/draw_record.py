"""The record of a draw: everything that replays it, as JSON and as a printed page. Pure functions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from suite.contract.problems import refuse
from suite.kernel.casework.random_draw import (
    ALGORITHM,
    DrawRule,
    Infeasible,
    Pick,
    PoolInspector,
    PoolSubject,
    Risk,
    Stratum,
    draw,
    groups_of,
)

FORMAT = "suite.draw/1"
#: A longer record is none of ours.
MOST_BYTES = 20_000_000
#: Under this key an answer carries a whole record.
RECORD = "record"


@dataclass(frozen=True, kw_only=True)
class DrawRecord:
    """A draw with all that it was made from. `head` says in words which plan, when, by whom."""

    head: Mapping[str, str]
    algorithm: str
    seed: str
    seed_source: str
    rule: DrawRule
    subjects: tuple[PoolSubject, ...]
    inspectors: tuple[PoolInspector, ...]
    picks: tuple[Pick, ...]

    @property
    def digest(self) -> str:
        """SHA-256 of the record without its head, printed on it."""
        return hashlib.sha256(_canonical(_body(self)).encode()).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Replay:
    """What came out when a record was replayed. `agrees`: the same names in the same order."""

    picks: tuple[Pick, ...]
    agrees: bool
    differing: tuple[int, ...]


def replay(record: DrawRecord) -> Replay:
    """Draw again from the record alone. Raises Refused for an algorithm that this program has not."""
    if record.algorithm != ALGORITHM:
        text = f"记录用的是抽取方法“{record.algorithm[:40]}”，本程序只有“{ALGORITHM}”，不能重演。"
        raise refuse("draw.algorithm", text)
    try:
        picks = draw(record.rule, record.seed, record.subjects, record.inspectors)
    except Infeasible as refusal:
        raise refuse("draw.infeasible", f"按记录不能抽取：{refusal}") from refusal
    former = {item.place: item for item in record.picks}
    now = {item.place: item for item in picks}
    differing = tuple(
        place for place in sorted(former.keys() | now.keys()) if former.get(place) != now.get(place)
    )
    return Replay(picks=picks, agrees=not differing, differing=differing)


def record_data(record: DrawRecord) -> dict[str, Any]:
    """The whole record as JSON values."""
    return {"format": FORMAT, "head": dict(record.head), **_body(record), "sha256": record.digest}


def to_json(record: DrawRecord) -> str:
    """The record as it is kept and handed out."""
    return json.dumps(record_data(record), ensure_ascii=False, indent=1, sort_keys=True)


def from_json(text: str) -> DrawRecord:
    """A record as it was handed out. Raises Refused for what is none, or was changed since."""
    try:
        whole = json.loads(text)
        whole = whole.get(RECORD, whole)
        if whole["format"] != FORMAT:
            raise refuse("draw.format", f"不是抽取记录：应为 {FORMAT}。请选择导出的抽取记录文件。")
        record = _read(whole)
        told = str(whole["sha256"])
    except (ValueError, KeyError, TypeError, AttributeError, InvalidOperation) as error:
        raise refuse("draw.format", "不是完整的抽取记录，请选择导出的抽取记录文件。") from error
    if record.digest != told:
        raise refuse("draw.changed", "抽取记录与其校验码不符，内容被改动过，请向抽取单位索取原件。")
    return record


def printed(record: DrawRecord, districts: Mapping[str, str]) -> list[str]:
    """The record as a page of text, from which anyone can replay it by hand or by program."""
    names = {item.id: item for item in record.subjects}
    people = {item.login: item.name for item in record.inspectors}
    lines = ["随机抽取记录", ""]
    lines += [f"{title}：{words}" for title, words in record.head.items() if words]
    lines += [
        f"抽取方法：{record.algorithm}",
        f"种子：{record.seed}（{record.seed_source}）",
        f"规则：{rule_words(record.rule, districts)}",
        f"规则代码：{record.rule.text}",
        f"校验码：{record.digest}",
        "",
        f"一、检查对象名录库（{len(record.subjects)}）",
    ]
    lines += [
        f"{item.id}\t{item.name}\t{districts.get(item.district, item.district) or '—'}\t{item.risk.words}"
        for item in record.subjects
    ]
    lines += ["", f"二、检查人员名录库（{len(record.inspectors)}）"]
    for inspector in record.inspectors:
        away = [
            f"{names[number].name}（{why}）"
            for number, why in sorted(inspector.recused.items())
            if number in names
        ]
        words = f"回避：{'；'.join(away)}" if away else "无回避"
        unit = inspector.unit or "—"
        lines.append(f"{inspector.login}\t{inspector.name}\t{unit}\t已担任 {inspector.workload} 次\t{words}")
    lines += ["", f"三、抽取结果（{len(record.picks)}）"]
    lines += [
        f"{pick.place}\t{names[pick.subject].name}\t检查人员：{'、'.join(people[i] for i in pick.inspectors)}"
        for pick in record.picks
    ]
    return lines


def rule_words(rule: DrawRule, districts: Mapping[str, str]) -> str:
    """The rule as it is read."""
    parts = [
        f"{item.risk.words if item.risk else ''}{districts.get(item.district or '', item.district or '')}"
        f" {item.rate.normalize():f}%"
        for item in rule.strata
    ]
    parts.append(f"{'其余' if parts else '全部'} {rule.rate.normalize():f}%")
    split = "，按区县分别抽取" if rule.by_district else ""
    return f"{'、'.join(parts)}{split}；每家 {rule.per_subject} 名检查人员；不足一家的按一家计"


def group_lines(rule: DrawRule, subjects: Sequence[PoolSubject]) -> list[tuple[str, str, int, str, int]]:
    """Risk, district code, size, rate and number to be drawn of each group, for the preview."""
    rest = "其余" if rule.strata else "全部"
    return [
        (
            group.risk.words if group.risk else rest,
            group.district or "",
            len(group.members),
            f"{group.rate.normalize():f}%",
            group.wanted,
        )
        for group in groups_of(rule, subjects)
    ]


def _canonical(body: Mapping[str, Any]) -> str:
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _body(record: DrawRecord) -> dict[str, Any]:
    return {
        "algorithm": record.algorithm,
        "seed": record.seed,
        "seed_source": record.seed_source,
        "rule": rule_data(record.rule),
        "subjects": [
            {"id": item.id, "name": item.name, "district": item.district, "risk": item.risk.value}
            for item in record.subjects
        ],
        "inspectors": [
            {
                "login": item.login,
                "name": item.name,
                "unit": item.unit,
                "workload": item.workload,
                "recused": {str(number): why for number, why in item.recused.items()},
            }
            for item in record.inspectors
        ],
        "picks": [
            {"place": item.place, "subject": item.subject, "inspectors": list(item.inspectors)}
            for item in record.picks
        ],
    }


def rule_data(rule: DrawRule) -> dict[str, Any]:
    """A rule as JSON values."""
    return {
        "rate": str(rule.rate),
        "by_district": rule.by_district,
        "per_subject": rule.per_subject,
        "strata": [
            {"rate": str(item.rate), "risk": item.risk, "district": item.district} for item in rule.strata
        ],
    }


def rule_from(data: Mapping[str, Any]) -> DrawRule:
    """A rule from JSON values. Raises ValueError, KeyError or TypeError for what is none."""
    return DrawRule(
        rate=Decimal(data["rate"]),
        by_district=bool(data["by_district"]),
        per_subject=int(data["per_subject"]),
        strata=tuple(
            Stratum(
                rate=Decimal(item["rate"]),
                risk=Risk(item["risk"]) if item["risk"] is not None else None,
                district=item["district"],
            )
            for item in data["strata"]
        ),
    )


def _read(whole: Mapping[str, Any]) -> DrawRecord:
    return DrawRecord(
        head={str(key): str(value) for key, value in whole["head"].items()},
        algorithm=str(whole["algorithm"]),
        seed=str(whole["seed"]),
        seed_source=str(whole["seed_source"]),
        rule=rule_from(whole["rule"]),
        subjects=tuple(
            PoolSubject(
                id=int(item["id"]),
                name=str(item["name"]),
                district=str(item["district"]),
                risk=Risk(item["risk"]),
            )
            for item in whole["subjects"]
        ),
        inspectors=tuple(
            PoolInspector(
                login=str(item["login"]),
                name=str(item["name"]),
                unit=str(item["unit"]),
                workload=int(item["workload"]),
                recused={int(number): str(why) for number, why in item["recused"].items()},
            )
            for item in whole["inspectors"]
        ),
        picks=tuple(
            Pick(
                place=int(item["place"]),
                subject=int(item["subject"]),
                inspectors=tuple(str(login) for login in item["inspectors"]),
            )
            for item in whole["picks"]
        ),
    )
