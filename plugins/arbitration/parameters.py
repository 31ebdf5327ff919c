"""Numbers of the law and of the house about the arbitration commission and arbitrators."""

from plugins.arbitration.codes import DISCLOSURE
from suite.api import Code, OwnParameters

OLD_LAW = "仲裁法（2017年修正）"
NEW_LAW = "仲裁法（2025年修订）"
REGISTRATION = "仲裁委员会登记暂行办法（国务院1995年）"
ENFORCEMENT = "最高人民法院关于人民法院办理仲裁裁决执行案件若干问题的规定（2018年）"
COMPLAINTS = "参照司法部令第144号；时限由本局定"
UNREAD = "2026-03-01 起施行的新法全文未核对。"

_number = OwnParameters(owner="arbitration")

PARAMETERS = (
    _number("newlaw.from", "新仲裁法施行日期", "2026-03-01", "", NEW_LAW, True),
    _number("register.decide_days", "登记期限", 10, "日", f"{REGISTRATION}第四条", True),
    _number(
        "register.supplement_wd", "登记文件补正告知期限", 5, "个工作日",
        "行政许可法（2019年修正）第三十二条；仲裁机构登记按行政许可办理，以省厅权责清单为准", False,
    ),
    _number("change.file_days", "住所、组成人员变更备案期限", 10, "日", f"{REGISTRATION}第五条", True),
    _number("term.years", "每届任期", 5, "年", NEW_LAW, False, UNREAD),
    _number("term.alert_months", "换届提醒（届满前）", "12,6,3", "个月", "局内提醒", False),
    _number("commission.vice_chairs_min", "副主任下限", 2, "名", f"{OLD_LAW}第十二条", True, UNREAD),
    _number("commission.vice_chairs_max", "副主任上限", 4, "名", f"{OLD_LAW}第十二条", True, UNREAD),
    _number("commission.members_min", "委员下限", 7, "名", f"{OLD_LAW}第十二条", True, UNREAD),
    _number("commission.members_max", "委员上限", 11, "名", f"{OLD_LAW}第十二条", True, UNREAD),
    _number("commission.expert_thirds", "专家占三分之几", 2, "", f"{OLD_LAW}第十二条", True, UNREAD),
    _number("term.renew_thirds", "换届应更换的比例（三分之几）", 1, "", NEW_LAW, False, UNREAD),
    _number(
        "panel.bar_serving", "现职法官、检察官、监察官不得聘任", True, "", NEW_LAW, False, UNREAD
    ),
    _number("panel.alert_days", "仲裁员聘期届满提醒", 180, "日", "局内提醒", False),
    _number("secretary.contract_alert_days", "仲裁秘书合同到期提醒", 60, "日", "局内提醒", False),
    _number("review.report_by", "年度报告报送期限", "01-31", "", "局内安排", False),
    _number(
        "disclosure.items", "应当公开的事项", "annual_report,charter,fees,members,panel,rules", "", NEW_LAW,
        False, UNREAD, choices=DISCLOSURE.codes, several=True,
    ),
    _number("eligibility.years", "仲裁员任职年限", 8, "年", f"{OLD_LAW}第十三条", True, UNREAD),
    _number("setaside.court_months", "法院审理撤销申请期限", 2, "个月", f"{OLD_LAW}第六十条", True),
    _number("enforcement.apply_days", "申请不予执行期限", 15, "日", f"{ENFORCEMENT}第八条", True),
    _number("enforcement.court_months", "法院审查不予执行期限", 2, "个月", f"{ENFORCEMENT}第十二条", True),
    _number(
        "enforcement.extend_months", "法院审查不予执行延长期限", 1, "个月", f"{ENFORCEMENT}第十二条", True,
    ),
    _number("complaint.partly_counts", "部分查实的计为有效投诉", True, "", "局内口径", False),
    _number("complaint.accept_wd", "投诉受理审查期限", 7, "个工作日", COMPLAINTS, False),
    _number("complaint.handle_days", "投诉办理期限", 60, "日", COMPLAINTS, False),
    _number("complaint.reply_wd", "处理结果答复期限", 7, "个工作日", COMPLAINTS, False),
    _number(
        "penalty.fine_max", "对仲裁机构罚款的上限", 0, "元", f"{NEW_LAW}；数额未核实", False,
        "0 表示尚未核实，不能罚款。",
    ),
    _number("penalty.city_decides", "市局可以作出警告、责令改正", False, "", f"{NEW_LAW}；条文待核对", False),
    _number(
        "discipline.pause_months_max", "暂停选任的上限", 12, "个月", "仲裁机构职业道德委员会规则", False,
    ),
    _number("setaside.months", "申请撤销裁决期限", 3, "个月", f"{NEW_LAW}第七十二条", True),
    _number("setaside.months_old", "申请撤销裁决期限（旧法）", 6, "个月", f"{OLD_LAW}第五十九条", True),
    _number("rate.limit", "裁决被撤销、不予执行率上限", "1.0", "%", "规划指标26", True),
    _number("rate.warn", "裁决被撤销、不予执行率提醒", "0.8", "%", "局内提醒", False),
    _number(
        "rate.partial_weight", "部分撤销的计数", "1", "", "局内口径", False,
        "一件部分撤销的裁决计多少件，按“仲裁裁决司法审查”台账计数时起作用。",
        choices=(Code(value="1", title="计 1 件"), Code(value="0.5", title="计 0.5 件")),
    ),
)  # fmt: skip
