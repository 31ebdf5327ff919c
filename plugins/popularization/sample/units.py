"""普法责任单位: departments of the city and the county governments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from suite.api import Inventor, SampleRequest, untidy

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


#: The last two digits of the codes by which the statistics know zones.
ZONES = range(71, 81)


def unit_rows(request: SampleRequest) -> Iterator[dict[str, Any]]:
    """普法责任单位名录: departments of the city, then the county governments."""
    inventor = Inventor(request, "popularization.duty_unit")
    units = [(f"石家庄市{name}", "行政执法", laws) for name, laws in _ENFORCERS.items()]
    for name, sector in _OTHERS.items():
        full = name if name.startswith(("市委", "共青团")) else f"石家庄市{name}"
        units.append(
            (full.replace("市委", "中共石家庄市委", 1) if name.startswith("市委") else full, sector, "")
        )
    city = _unit(inventor, "石家庄市人民政府", "地方政府", "", "市本级政府", "", "130100")
    rows = [_unit(inventor, name, sector, laws, "市直部门", "", "130100") for name, sector, laws in units]
    for code, district in request.districts:
        # The committee of a zone is an agency of the city's government, no government of its own.
        zone = int(code[4:]) in ZONES
        name, level = ("管理委员会", "市直部门") if zone else ("人民政府", "县（市、区）")
        rows.append(_unit(inventor, f"{district}{name}", "地方政府", "", level, district, code))
    rows.append(city)
    numbered = ({"序号": number, **row} for number, row in enumerate(rows, 1))
    return untidy(request, "popularization.duty_unit", numbered)


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
