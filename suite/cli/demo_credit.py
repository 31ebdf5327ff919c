"""Credit in the demonstration: what was reported, late, sent back, withdrawn; a disclosure, a repair."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from suite.cli.demo_steps import Section
from suite.contract.commitments import BROKEN, COMMITMENTS
from suite.kernel.credit.commands import (
    AcknowledgePlatformFile,
    EnterCreditRecord,
    MakePlatformFile,
    RecountCredit,
    TakeCreditStep,
)
from suite.kernel.credit.listing import CreditLine, CreditQuery, credit_lines
from suite.kernel.credit.publicity.commands import (
    ConfirmPublicity,
    Rejection,
    RejectPublicity,
    ReportPublicity,
)
from suite.kernel.credit.publicity.listing import PublicityLine, PublicityQuery, publicity_lines
from suite.kernel.ledgers.commands import EntryEdit, SaveLedgerEntries
from suite.kernel.parameters.commands import SetParameter
from suite.kernel.registry.identifiers.uscc import check_character

if TYPE_CHECKING:
    from suite.bootstrap import Suite
    from suite.contract.commands import Actor

#: Invented: the first seventeen characters of the codes of the two organs.
CODES = {"core.credit.city_uscc": "11130100000000001", "core.credit.province_uscc": "11130000000000002"}
CHANNEL = "信用中国（河北石家庄）、局门户网站"


def credit(suite: Suite, clerks: dict[str, Actor], actor: Actor, signers: tuple[Actor, ...]) -> str:
    """One decision stays late, one comes back, one penalty is repaired; complaints are disclosed in part."""
    for key, first in CODES.items():
        suite.run(
            SetParameter(
                key=key,
                value=first + check_character(first),
                valid_from=suite.today.replace(month=1, day=1),
                source="统一社会信用代码证书",
            ),
            actor,
        )
    for kind in suite.catalog.case_kinds.values():
        clerk = clerks.get(kind.owner)
        if kind.work == "complaint" and clerk is not None and clerk.may(f"{kind.owner}:credit:keep"):
            suite.run(RecountCredit(kind=kind.key), clerk)
    reported, back = _publicity(suite, actor)
    disclosed = _disclosure(suite, clerks, signers[-1])
    repaired = _repair(suite, clerks, signers)
    _honour(suite, clerks)
    told = _platform(suite, clerks)
    return f"报送 {reported} 条，退回 {back} 条；披露办理 {disclosed} 条，修复 {repaired} 条{told}"


def _lines(suite: Suite, actor: Actor, state: str) -> list[PublicityLine]:
    with suite.reading() as session:
        return publicity_lines(session, actor, suite.catalog, PublicityQuery(state=state), suite.today)


def _publicity(suite: Suite, actor: Actor) -> tuple[int, int]:
    """All but the longest overdue are reported; of those one comes back and the others are published."""
    waiting = [line for line in _lines(suite, actor, "waiting") if line.state.key != "withdrawing"]
    if len(waiting) < 2:
        return 0, 0
    done = suite.run(
        ReportPublicity(
            decisions=tuple(line.id for line in waiting[1:]),
            file_name="双公示报送.xlsx",
            reason="报信用石家庄平台",
            leave_faulty=True,
        ),
        actor,
    )
    there = [line for line in waiting if line.id in done.result["reported"]]
    first, others = there[0], [line for line in there[2:] if not line.kept_back]
    rejection = Rejection(
        document_no=first.document_no,
        name=first.name,
        place="许可内容",
        answer="许可内容应写明事项名称和范围",
    )
    suite.run(RejectPublicity(rejections=(rejection,)), actor)
    if others:
        ids = tuple(line.id for line in others)
        suite.run(ConfirmPublicity(decisions=ids, channel=CHANNEL), actor)
    return len(there), 1


def _records(suite: Suite, clerk: Actor, profession: str, state: str) -> list[CreditLine]:
    query = CreditQuery(professions=(profession,), state=state)
    with suite.reading() as session:
        return credit_lines(session, clerk, suite.catalog, query, suite.today)


def _disclosure(suite: Suite, clerks: dict[str, Actor], leader: Actor) -> int:
    """Of a profession's valid complaints the oldest is disclosed, the next is told, the rest wait."""
    taken = 0
    for profession in ("appraisal", "lawyers"):
        if profession not in clerks:
            continue
        clerk = clerks[profession]
        rows = [
            line
            for line in reversed(_records(suite, clerk, profession, "collected"))
            if line.rule == "core.credit.complaint"
        ]
        for place, line in enumerate(rows[:3]):
            begun = min(line.decided_on + dt.timedelta(days=5), suite.today)
            steps = ("verify", "notify", "approve", "disclose")[: (4, 2, 1)[place]]
            if place == 0 and begun + dt.timedelta(days=40) > suite.today:
                steps = steps[:2]
            for number, name in enumerate(steps):
                on = begun + dt.timedelta(days=number * 20 if number > 1 else number)
                command = TakeCreditStep(
                    records=(line.id,),
                    step=name,
                    on=min(on, suite.today),
                    note=CHANNEL if name == "disclose" else "",
                )
                suite.run(command, leader if name == "approve" else clerk)
            taken += 1
    return taken


