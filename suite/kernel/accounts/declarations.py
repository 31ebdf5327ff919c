"""The core's permissions and built-in roles; plugins add theirs."""

from suite.contract.commands import Side
from suite.contract.declarations import Declaration
from suite.contract.parameters import Confidence, Parameter
from suite.contract.roles import Permission, Role
from suite.database.rights import ASSOCIATION
from suite.kernel.accounts.rules import CASEWORK
from suite.kernel.accounts.two_persons import PARAMETERS as SWITCHES

#: What the only user of one desk has beside the administration, which reads no case.
SOLE_USER = "core.sole_user"
KEEP_CALENDAR = "core:calendar:edit"

PERMISSIONS = (
    Permission(key="core:parameter:edit", title="设定参数"),
    Permission(key="core:places:edit", title="维护区划与村居"),
    Permission(key="core:house:name", title="设定本单位名称"),
    Permission(key=KEEP_CALENDAR, title="维护工作日历"),
    Permission(key="core:audit:read", title="查阅操作痕迹"),
    Permission(key="core:audit:verify", title="核对操作痕迹与敏感值"),
    Permission(key="core:user:manage", title="管理用户与授权"),
    Permission(key="core:section:stand_in", title="指定本科室的代行人"),
    Permission(key="core:database:mend", title="修复数据库"),
    Permission(key="core:database:maintain", title="升级与备份数据库"),
    Permission(key="core:view:save", title="保存自己的视图"),
    Permission(key="core:password:change", title="修改自己的密码"),
    Permission(key="core:request:decide", title="复核他人提请的事项"),
)

#: What every role has. A request is decided by who holds the permission of what is asked; a stand-in is
#: named by the head of the section.
EVERYBODY = ("core:password:change", "core:request:decide", "core:section:stand_in", "core:notice:keep")


def _of_cases(*actions: str, association: bool = True, bureau: bool = True) -> tuple[str, ...]:
    """Actions of a profession's cases, of those that its association runs and of the bureau's own."""
    areas = (*(("",) if bureau else ()), *((f".{ASSOCIATION}",) if association else ()))
    return tuple(f"{{profession}}{area}:{action}" for area in areas for action in actions)


#: Who works on cases.
WORKING = ("case:read", "case:handle", "complainant:reveal")
HANDLING = _of_cases(*WORKING)

#: Who runs seasons, who scores in them; who decides a grade is said by the step of the scheme.
RUNNING_SEASONS = tuple(
    f"{{profession}}:assessment:{action}" for action in ("read", "run", "score", "report")
)
IN_SEASONS = tuple(f"{{profession}}:assessment:{action}" for action in ("read", "score", "report"))

#: Who hands in returns, and who reviews them.
HANDING_IN = ("{profession}:return:read", "{profession}:return:submit")
REVIEWING = (*HANDING_IN, "{profession}:return:review")

#: Who keeps credit; who reads it only.
KEEPING_CREDIT = ("{profession}:credit:read", "{profession}:credit:keep")
#: Who reports the numbers of the whole city: only a grant of the whole house gives it.
REPORTING = ("core:snapshot:take", "core:report:make")
#: Who keeps the ledgers of a profession; those of the core are read by everybody.
LEDGERS = ("{profession}:ledger:read", "{profession}:ledger:edit")
READS_LEDGERS = ("{profession}:ledger:read", "core:ledger:read")

HOUSE = "本局信息安全要求"


def _number(key: str, title: str, value: int, unit: str) -> Parameter:
    return Parameter(
        key=f"core.{key}", title=title, value=value, unit=unit, source=HOUSE, confidence=Confidence.RECALLED
    )


PARAMETERS = (
    _number("password_length", "密码最短长度", 10, "个字符"),
    _number("password_classes", "密码应含字符种类", 3, "类"),
    _number("password_tries", "密码连续输错锁定", 5, "次"),
    _number("password_lock_minutes", "输错后锁定时长", 15, "分钟"),
    _number("export_alone_rows", "一人可以导出的行数", 10_000, "行"),
    *SWITCHES,
)

