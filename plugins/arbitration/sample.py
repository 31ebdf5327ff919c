"""An invented commission and its panel of arbitrators: the same request gives the same rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from suite.api import InventedPerson, Inventor, SampleRequest, trade_name, untidy, years_after

NAME = "石家庄仲裁委员会"
EDITION = "第五届"
#: Arbitrators among ten thousand practitioners of all professions.
PER_10K = 270
#: How many firms, universities and companies they come from; the firms are those of the lawyers' roster.
EMPLOYERS = 60
#: Tenths of the sequence part of resident numbers that belong to this roster.
LANES = (4,)
#: The part of governing members and secretaries.
STAFF_LANES = (8,)
#: The governing members in order, and which of them are experts; some also sit on the panel.
POSTS = ("主任", *("副主任",) * 4, *("委员",) * 10)
EXPERTS = (
    "非专家", "法律专家", "法律专家", "经济贸易专家", "非专家", *("法律专家",) * 5, *("经济贸易专家",) * 3,
    "非专家", "非专家",
)  # fmt: skip
FIRST_ARBITRATING, ARBITRATING_MEMBERS = 5, 4
LEAST_SECRETARIES, SECRETARIES_PER_10K = 8, 6

#: 任职条件 as a panel prints them → share, and words for the employer.
_BASES = {"律师": 46, "法学教授": 16, "曾任法官": 12, "经贸专家": 20, "仲裁工作": 6}
_FIELDS = {
    "律师": ("公司与股权", "建设工程", "房地产", "金融与保险", "合同纠纷", "知识产权"),
    "法学教授": ("民商法", "经济法", "国际商事", "知识产权"),
    "曾任法官": ("合同纠纷", "建设工程", "房地产", "金融与保险"),
    "经贸专家": ("工程造价", "国际贸易", "财务会计", "医药化工", "信息技术"),
    "仲裁工作": ("商事仲裁", "建设工程", "合同纠纷"),
}
_TITLES = {
    "律师": {"正高级": 6, "副高级": 30, "中级": 44, "无": 20},
    "法学教授": {"正高级": 45, "副高级": 55},
    "曾任法官": {"副高级": 10, "无": 90},
    "经贸专家": {"正高级": 30, "副高级": 70},
    "仲裁工作": {"副高级": 20, "中级": 40, "无": 40},
}


def _term(request: SampleRequest) -> tuple[dt.date, dt.date]:
    """The present term of five years: it began in the spring two years ago."""
    begins = dt.date(request.today.year - 2, 4, 1)
    return begins, years_after(begins, 5) - dt.timedelta(days=1)


def commission_rows(request: SampleRequest) -> Iterator[dict[str, Any]]:
    """仲裁委员会登记表: the city has one."""
    inventor = Inventor(request, "arbitration.arbitration_commission")
    begins, ends = _term(request)
    seat = request.districts[0]
    row = {
        "序号": 1,
        "仲裁委员会名称": NAME,
        "统一社会信用代码": inventor.uscc("12", "130100"),
        "登记证书号": f"冀仲登字第{inventor.draw.randrange(1, 99):03d}号",
        "登记日期": dt.date(1996, 3, 18),
        "机构性质": "事业单位",
        "县（市、区）": seat[1],
        "住所": inventor.address(seat),
        "联系电话": inventor.landline(),
        "届次": 5,
        "本届任期起": begins,
        "本届任期止": ends,
        "主任": _member(request, 0).name,
        "副主任人数": POSTS.count("副主任"),
        "委员人数": POSTS.count("委员"),
        "法律经贸专家人数": sum(expert != "非专家" for expert in EXPERTS),
        "仲裁员名册版次": EDITION,
        "名册有效期止": ends,
        "内设机构": "办公室、立案处、仲裁一处、仲裁二处、发展处",
        "仲裁规则版本": f"{begins.year}年版",
        "信息公开事项": "章程、组成人员、仲裁员名册、仲裁规则、收费标准、年报",
        "仲裁秘书人数": max(LEAST_SECRETARIES, request.practitioners * SECRETARIES_PER_10K // 10_000),
        "状态": "已登记",
    }
    return untidy(request, "arbitration.arbitration_commission", [row])


def arbitrator_rows(request: SampleRequest) -> Iterator[dict[str, Any]]:
    """仲裁员名册; some of the governing members are arbitrators too, the same people in both rosters."""
    return untidy(request, "arbitration.arbitrator", _arbitrators(request))


def _arbitrators(request: SampleRequest) -> Iterator[dict[str, Any]]:
    inventor = Inventor(request, "arbitration.arbitrator", LANES)
    for place in range(max(1, request.practitioners * PER_10K // 10_000)):
        yield {"序号": place + 1, **_arbitrator(inventor, request, place)}


def _arbitrator(inventor: Inventor, request: SampleRequest, place: int) -> dict[str, Any]:
    draw, today = inventor.draw, request.today
    begins, ends = _term(request)
    person = inventor.person((years_after(today, -70), years_after(today, -38)), women=33, members=48)
    if place < ARBITRATING_MEMBERS:
        person = _member(request, FIRST_ARBITRATING + place)
    basis = inventor.pick(_BASES)
    age = today.year - person.birth_date.year
    by_title = basis in ("法学教授", "经贸专家")
    serving = "其他公职人员" if by_title and inventor.chance(8) else "无"
    state = inventor.pick({"在聘": 96, "暂停选任": 1, "已辞聘": 3})
    return {
        "姓名": person.name,
        "性别": person.sex,
        "民族": person.ethnicity,
        "出生日期": person.birth_date,
        "国籍": "中国",
        "身份证号码": person.id_number,
        "政治面貌": person.political_status,
        "学历": inventor.pick({"大学本科": 55, "硕士研究生": 34, "博士研究生": 11}),
        "聘书号": f"石仲聘{begins.year}{place + 1:06d}",
        "仲裁机构": NAME,
        "名册版次": EDITION,
        "首次聘任日期": begins if inventor.chance(55) else years_after(begins, -5),
        "聘期起": begins,
        "聘期止": ends,
        "任职条件": basis,
        "从业年限": "" if by_title else draw.randrange(8, max(9, age - 27)),
        "职称": inventor.pick(_TITLES[basis]),
        "工作单位": _employer(inventor, basis),
        "现任公职": serving,
        "单位批准文号": f"〔{begins.year}〕{draw.randrange(1, 200)}号" if serving != "无" else "",
        "专业领域": "、".join(draw.sample(_FIELDS[basis], 2)),
        "手机号": person.phone,
        "状态": state,
        "终止聘任日期": inventor.day(begins, today) if state == "已辞聘" else "",
    }


def _member(request: SampleRequest, place: int) -> InventedPerson:
    """One of the governing members: drawn by the place alone, so the same in every roster."""
    inventor = Inventor(request, "arbitration.governing_member", STAFF_LANES).apart(place)
    # A year of births for each, so that no two share a number.
    born = years_after(request.today, -42 - place)
    return inventor.person((born, years_after(born, 1) - dt.timedelta(days=2)), women=26, members=70)


def member_rows(request: SampleRequest) -> Iterator[dict[str, Any]]:
    """仲裁委员会组成人员名单: chair, vice-chairs and members of the present term."""
    return untidy(request, "arbitration.governing_member", _members(request))


def _members(request: SampleRequest) -> Iterator[dict[str, Any]]:
    begins, ends = _term(request)
    inventor = Inventor(request, "arbitration.governing_member.row")
    for place, (post, expert) in enumerate(zip(POSTS, EXPERTS, strict=True)):
        person = _member(request, place)
        lay = ("石家庄市人民政府办公室", "石家庄市司法局", "石家庄市商务局", "石家庄市工商业联合会")
        yield {
            "序号": place + 1,
            "姓名": person.name,
            "性别": person.sex,
            "出生日期": person.birth_date,
            "身份证号码": person.id_number,
            "政治面貌": person.political_status,
            "仲裁委员会": NAME,
            "职务": post,
            "专家类别": expert,
            "职称": "正高级" if expert == "法律专家" else "副高级" if expert != "非专家" else "无",
            "工作单位": inventor.draw.choice(lay) if expert == "非专家" else _employer(inventor, "法学教授"),
            "首次任职日期": begins if place % 3 else years_after(begins, -5),
            "届次": 5,
            "任期起": begins,
            "任期止": ends,
            "聘任文号": f"石政聘〔{begins.year}〕3号",
            "手机号": person.phone,
            "状态": "在任",
        }


def secretary_rows(request: SampleRequest) -> Iterator[dict[str, Any]]:
    """仲裁秘书名册."""
    return untidy(request, "arbitration.case_secretary", _secretaries(request))


def _secretaries(request: SampleRequest) -> Iterator[dict[str, Any]]:
    inventor = Inventor(request, "arbitration.case_secretary", STAFF_LANES)
    today = request.today
    for place in range(max(LEAST_SECRETARIES, request.practitioners * SECRETARIES_PER_10K // 10_000)):
        # Younger than any governing member: both rosters draw from the same lane.
        person = inventor.person((years_after(today, -40), years_after(today, -24)), women=62, members=38)
        entered = inventor.day(max(years_after(person.birth_date, 23), dt.date(2012, 1, 1)), today)
        hired = inventor.chance(70)
        state = inventor.pick({"在岗": 94, "休假": 3, "离职": 3})
        yield {
            "序号": place + 1,
            "姓名": person.name,
            "性别": person.sex,
            "出生日期": person.birth_date,
            "身份证号码": person.id_number,
            "政治面貌": person.political_status,
            "学历": inventor.pick({"大学本科": 52, "硕士研究生": 46, "博士研究生": 2}),
            "工号": f"SJZ{place + 1:04d}",
            "仲裁机构": NAME,
            "用工形式": "合同聘用" if hired else "在编",
            "秘书等级": inventor.pick({"初级秘书": 50, "中级秘书": 34, "高级秘书": 16}),
            "部门": inventor.draw.choice(("立案处", "仲裁一处", "仲裁二处", "发展处")),
            "入职日期": entered,
            "合同到期日期": inventor.day(today + dt.timedelta(days=15), years_after(today, 3))
            if hired
            else "",
            "资格证号": f"A{entered.year - 1}1301{inventor.draw.randrange(10**6):06d}"
            if inventor.chance(72)
            else "",
            "手机号": person.phone,
            "状态": state,
            "离职日期": inventor.day(entered, today) if state == "离职" else "",
        }


def _employer(inventor: Inventor, basis: str) -> str:
    own = trade_name(inventor.draw.randrange(EMPLOYERS))
    return {
        "律师": f"河北{own}律师事务所",
        "法学教授": f"河北{own}大学法学院",
        "曾任法官": "退休",
        "经贸专家": f"河北{own}集团有限公司",
        "仲裁工作": NAME,
    }[basis]
