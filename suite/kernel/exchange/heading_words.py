"""What stands in brackets, or over a heading, and leaves its meaning as it is; all else distinguishes.

联系电话（必填） is a telephone, 联系电话（紧急联系人） somebody else's; 姓名 below 基本信息 is the record's
own, below 配偶 it is not.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from suite.kernel.exchange.units import is_unit_said

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^】]*】|〔[^〕]*〕|<[^<>]*>")
_DAY_FORM = (
    r"(?:年|y{2,4}|x{2,4})[-/.年]?(?:月|mm?|xx?)(?:[-/.月]?(?:日|dd?|xx?)日?|月)?"
    r"|\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{8}"
)
#: What a form says of how a column is to be filled in.
_REMARK = re.compile(
    r"(?:均?为)?(?:必|选|可|免|不)(?:须|需)?填[写项]?|必选项?|可选项?|可不填|(?:没有|无)(?:的?可?)(?:不填|空|填无)?"
    r"|[如若]?(?:有|适用)(?:请填写?|的|则填)?|[如若]无.{0,6}"
    r"|(?:填[表写报])?(?:说明|要求|示例|样例)\d*(?::.*)?|填[表写报].*|请.*|[见详]?(?:见|参照|参考|按照?|根据|对照).+"
    r"|下拉(?:选择|菜单)?|[单多]选|自动(?:生成|计算|带出)|公式|格式(?::?.*)?|(?:例?如|例|比如|形如):?.*"
    rf"|{_DAY_FORM}|\d{{1,3}}(?:位?(?:数字?|字以?内|字符|号码)|位)?|\d{{1,2}}"
    r"|(?:纯|阿拉伯)?数字|文本(?:格式)?|保留.*小数|[整小]数|百?分比?|[%‰]"
    r"|大写|小写|汉字|中文|公历|阳历|全称|规范全称|周?岁|[√✓].*|打[√勾✓]"
    r"|签[字名章]|盖章|公章|截[至止].*|(?:或|含|包括|即|指|同).{1,20}"
    r"|[市县区旗乡镇村居]|街道|社区|地区|手机号?码?|移动电话|座机|固定电话|固话|居民身份证"
    r"|精确到.*|不含?空格|不得为?空|非必填|必须填写|唯一|主键|本人|变更后|现[在任]?|目前|当前|最新",
)
_BESIDE = re.compile("[、,;:/|。]|或(?=.)")
#: Somebody or something else than the record as it is now.
_ELSE = re.compile(
    "配偶|子女|父|母|夫|妻|家属|家庭|亲属|监护|紧急|变更前|转入|转出|[原旧曾]|上[一]?[年季月]|去年|往年|历[年史任]|前任"
    "|推荐|介绍|担保|主管|总所|分所|经办|代理|第[一二三二]"
)
#: 一、基本信息; （二）执业情况; 3.联系方式.
_COUNTED = re.compile(r"^(?:\(?[一二三四五六七八九十\d]{1,3}[)、.:])")
#: How titles end, and what stands beside them: 律师名册, 长安区司法局, 2026年11月.
_TITLE = re.compile(r"[\d:]|(?:[局厅院会所处科表册年月日]|名单|一览)$")
_LONGEST_GROUP = 12
_NO_WORD = re.compile(r"[\W_]|[的及与和]")
_SORT_OF_THING = re.compile(
    "(?:基本|主要|详细|相关|有关)?(?:信息|情况|资料|状况|数据|内容|事项|概况|栏|项目?)$"
)
#: Groups that say of which sort the columns below them are, and not whose.
_NEUTRAL = (
    "基本 基础 主要 其他 其它 补充 附加 本人 个人 自然 身份 人员 人员基本 个人基本 执业 "
    "从业 职业 执业证 执业证书 执业许可 执业许可证 许可 许可证 执业证件 证件 证照 证书 资格 "
    "资质 联系 联系方式 联络方式 通讯 通讯方式 通信方式 通联 地址 所在地 所属 所属地区 "
    "所在地区 地区 区划 行政区划 地域 学历 学历学位 教育 教育背景 文化程度 职称 职务 职务职称 "
    "专业技术职称 政治面貌 党建 聘任 聘用 任职 任期 聘期 工作 用工 岗位 业务 登记 备案 设立 "
    "注册 保险 责任保险 执业责任保险 考核 年度考核 状态 时间 日期 有效期 有效期限 编号 号码 "
    "变更后 现 现在 现任 目前 当前 最新 选任 培训 命名 复核 协议 人数 财务 资产 收入 金额 "
    "场所 办公场所"
)
NEUTRAL = frozenset(("", *_NEUTRAL.split()))
_OF_BODIES = frozenset({"机构", "单位", "本机构", "本单位", "主体", "法人", "组织", "机构基本", "单位基本"})


def in_brackets(normal: str) -> list[str]:
    """What stands in the brackets of a normalised heading, but for what leaves its meaning as it is."""
    return [text for found in _BRACKETS.findall(normal) if not is_remark(text := found[1:-1])]


def without_brackets(normal: str) -> str:
    """A normalised heading without anything in brackets."""
    return _BRACKETS.sub("", normal).strip("*:")


@lru_cache(maxsize=4096)
def without_remarks(normal: str) -> str:
    """A normalised heading without the brackets that leave its meaning as it is: units, forms, remarks."""
    return _BRACKETS.sub(lambda found: "" if is_remark(found[0][1:-1]) else found[0], normal).strip("*:")


@lru_cache(maxsize=4096)
def is_remark(text: str) -> bool:
    """Whether a text in brackets says how a column is counted or filled in, rather than which it is."""
    if not text or _REMARK.fullmatch(text):
        return _ELSE.search(text) is None
    parts = [part for part in _BESIDE.split(text) if part]
    if any(_ELSE.search(part) for part in parts):
        return False
    # 是/否, 男、女, 专职/兼职: what may be chosen; 万元，含附加险: a unit, and more of it.
    return len(parts) > 1 or is_unit_said(text)


def groups_of(words: Collection[str], *, person: bool) -> frozenset[str]:
    """The groups that leave the meaning of what stands below them. `words`: what a kind calls itself and
    the sections of its form."""
    own = {_group(word) for word in words}
    return NEUTRAL | own | (frozenset() if person else _OF_BODIES)


def is_neutral(over: str, under: str, groups: Collection[str]) -> bool:
    """Whether a heading below a group is what it is alone. Both are normalised."""
    plain = without_remarks(over)
    return bool(plain) and (plain in under or _group(plain) in groups)


def may_be_group(text: str) -> bool:
    """Whether a text looks like the heading of a group rather than like a title of the table."""
    plain = without_remarks(text)
    return 0 < len(plain) <= _LONGEST_GROUP and _TITLE.search(_COUNTED.sub("", plain)) is None


def _group(normal: str) -> str:
    whole = _NO_WORD.sub("", _COUNTED.sub("", normal))
    return _SORT_OF_THING.sub("", whole)
