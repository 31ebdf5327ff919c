"""An invented commission and its panel of arbitrators: the same request gives the same rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from suite.api import Inventor, SampleRequest, trade_name, years_after

NAME = "石家庄仲裁委员会"
EDITION = "第五届"
#: Arbitrators among ten thousand practitioners of all professions.
PER_10K = 270
#: How many firms, universities and companies they come from; the firms are those of the lawyers' roster.
EMPLOYERS = 60
#: Tenths of the sequence part of resident numbers that belong to this roster.
LANES = (4,)

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
    yield {
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
        "主任": inventor.name(female=False),
        "副主任人数": 4,
        "委员人数": 10,
        "法律经贸专家人数": 11,
        "仲裁员名册版次": EDITION,
        "仲裁秘书人数": inventor.draw.randrange(12, 26),
        "状态": "已登记",
    }


def arbitrator_rows(request: SampleRequest) -> Iterator[dict[str, Any]]:
    """仲裁员名册."""
    inventor = Inventor(request, "arbitration.arbitrator", LANES)
    for place in range(max(1, request.practitioners * PER_10K // 10_000)):
        yield {"序号": place + 1, **_arbitrator(inventor, request, place)}


def _arbitrator(inventor: Inventor, request: SampleRequest, place: int) -> dict[str, Any]:
    draw, today = inventor.draw, request.today
    begins, ends = _term(request)
    person = inventor.person((years_after(today, -70), years_after(today, -38)), women=33, members=48)
    basis = inventor.pick(_BASES)
    age = today.year - person.birth_date.year
    by_title = basis in ("法学教授", "经贸专家")
    serving = "其他公职人员" if by_title and inventor.chance(8) else "无"
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
        "状态": inventor.pick({"在聘": 96, "暂停选任": 1, "已辞聘": 3}),
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
