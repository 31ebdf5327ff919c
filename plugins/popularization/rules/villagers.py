"""Law-savvy villagers: their numbers, their training, their leaving."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from plugins.popularization.rules.findings import TOLD
from suite.api import CheckContext, Problem, check_area_code, problems_of, whole_years

VILLAGERS = "乡村“法律明白人”培养工作规范（试行）"
#: The house's numbers begin with the village's code and the year of issue; others are not taken apart.
PARTS = re.compile(r"([0-9]{12})([0-9]{4})[0-9]+")
#: The statistics count these zones apart, while the bureau may keep their villages under a district.
ZONES = "13017"


def villager_no(value: str, context: CheckContext) -> Sequence[Problem]:
    """证号 = village code (12) + year (4) + serial: pattern, a village's code, a year not in the future.

    The numbering is local and configurable, so everything warns.
    """
    if not re.fullmatch(str(context.parameters["popularization.lsv.number_pattern"]), value):
        text = f"证号“{value[:40]}”不符合参数页设定的编法（村居代码、年份、顺序号），请核对。"
        return (TOLD.warning("villager_number", text),)
    parts = _village_and_year(value)
    if parts is None:
        return ()
    found = []
    village, year = parts
    structure = problems_of(check_area_code(village))
    if structure or village.endswith("000"):
        text = f"证号前 12 位“{village}”不是村（居）的统计用区划代码，请对照区划表核对。"
        found.append(TOLD.warning("village_code", text))
    if year > context.today.year:
        text = f"证号中的年份 {year} 晚于今年，请核对证号。"
        found.append(TOLD.warning("number_year", text))
    return found


def _village_and_year(number: str) -> tuple[str, int] | None:
    parts = PARTS.fullmatch(number)
    return (parts[1], int(parts[2])) if parts else None


def number_agrees(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """The number's county is the record's, and its year that of the certificate."""
    number = str(values.get("main_no") or "")
    parts = _village_and_year(number)
    if parts is None:
        return ()
    found = []
    district, certified = values.get("district_code"), values.get("certified_on")
    in_zone = number.startswith(ZONES) or str(district).startswith(ZONES)
    if district is not None and number[:6] != district and not in_zone:
        text = f"证号前 6 位“{number[:6]}”与所在区县代码“{district}”不同，请核对证号或所在村（社区）。"
        found.append(TOLD.warning("number_district", text, "main_no"))
    year = parts[1]
    if certified is not None and year != certified.year:
        text = f"证号中的年份 {year} 与发证日期 {certified} 不同，请核对哪一项有误。"
        found.append(TOLD.warning("number_year_differs", text, "certified_on"))
    return found


def trained_before_certified(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """A certificate follows training, and selection comes first (选任、培训、发证)."""
    certified, selected = values.get("certified_on"), values.get("selected_on")
    found = []
    if certified is not None and not values.get("trained_hours"):
        text = "已发证但没有培训学时，请补填岗前培训学时或核对发证日期。"
        found.append(TOLD.warning("untrained", text, "trained_hours", VILLAGERS))
    if certified is not None and selected is not None and certified < selected:
        text = f"发证日期 {certified} 早于选任日期 {selected}，请对照证书更正。"
        found.append(TOLD.error("certified_first", text, "certified_on"))
    return found


def exit_is_told(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """Who left has a day and a reason; who is on duty has neither."""
    left = values.get("status") == "exited"
    if left and values.get("exited_on") is None:
        return (
            TOLD.warning("exit_date", "状态为已退出，但没有填退出日期，请补填。", "exited_on", VILLAGERS),
        )
    if not left and values.get("exited_on") is not None:
        text = "填了退出日期，状态却不是已退出，请核对哪一项有误。"
        return (TOLD.warning("exit_status", text, "status", VILLAGERS),)
    return ()


def of_age(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """A law-savvy villager is of age."""
    born, least = values.get("birth_date"), context.number("popularization.lsv.age_min")
    if born is None or values.get("status") == "exited" or whole_years(born, context.today) >= least:
        return ()
    text = f"出生日期 {born}，未满 {least} 周岁，请核对出生日期。"
    return (TOLD.warning("under_age", text, "birth_date"),)
