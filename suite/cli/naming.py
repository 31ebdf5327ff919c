"""What is meant by a name on the command line: a key, a title, or the beginning of one title alone."""

from __future__ import annotations

from collections.abc import Mapping


def key_meant(titles: Mapping[str, str], text: str, what: str) -> str:
    """The key that a text means among key → title; the text itself where it means none, for the refusal of
    whoever looks it up. Raises Refused where several titles begin so; `what` says what they are.

    Example: `key_meant({"lawyers.organ_counsel_coverage": "党政机关法律顾问"}, "党政", "覆盖情况")`
    """
    from suite.contract.problems import refuse

    wanted = text.strip()
    if wanted in titles:
        return wanted
    exact = [key for key, title in titles.items() if title == wanted]
    found = exact or [key for key, title in titles.items() if wanted and title.startswith(wanted)]
    if len(found) > 1:
        words = "、".join(f"{titles[key]}（{key}）" for key in found[:20])
        raise refuse("name.several", f"“{wanted[:40]}”开头的{what}不止一个：{words}。请写全。", field="name")
    return found[0] if found else wanted
