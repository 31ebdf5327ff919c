"""The roster of lawyers as a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from plugins.lawyers.sample.lawyers import SampleLawyer, all_lawyers
from plugins.lawyers.sample.plan import Plan
from suite.api import SampleRequest, date_cell, name_cell, number_cell, wrong

_FIELDS = (
    "民商事", "刑事辩护", "建设工程", "公司并购", "婚姻家事", "劳动争议", "知识产权", "金融证券", "行政法",
    "破产重整", "房地产", "涉外法律服务", "医疗纠纷", "交通事故", "税务",
)  # fmt: skip
_PERMITS = {
    "香港居民律师": "港澳居民居住证", "澳门居民律师": "港澳居民居住证", "台湾居民律师": "台湾居民居住证",
}  # fmt: skip
#: Pools and levels of the few who take foreign-related matters: one of so many lawyers.
_FOREIGN = (("省级", "高级"), ("市级", "中级"), ("市级", "初级"))
FOREIGN_AMONG = 60
_SHORT = {"专职律师": "专职", "兼职律师": "兼职", "公职律师": "公职", "公司律师": "公司"}


def lawyer_rows(request: SampleRequest) -> Iterator[dict[str, Any]]:
    """One row for each lawyer."""
    for place, lawyer in enumerate(all_lawyers(Plan(request)), 1):
        # Tidiness is drawn apart, so that the head in the firms' roster is the head of this one.
        rng = Random(f"{request.seed}:row:{place}")
        row = _row(place, lawyer, rng)
        if wrong(rng):
            spoil(row, rng)
        yield row


def _row(place: int, lawyer: SampleLawyer, rng: Random) -> dict[str, Any]:
    who = lawyer.person
    in_firm = lawyer.category not in ("公职律师", "公司律师", "法律援助律师", "军队律师")
    return {
        "序号": place,
        "姓名": name_cell(rng, who.name),
        "性别": who.sex,
        "民族": who.ethnicity,
        "出生日期": date_cell(rng, who.birth_date),
        "证件类型": _PERMITS.get(lawyer.category, "身份证"),
        "身份证号码": number_cell(rng, who.id_number),
        "政治面貌": who.political_status,
        "学历": lawyer.education,
        "执业证号": number_cell(rng, lawyer.number),
        "执业证书流水号": lawyer.serial,
        "所在律所": lawyer.body,
        "执业类型": _SHORT.get(lawyer.category, lawyer.category) if rng.random() < 0.5 else lawyer.category,
        "首次执业时间": date_cell(rng, lawyer.first_on),
        "入所时间": date_cell(rng, lawyer.entered_on) if lawyer.body else "",
        "是否合伙人": ("是" if lawyer.partner else "否") if in_firm and lawyer.body else "",
        "资格证号": lawyer.qualification_no,
        "资格证类别": lawyer.qualification_type,
        "专业领域": "、".join(rng.sample(_FIELDS, rng.randint(1, 3)))
        if in_firm and rng.random() < 0.6
        else "",
        "涉外法治人才库": _FOREIGN[foreign][0] if (foreign := _foreign(place, lawyer)) is not None else "",
        "涉外人才等级": _FOREIGN[foreign][1] if foreign is not None else "",
        "手机号": "" if rng.random() < 0.02 else who.phone,
        "县区": "" if lawyer.body and rng.random() < 0.1 else lawyer.district[1],
        "执业状态": lawyer.status,
        "备注": "",
    }


def _foreign(place: int, lawyer: SampleLawyer) -> int | None:
    """Which pool and level a lawyer has, if any: from his place, so that nothing else is drawn anew."""
    if place % FOREIGN_AMONG != 1 or lawyer.category != "专职律师" or not lawyer.body:
        return None
    return place // FOREIGN_AMONG % len(_FOREIGN)


def spoil(row: dict[str, Any], rng: Random) -> None:
    """Put one error into a row, of a kind that real rosters have."""
    number = str(row["身份证号码"]).strip()
    match rng.randrange(6):
        case 0:  # a digit mistyped: the check digit no longer fits
            row["身份证号码"] = number[:15] + str((int(number[15]) + 3) % 10) + number[16:]
        case 1:
            row["性别"] = "女" if row["性别"] == "男" else "男"
        case 2:
            row["执业证号"] = str(row["执业证号"]).strip()[:-1]
        case 3:
            row["首次执业时间"] = "2014-13-05"
        case 4:
            row["所在律所"] = "河北中恒信律师所"
        case _:
            row["手机号"] = str(row["手机号"])[:10] or "1380000"
