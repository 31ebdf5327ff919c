"""Rules across the fields of one agreement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from plugins.lawyers.rules.findings import error, warning
from suite.api import CheckContext, Problem


def term_in_order(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """A term ends after it begins; it is not signed after it has ended."""
    begins, ends, signed = (values.get(key) for key in ("starts_on", "valid_until", "signed_on"))
    if begins is not None and ends is not None and ends < begins:
        text = f"协议到期日 {ends} 早于起始日 {begins}，请改正其中一个日期。"
        return (error("term_reversed", text, "valid_until"),)
    if signed is not None and ends is not None and signed > ends:
        text = f"签订日期 {signed} 晚于协议到期日 {ends}，请核对两个日期。"
        return (error("signed_after_term", text, "signed_on"),)
    return ()


def counsel_told(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """Somebody is counsel: a lawyer of the roster, or a name."""
    if values.get("counsel_id") is None and values.get("counsel_name") is None:
        text = "没有填写顾问。请选择律师名册中的律师；不在律师名册的，填写“顾问姓名（非名册律师）”。"
        return (error("no_counsel", text, "counsel_id"),)
    return ()


def end_told(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """A terminated agreement says when it ended; one that stands does not."""
    ended, terminated = values.get("ended_on"), values.get("status") == "terminated"
    if terminated and ended is None:
        return (warning("end_missing", "协议已解除而没有解除日期，请补填。", "ended_on"),)
    if ended is not None and not terminated:
        text = f"填有解除日期 {ended}，协议状态应为“已解除”，请核对。"
        return (warning("end_without_termination", text, "status"),)
    return ()


def signing_firm(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """An external lawyer serves through a firm, which signs (冀政字〔2015〕25号)."""
    if values.get("category") == "lawyer" and values.get("firm_id") is None:
        text = "外聘律师由律师事务所签订合同，没有填写律师事务所，请补填。"
        return (warning("no_firm", text, "firm_id", "冀政字〔2015〕25号"),)
    return ()
