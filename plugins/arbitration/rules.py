"""Validators of the arbitration commission and of arbitrators: pure functions that return problems.

The law in force since 2026-03-01 was not read in full: what rests on it, and what the bureau only keeps
for the province, warns and never blocks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from plugins.arbitration.codes import DISCLOSURE, ELIGIBILITY, SERVING_POST
from suite.api import (
    CheckContext,
    Findings,
    Problem,
    given_together,
    in_order,
    members,
    packed,
    repacked,
    titles_of,
    whole_years,
    years_after,
)

_TOLD = Findings(owner="arbitration")
LAW = "仲裁法"
#: 仲裁法第十三条: conditions that ask for years, and those that ask for a senior title.
BY_YEARS = ("arbitration_work", "lawyer", "judge")
BY_TITLE = ("legal_scholar", "trade_expert")
SENIOR = ("senior", "associate")

ended_is_told = given_together(_TOLD, "end_date", ("resigned", "removed"), ("ended_on", "终止聘任日期"))
resigned_is_told = given_together(_TOLD, "leave_date", ("resigned", "removed"), ("ended_on", "离任日期"))
left_is_told = given_together(_TOLD, "left_date", ("left",), ("left_on", "离职日期"))
contract_in_order = in_order(
    _TOLD, "contract_dates", ("entered_on", "入职日期"), ("contract_to", "聘用合同到期日")
)


def eligible(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """The years or the senior title that the condition asks for (仲裁法第十三条, 三八两高).

    Too few years, or a scholar's lower title, is an error; a trade expert may have an equal level
    instead of the title, so that warns. A missing fact warns: the evidence is to be asked for.
    """
    basis = values.get("category")
    if basis in BY_YEARS:
        return _years_suffice(values, context)
    if basis in BY_TITLE:
        return _title_suffices(values)
    return ()


def _years_suffice(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    needed, years = context.number("arbitration.eligibility.years"), values.get("eligibility_years")
    condition = ELIGIBILITY.titles[values["category"]]
    if years is None:
        text = f"任职条件为“{condition}”，但没有填从业年限，请补填并附证明材料。"
        return (_TOLD.warning("eligibility_evidence", text, "eligibility_years", f"{LAW}第十三条"),)
    if years >= needed:
        return ()
    text = f"任职条件“{condition}”要求满 {needed} 年，现为 {years} 年，请核对任职条件或年限。"
    return (_TOLD.error("eligibility_years", text, "eligibility_years", f"{LAW}第十三条"),)


def _title_suffices(values: Mapping[str, Any]) -> Sequence[Problem]:
    title, basis = values.get("job_title"), values["category"]
    if title in SENIOR:
        return ()
    if title is None:
        text = "任职条件要求高级职称，但没有填职称等级，请补填并附证明材料。"
        return (_TOLD.warning("eligibility_evidence", text, "job_title", f"{LAW}第十三条"),)
    if basis == "trade_expert":
        text = "任职条件要求高级职称或同等专业水平，现职称不是高级，请核对同等专业水平的证明材料。"
        return (_TOLD.warning("eligibility_title", text, "job_title", f"{LAW}第十三条"),)
    text = "从事法律研究、教学工作的仲裁员应具有高级职称，现职称不是高级，请核对任职条件或职称。"
    return (_TOLD.error("eligibility_title", text, "job_title", f"{LAW}第十三条"),)


def years_are_possible(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """Nobody has more years of work than years since coming of age (民法典第十七条)."""
    years, born = values.get("eligibility_years"), values.get("birth_date")
    if years is None or born is None or born > context.today:
        return ()
    age = whole_years(born, context.today)
    if years <= age - 18:
        return ()
    text = f"从业年限 {years} 年与年龄 {age} 周岁不相称，请核对出生日期和从业年限。"
    return (_TOLD.error("years_impossible", text, "eligibility_years"),)


def may_serve(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """Serving judges, prosecutors and supervisors may not be arbitrators; other officials need consent.

    From the draft of the revised law as reported, so both warn.
    """
    post = values.get("serving_post")
    if post in (None, "none") or values.get("status") != "active":
        return ()
    if post == "official":
        if values.get("unit_approval"):
            return ()
        text = "公职人员担任仲裁员应经所在单位批准，没有填批准文号，请核对后补填。"
        return (_TOLD.warning("unit_approval", text, "unit_approval"),)
    text = f"{SERVING_POST.titles[post]}不得担任仲裁员，请核对现任职务，确系现职的应当辞聘。"
    return (_TOLD.warning("serving_post", text, "serving_post", f"{LAW}（2025年修订）"),)


def term_fits(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """A term ends after it begins, is no longer than the term of the law, and has not run out unseen."""
    begins, ends = values.get("term_from"), values.get("term_to")
    if ends is None:
        return ()
    found = []
    if begins is not None:
        if ends <= begins:
            text = f"任期止 {ends} 不晚于任期起 {begins}，请对照聘书或批准文件更正。"
            return (_TOLD.error("term_dates", text, "term_to"),)
        years = context.number("arbitration.term.years")
        if ends > years_after(begins, years):
            text = f"任期 {begins} 至 {ends} 超过 {years} 年，请核对任期止日。"
            found.append(_TOLD.warning("term_years", text, "term_to"))
    if values.get("status") == "active" and ends < context.today:
        text = f"任期已于 {ends} 届满，请核对是否已换届或续聘，并更新状态。"
        found.append(_TOLD.warning("term_ended", text, "term_to"))
    return found


def members_fit(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """Two to four vice-chairs, seven to eleven members, two thirds experts (仲裁法第十二条).

    Experts are counted over all governing members: the chair, the vice-chairs and the members.
    """
    found = []
    for key, title in (("vice_chairs", "副主任"), ("members", "委员")):
        number = values.get(key)
        least = context.number(f"arbitration.commission.{key}_min")
        most = context.number(f"arbitration.commission.{key}_max")
        if number is not None and not least <= number <= most:
            text = f"{title}应为 {least} 至 {most} 名，现为 {number} 名，请核对组成人员名单。"
            found.append(_TOLD.warning(f"{key}_number", text, key, f"{LAW}第十二条"))
    vice, members, experts = (values.get(key) for key in ("vice_chairs", "members", "expert_members"))
    if vice is None or members is None or experts is None:
        return found
    everybody, thirds = 1 + vice + members, context.number("arbitration.commission.expert_thirds")
    if experts > everybody:
        text = f"专家人数 {experts} 多于组成人员 {everybody} 名，请核对两项人数。"
        found.append(_TOLD.error("experts_number", text, "expert_members"))
    elif experts * 3 < everybody * thirds:
        text = (
            f"法律、经济贸易专家应不少于组成人员的 {thirds}/3，"
            f"现为 {everybody} 名中的 {experts} 名，请核对组成人员名单。"
        )
        found.append(_TOLD.warning("experts_share", text, "expert_members", f"{LAW}第十二条"))
    return found


def disclosed_enough(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """What the institution publishes, where that was looked at (仲裁法（2025年修订）, not read in full)."""
    disclosed = values.get("disclosed")
    if disclosed is None or values.get("status") != "active":
        return ()
    wanted = members(repacked(str(context.parameters["arbitration.disclosure.items"])))
    lacking = packed(set(wanted) - set(members(disclosed)))
    if lacking is None:
        return ()
    text = f"尚未公开：{titles_of(lacking, DISCLOSURE.titles)}，请督促在网站公开。"
    return (_TOLD.warning("disclosure", text, "disclosed", f"{LAW}（2025年修订）"),)
