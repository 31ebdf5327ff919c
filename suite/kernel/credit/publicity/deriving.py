"""From a case to a row of the national table: pure functions over what case and roster say.

What neither knows stays empty and is told by the check; nothing is guessed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from suite.contract.penalties import PenaltyKind, Sanction
from suite.kernel.casework.penalties.lawful import imposed_of
from suite.kernel.casework.penalties.rules import imposed_words
from suite.kernel.credit.display import class_of, longest_display, rule_on
from suite.kernel.credit.publicity.checking import FOREVER
from suite.kernel.credit.publicity.columns import BODY, PERSON, other_told
from suite.kernel.credit.publicity.rules import KEPT_BACK

#: Ends of a licence: its present state is then 无效.
ENDING_WORDS = ("注销", "撤销", "吊销", "撤回")
TEN_THOUSAND = Decimal(10_000)
NOT_SHOWN = f"{KEPT_BACK}，仅归集，不公示"
FIXED = {
    Sanction.WARNING: "警告",
    Sanction.CIRCULAR: "通报批评",
    Sanction.CONFISCATION: "没收违法所得、没收非法财物",
    Sanction.FINE: "罚款",
}


@dataclass(frozen=True, kw_only=True)
class Party:
    """Whom a decision is about. id_number is empty for a body, and None where the reader may not see it."""

    name: str
    person: bool
    uscc: str = ""
    head: str = ""
    id_type: str = ""
    id_number: str | None = ""
    licence_title: str = ""
    licence_no: str = ""
    licence_until: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What was decided: the case's own values by field key, and who decided when.

    item: in words, what was applied for. shown_until: the last day of display, None where it is not shown.
    """

    decided_on: dt.date
    document_no: str
    organ: str
    organ_code: str
    source: str
    source_code: str
    values: Mapping[str, Any] = field(default_factory=dict)
    item: str = ""
    shown_until: dt.date | None = None


def day_text(day: dt.date | None) -> str:
    """A day as the table writes it."""
    return f"{day:%Y/%m/%d}" if day is not None else ""


def money_text(yuan: Decimal | None) -> str:
    """Yuan as 万元 with six decimals at most: 5,000 元 → 0.5."""
    if not yuan:
        return ""
    text = f"{Decimal(yuan) / TEN_THOUSAND:.6f}".rstrip("0").rstrip(".")
    return text if text != "0" else ""


def _party(prefix: str, party: Party) -> dict[str, str]:
    found = {
        f"{prefix}_XDR_MC": party.name,
        f"{prefix}_XDR_LB": PERSON if party.person else BODY,
    }
    if party.person:
        found[f"{prefix}_XDR_ZJLX"] = party.id_type or ("身份证" if party.id_number != "" else "")
        found[f"{prefix}_XDR_ZJHM"] = party.id_number or ""
    else:
        found[f"{prefix}_XDR_SHXYM"] = party.uscc
        found[f"{prefix}_FRDB"] = party.head
    return found


def licence_cells(party: Party, decision: Decision) -> dict[str, str]:
    """The row of a licence."""
    ends = any(word in decision.item for word in ENDING_WORDS)
    until = day_text(party.licence_until) or FOREVER
    return {
        **_party("XK", party),
        "XK_XKWS": "准予行政许可决定书",
        "XK_WSH": decision.document_no,
        "XK_XKLB": "普通",
        "XK_XKZS": party.licence_title,
        "XK_XKBH": party.licence_no,
        "XK_NR": decision.item,
        "XK_JDRQ": day_text(decision.decided_on),
        "XK_YXQZ": day_text(decision.decided_on),
        "XK_YXQZI": day_text(decision.decided_on) if ends else until,
        "XK_XKJG": decision.organ,
        "XK_XKJGDM": decision.organ_code,
        "XK_ZT": "2" if ends else "1",
        "XK_LYDW": decision.source,
        "XK_LYDWDM": decision.source_code,
        "BZ": "",
    }


def penalty_cells(
    party: Party, decision: Decision, entry: PenaltyKind | None, parameters: Mapping[str, Any]
) -> dict[str, str]:
    """The row of a penalty; the kinds are those of 行政处罚法第九条, by the bureau's table of both."""
    values = decision.values
    imposed = imposed_of(values)
    sanctions = imposed.sanctions if imposed is not None else frozenset()
    kinds = dict.fromkeys(
        kind_of(item, person=party.person, parameters=parameters) for item in Sanction if item in sanctions
    )
    longest = decision.decided_on
    if imposed is not None:
        # What is not shown is on record as long as it might be.
        grade = class_of(imposed, individual=party.person, parameters=parameters)
        rule = rule_on(decision.decided_on, parameters)
        longest = max(longest, longest_display(grade, decision.decided_on, rule, parameters))
    touched = {Sanction.SUSPENSION, Sanction.REVOCATION} & sanctions
    licence = f"{party.licence_title} {party.licence_no}".strip() if touched and party.licence_no else ""
    ends = values.get("effective_until") or decision.shown_until or longest
    return {
        **_party("CF", party),
        "CF_WSH": decision.document_no,
        "CF_WFXW": entry.title if entry is not None else "",
        "CF_SY": str(values.get("facts_found") or values.get("conduct") or ""),
        "CF_YJ": _basis_of(entry) if entry is not None else "",
        "CF_CFLB": "；".join(kinds),
        "CF_NR": imposed_words(entry, imposed) if entry is not None and imposed is not None else "",
        "CF_NR_FK": money_text(values.get("fine")) if Sanction.FINE in sanctions else "",
        "CF_NR_WFFF": money_text(values.get("confiscated")) if Sanction.CONFISCATION in sanctions else "",
        "CF_NR_ZKDX": licence,
        "CF_JDRQ": day_text(decision.decided_on),
        "CF_YXQ": day_text(ends),
        "CF_GSJZQ": day_text(decision.shown_until),
        "CF_CFJG": decision.organ,
        "CF_CFJGDM": decision.organ_code,
        "CF_SJLY": decision.source,
        "CF_SJLYDM": decision.source_code,
        # The platform collects it and is not to show it.
        "BZ": "" if decision.shown_until is not None else NOT_SHOWN,
    }


def _basis_of(entry: PenaltyKind) -> str:
    """The article with its law and version, named once: 律师法（2017年修正）第四十八条."""
    if entry.basis in entry.article:
        return entry.article
    law, mark, article = entry.article.partition("第")
    return f"{entry.basis}{mark}{article}" if law in entry.basis else f"{entry.basis}{entry.article}"


def kind_of(sanction: Sanction, *, person: bool, parameters: Mapping[str, Any]) -> str:
    """The kind of 行政处罚法第九条 that a sanction of the trade's law is, by the bureau's own table."""
    if sanction in FIXED:
        return FIXED[sanction]
    if sanction is Sanction.SUSPENSION:
        return str(parameters[f"core.credit.kind_suspension_{'person' if person else 'body'}"])
    if sanction is Sanction.REVOCATION:
        return str(parameters["core.credit.kind_revocation"])
    # None in law (责令改正…): 行政处罚法第九条 does not name them, the table wants to know what they are.
    return other_told(sanction.words)