def _repair(suite: Suite, clerks: dict[str, Actor], signers: tuple[Actor, ...]) -> int:
    """The oldest lawyers' penalty whose shortest display is over is repaired; the next one is asked for."""
    if "lawyers" not in clerks:
        return 0
    clerk, today = clerks["lawyers"], suite.today
    rows = [
        line
        for line in reversed(_records(suite, clerk, "lawyers", "disclosed"))
        if line.rule == "core.credit.penalty" and line.repairable_on and line.repairable_on < today
    ]
    section = Section(suite=suite, clerk=clerk, signers=signers)
    repaired = 0
    for place, line in enumerate(rows[:2]):
        begun = max(line.repairable_on or today, today - dt.timedelta(days=30))
        opened = section.open(
            "OpenRepair",
            "lawyers.credit_repair",
            begun,
            applicant=(line.subject_id,),
            record_id=line.id,
            applied_on=begun,
            performed_on=begun - dt.timedelta(days=1),
            performance="罚款已缴清，已参加职业道德培训并提交整改报告",
            committed_on=begun,
            commitment="信用修复承诺书（2026年版）",
        )
        case_id = int(opened.result["case_id"])
        if place:
            continue
        for days, name, values in (
            (1, "AcceptRepair", {}),
            (3, "AgreeRepair", {"review_opinion": "履行完毕、整改到位，符合修复条件"}),
            (4, "GrantRepair", {"decision_no": f"石司信修〔{today.year}〕1号"}),
            (7, "ConfirmRepairSync", {"synced_on": min(begun + dt.timedelta(days=7), today)}),
        ):
            section.take(case_id, name, begun + dt.timedelta(days=days), **values)
        repaired += 1
    return repaired


def _honour(suite: Suite, clerks: dict[str, Actor]) -> None:
    """One of those who have a record has been honoured too; another broke a commitment."""
    day = suite.today - dt.timedelta(days=90)
    if found := _last_record(suite, clerks, "notary"):
        honour = EnterCreditRecord(
            kind=found.kind,
            subject_id=found.subject_id,
            rule="core.credit.honour",
            heading="全省优秀公证员",
            content="获省厅表彰",
            decided_on=day,
            organ="河北省司法厅",
        )
        suite.run(honour, clerks["notary"])
    if found := _last_record(suite, clerks, "appraisal"):
        values = {
            "subject": (found.subject_id,),
            "title": "三个月内配齐检验设备",
            "day": day,
            "until": suite.today - dt.timedelta(days=20),
            "matter": "notification",
            "version": "告知承诺书2025版",
            "checked_on": suite.today - dt.timedelta(days=10),
            "finding": "承诺的设备到期未配备。",
            "state": BROKEN,
        }
        entry = SaveLedgerEntries(ledger=f"appraisal.{COMMITMENTS}", rows=(EntryEdit(values=values),))
        suite.run(entry, clerks["appraisal"])


def _last_record(suite: Suite, clerks: dict[str, Actor], profession: str) -> CreditLine | None:
    rows = _records(suite, clerks[profession], profession, "") if profession in clerks else []
    return rows[-1] if rows else None


def _platform(suite: Suite, clerks: dict[str, Actor]) -> str:
    """The first file of differences for the lawyers' platform, acknowledged."""
    if "lawyers" not in clerks:
        return ""
    made = suite.run(MakePlatformFile(feed="lawyers.integrity"), clerks["lawyers"])
    reference = f"CX{suite.today:%Y%m%d}001"
    suite.run(
        AcknowledgePlatformFile(export_id=made.result["export"], reference=reference), clerks["lawyers"]
    )
    return f"；公示平台差异 {len(made.result['rows'])} 条"
