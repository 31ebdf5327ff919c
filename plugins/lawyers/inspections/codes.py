"""The check list: what is gone through on site. The articles are found with the items."""

from suite.api import Code, CodeList

ITEMS = CodeList(
    key="lawyers.check_item",
    title="律师行业检查项目",
    codes=(
        Code(value="conditions", title="保持法定设立条件", also=("律师法第十四条至第十六条",)),
        Code(value="unified", title="统一接受委托、统一收费", also=("律师法第二十五条",)),
        Code(value="conflict", title="利益冲突审查（律师法第二十三条）"),
        Code(value="files", title="业务档案管理（律师法第二十三条）"),
        Code(value="changes", title="重大变更报批备案", also=("律师法第二十一条",)),
        Code(value="solicitation", title="业务推广与不正当竞争", also=("律师法第二十六条",)),
        Code(value="legal_aid", title="法律援助义务", also=("律师法第四十二条",)),
        Code(value="suspended", title="停业、停止执业处罚的执行（律师法第五十条）"),
        Code(value="management", title="内部管理与对律师的监督（律师法第五十条）"),
        Code(value="seals", title="印章、执业证书和专用文书管理"),
        Code(value="publicity", title="执业信息和收费标准公示"),
    ),
)
