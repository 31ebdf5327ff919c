"""The core's pages of the help: Markdown beside this file, told in the words of the person at the desk."""

from suite.contract.declarations import Declaration, HelpPage


def _page(name: str, title: str, *pages: str) -> HelpPage:
    return HelpPage(key=f"core.help.{name}", title=title, text=f"suite.help:{name}.md", pages=pages)


DECLARATIONS: tuple[Declaration, ...] = (
    _page("first_day", "第一天", "today"),
    _page("roster", "名册", "roster"),
    _page("record", "档案", "record"),
    _page("import", "导入导出", "import"),
    _page("editions", "名册编制", "editions"),
    _page("merging", "查重与合并", "merging"),
    _page("complaint", "投诉", "cases", "case"),
    _page("penalties", "处罚与处分", "penalties", "tasks"),
    _page("papers", "文书、送达与归档", "templates"),
    _page("plans", "检查计划与随机抽查", "plans"),
    _page("assessment", "年度考核与评估", "assessment", "scoring", "scheme"),
    _page("credit", "双公示与信用修复", "credit"),
    _page("disclosure", "信用披露"),
    _page("coverage", "服务覆盖", "coverage"),
    _page("ledgers", "台账", "ledgers"),
    _page("plan", "规划对照", "plan"),
    _page("indicators", "指标", "indicators", "targets"),
    _page("returns", "填报", "returns"),
    _page("reports", "快照、报表、迎检包与通报", "reports", "snapshot-diff", "snapshot-rows"),
    _page("exchange", "报送与回执", "exchange"),
    _page("reconcile", "三方对账", "reconcile"),
    _page("audit", "操作留痕", "activity"),
    _page("clocks", "期限与工作日历", "calendar", "limits"),
    _page("notices", "提醒"),
    _page("keys", "快捷键"),
    _page("rights", "账户与权限"),
    _page("administrator", "系统管理员", "settings"),
)
