"""Invented duty units' contacts and law-savvy villagers: the same request gives the same rows.

The units are the departments that a city has, the counties are real; numbers and people are invented.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Any

from suite.api import InventedPerson, Inventor, SampleRequest, years_after

#: Law-savvy villagers among ten thousand practitioners of all professions: the bulk of all rosters.
PER_10K = 7_700
#: Tenths of the sequence part of resident numbers that belong to this roster.
LANES = (5, 6, 7, 8, 9)

#: Departments that enforce the law, with the laws they administer.
_ENFORCERS = {
    "公安局": "治安管理处罚法、道路交通安全法、反电信网络诈骗法",
    "司法局": "法律援助法、社区矫正法、人民调解法",
    "教育局": "义务教育法、未成年人保护法、教师法",
    "科学技术局": "科学技术进步法、促进科技成果转化法",
    "工业和信息化局": "中小企业促进法、节约能源法",
    "民政局": "慈善法、社会团体登记管理条例、殡葬管理条例",
    "财政局": "预算法、政府采购法、会计法",
    "人力资源和社会保障局": "劳动法、劳动合同法、社会保险法",
    "自然资源和规划局": "土地管理法、城乡规划法、矿产资源法",
    "生态环境局": "环境保护法、大气污染防治法、水污染防治法",
    "住房和城乡建设局": "建筑法、城市房地产管理法、物业管理条例",
    "城市管理综合行政执法局": "城市市容和环境卫生管理条例、行政处罚法",
    "交通运输局": "公路法、道路运输条例",
    "水利局": "水法、防洪法、水土保持法",
    "农业农村局": "农业法、农产品质量安全法、动物防疫法",
    "商务局": "对外贸易法、外商投资法",
    "文化广电和旅游局": "旅游法、文物保护法、著作权法",
    "卫生健康委员会": "基本医疗卫生与健康促进法、传染病防治法",
    "应急管理局": "安全生产法、突发事件应对法",
    "审计局": "审计法",
    "市场监督管理局": "食品安全法、产品质量法、消费者权益保护法",
    "统计局": "统计法",
    "医疗保障局": "医疗保障基金使用监督管理条例",
    "退役军人事务局": "退役军人保障法、英雄烈士保护法",
    "林业局": "森林法、野生动物保护法",
    "税务局": "税收征收管理法、个人所得税法",
    "气象局": "气象法",
    "消防救援支队": "消防法",
    "烟草专卖局": "烟草专卖法",
}
_OTHERS = {
    "中级人民法院": "司法", "人民检察院": "司法", "市委宣传部": "党委部门", "市委组织部": "党委部门",
    "市委政法委员会": "党委部门", "总工会": "群团", "妇女联合会": "群团", "共青团石家庄市委员会": "群团",
    "残疾人联合会": "群团", "供电公司": "企事业", "轨道交通集团有限公司": "企事业",
}  # fmt: skip
_KINDS = {
    "村干部": 31, "妇女儿童主任": 8, "调解员": 11, "辅警": 4, "网格员": 14, "村民小组长": 12, "党员": 8,
    "五老": 5, "退役军人": 3, "致富带头人": 2, "其他": 2,
}  # fmt: skip
_POSTS = ("党支部书记", "村委会主任", "副主任", "委员", "会计")
_EDUCATION = {"高中": 34, "初中": 38, "中专": 10, "大专": 12, "本科": 6}
_STATES = {"在岗": 935, "已培训待发证": 20, "已推荐": 15, "暂停": 5, "已退出": 25}
_REASONS = ("迁出本村", "本人申请", "不能履职")


def unit_rows(request: SampleRequest) -> Iterator[dict[str, Any]]:
    """普法责任单位名录: departments of the city, then the county governments."""
    inventor = Inventor(request, "popularization.duty_unit")
    units = [(f"石家庄市{name}", "行政执法", laws) for name, laws in _ENFORCERS.items()]
    for name, sector in _OTHERS.items():
        full = name if name.startswith(("市委", "共青团")) else f"石家庄市{name}"
        units.append(
            (full.replace("市委", "中共石家庄市委", 1) if name.startswith("市委") else full, sector, "")
        )
    rows = [_unit(inventor, name, sector, laws, "市直部门", "", "130100") for name, sector, laws in units]
    rows += [
        _unit(inventor, _government(district), "地方政府", "", "县（市、区）", district, code)
        for code, district in request.districts
    ]
    for number, row in enumerate(rows, 1):
        yield {"序号": number, **row}


def _government(district: str) -> str:
    ordinary = district.endswith(("区", "县", "市")) and len(district) <= 4
    return f"{district}人民政府" if ordinary else f"{district}管理委员会"


def _unit(
    inventor: Inventor, name: str, sector: str, laws: str, level: str, district: str, area: str
) -> dict[str, Any]:
    prefix = {"群团": "13", "企事业": "91"}.get(sector, "11")
    return {
        "单位名称": name,
        "统一社会信用代码": inventor.uscc(prefix, area),
        "单位类别": level,
        "所属系统": sector,
        "县（市、区）": district,
        "是否行政执法机关": "是" if laws else "否",
        "主要法律法规": laws,
        "是否联席会议成员": "是" if inventor.chance(60) else "否",
        "责任科室": inventor.draw.choice(("政策法规科", "法规科", "办公室", "法制科")),
        "联络员": inventor.name(inventor.chance(45)),
        "办公电话": inventor.landline(),
        "状态": "在列",
    }


def villager_rows(request: SampleRequest) -> Iterator[dict[str, Any]]:
    """法律明白人名册: every village in turn has its share; few people take villages by lot."""
    inventor = Inventor(request, "popularization.law_savvy_villager", LANES)
    names = dict(request.districts)
    total = request.practitioners * PER_10K // 10_000
    each, left = divmod(total, len(request.villages))
    lucky = set(inventor.draw.sample(range(len(request.villages)), left))
    number = 0
    for place, (code, village, township, district) in enumerate(request.villages):
        serials: Counter[int] = Counter()
        for _ in range(each + (place in lucky)):
            number += 1
            person = inventor.person(
                (years_after(request.today, -68), years_after(request.today, -24)),
                women=41,
                members=42,
                area=district,
            )
            yield {
                "序号": number,
                "县（市、区）": names[district],
                "乡镇（街道）": township,
                "村（社区）": village,
                **_villager(inventor, request, code, person, serials),
            }


def _villager(
    inventor: Inventor, request: SampleRequest, village: str, person: InventedPerson, serials: Counter[int]
) -> dict[str, Any]:
    draw = inventor.draw
    kind, state = inventor.pick(_KINDS), inventor.pick(_STATES)
    selected = inventor.day(dt.date(2021, 12, 1), request.today - dt.timedelta(days=120))
    certified = selected + dt.timedelta(days=draw.randrange(20, 110))
    has_certificate = state not in ("已培训待发证", "已推荐")
    number = ""
    if has_certificate:
        serials[certified.year] += 1
        number = f"{village}{certified.year}{serials[certified.year]:03d}"
    left = state == "已退出"
    return {
        "村民小组": f"第{'一二三四五六七八'[draw.randrange(8)]}组" if inventor.chance(60) else "",
        "姓名": person.name,
        "性别": person.sex,
        "民族": person.ethnicity,
        "出生日期": person.birth_date,
        "身份证号码": person.id_number,
        "政治面貌": "中共党员" if kind == "党员" else person.political_status,
        "文化程度": inventor.pick(_EDUCATION),
        "人员类别": kind,
        "职务": draw.choice(_POSTS) if kind == "村干部" else "",
        "法律明白人证号": number,
        "选任日期": selected,
        "岗前培训学时": "" if state == "已推荐" else draw.randrange(8, 25),
        "发证日期": certified if has_certificate else "",
        "手机号": person.phone,
        "状态": state,
        "退出日期": inventor.day(certified, request.today) if left else "",
        "退出原因": draw.choice(_REASONS) if left else "",
    }