ROLES = (
    Role(
        key="core.administrator",
        title="系统管理员",
        permissions=("*",),
        but=tuple(f"*:{action}*" for action in CASEWORK),
        help="管理用户、参数与区划，维护数据；不看、不办、不批办件，不合并档案，不改工作日历。办件由各科室的用户办理，"
        "管理员不能给自己授权。",
    ),
    Role(
        key="core.calendar_keeper",
        title="工作日历维护",
        permissions=(KEEP_CALENDAR, *HANDLING, *KEEPING_CREDIT, *EVERYBODY),
        help="录入、更正和公布工作日历。日历一改，各行业在办件的期限随之重算并记入办理记录，所以也看得到、办得了这些办件。",
    ),
    Role(
        key=SOLE_USER,
        title="单机办件",
        permissions=(
            *(f"{{profession}}{area}:{action}*" for area in ("", f".{ASSOCIATION}") for action in CASEWORK),
            KEEP_CALENDAR,
        ),
        help="单机使用时的唯一用户办理办件、维护工作日历。多人使用时请收回，按条线改授科室角色。",
    ),
    Role(
        key="core.section_staff",
        title="科室人员",
        permissions=(
            "{profession}:roster:read",
            "{profession}:roster:edit",
            "{profession}:roster:import",
            "{profession}:roster:export",
            "{profession}:roster:compile",
            "{profession}:roster:merge",
            "{profession}:identity:reveal",
            *HANDLING,
            *KEEPING_CREDIT,
            *RUNNING_SEASONS,
            *REVIEWING,
            *LEDGERS,
            "core:ledger:read",
            *REPORTING,
            "core:roster:read",
            "core:view:save",
            *EVERYBODY,
        ),
        help="按条线授权：维护名册、导入导出、合并重复档案，办理办件、信用和双公示，组织考核评估，审核报表。",
    ),
    Role(
        key="core.section_head",
        title="科室负责人",
        # What takes two persons in the section is decided by its head: he holds what is asked for.
        permissions=(
            "{profession}:roster:read",
            "{profession}:roster:edit",
            "{profession}:roster:import",
            "{profession}:roster:export",
            "{profession}:roster:merge",
            "{profession}:identity:reveal",
            *HANDLING,
            *_of_cases("case:review"),
            *KEEPING_CREDIT,
            "{profession}:credit:approve",
            *RUNNING_SEASONS,
            *REVIEWING,
            *LEDGERS,
            "core:ledger:read",
            *REPORTING,
            "core:roster:read",
            "core:view:save",
            *EVERYBODY,
        ),
        help="按条线授权：维护名册和台账，复核本科室提请的合并、作废和批量查看，办理并审核办件，"
        "组织考核评估，审核报表。",
    ),
    Role(
        key="core.association",
        title="协会",
        permissions=(
            "{profession}:roster:read",
            "{profession}:roster:edit",
            "{profession}:roster:import",
            "{profession}:roster:export",
            "{profession}:identity:reveal",
            *_of_cases(*WORKING, bureau=False),
            *IN_SEASONS,
            "{profession}:assessment:decide",
            "{profession}:credit:read",
            *LEDGERS,
            "core:ledger:read",
            "core:roster:read",
            "core:view:save",
            *EVERYBODY,
        ),
        help="维护本行业会员名册，含其证件号码与电话；办理本会会员的行业处分和向本会提出的投诉；"
        "评定由协会评定的年度考核等次。批量查看、大量导出由本会另一人复核。",
        side=Side.ASSOCIATION,
    ),
    Role(
        key="core.county_bureau",
        title="县（市、区）司法局",
        permissions=(
            "{profession}:roster:read",
            "{profession}:roster:export",
            *_of_cases("case:read"),
            "{profession}:credit:read",
            *IN_SEASONS,
            *HANDING_IN,
            *LEDGERS,
            "core:ledger:read",
            "core:roster:read",
            "core:view:save",
            *EVERYBODY,
        ),
        help="查看本县（市、区）的名册和办件，考核初审、评分，报送统计报表。",
    ),
    Role(
        key="core.inspector",
        title="执法检查人员",
        permissions=(
            "{profession}:roster:read",
            *_of_cases("case:read"),
            *READS_LEDGERS,
            "core:roster:read",
            "core:view:save",
            *EVERYBODY,
        ),
        help="查看检查对象和办件：作为检查、调查人员的，须看得到本件。",
    ),
    Role(
        key="core.leader",
        title="局领导",
        permissions=(
            "{profession}:roster:read",
            *_of_cases("case:read", "case:approve"),
            "{profession}:credit:read",
            "{profession}:credit:approve",
            "{profession}:assessment:read",
            "{profession}:return:read",
            *READS_LEDGERS,
            "core:roster:read",
            *EVERYBODY,
        ),
        help="查看数据，批准办件。",
        rail=("today", "indicators", "assessment"),
    ),
    Role(
        key="core.statistician",
        title="综合统计",
        permissions=(
            "{profession}:roster:read",
            *_of_cases("case:read"),
            "{profession}:credit:read",
            "{profession}:assessment:read",
            *REVIEWING,
            *REPORTING,
            *READS_LEDGERS,
            "core:roster:read",
            "core:view:save",
            *EVERYBODY,
        ),
        help="汇总全市数据：催报、审核统计报表，冻结指标，编制和报送月报、季报、年报，导出不含名单的汇总。看得到名册和办件，不办理。",
        rail=("today", "roster", "cases", "assessment", "credit", "indicators", "ledgers"),
    ),
    Role(
        key="core.maintainer",
        title="数据库维护",
        permissions=("core:database:maintain", "core:database:mend", *EVERYBODY),
        help="升级、备份、核对服务器权限。授予后须由服务器超级用户运行一次 suite db rights check --mend。",
        rail=("today",),
    ),
    Role(
        key="core.auditor",
        title="审计人员",
        permissions=("core:audit:read", *EVERYBODY),
        help="查阅操作痕迹，不写入。",
        rail=("today",),
    ),
)

DECLARATIONS: tuple[Declaration, ...] = (*PERMISSIONS, *PARAMETERS, *ROLES)
