"""The check list: what is gone through on site. The articles are found with the items.

The text of 通则第十九条 was read; 第三十五、四十二、四十三条 are recalled: a finding which cites one of
them is to be compared with the text first.
"""

from suite.api import Code, CodeList

ITEMS = CodeList(
    key="appraisal.check_item",
    title="司法鉴定检查项目",
    codes=(
        Code(
            value="two_appraisers",
            title="同一鉴定事项由两名以上鉴定人进行",
            also=("司法鉴定程序通则第十九条",),
        ),
        Code(value="scope", title="在登记的业务范围内受理和执业", also=("司法鉴定程序通则第十五条",)),
        Code(value="acceptance", title="委托受理期限和告知", also=("司法鉴定程序通则第十三条",)),
        Code(value="completion", title="鉴定时限与延长", also=("司法鉴定程序通则第二十八条",)),
        Code(value="laboratory", title="实验室资质认定在有效期内"),
        Code(value="third_reviewer", title="鉴定意见复核", also=("司法鉴定程序通则第三十五条",)),
        Code(value="instruments", title="仪器设备检定校准"),
        Code(value="fees", title="收费标准公示与执行"),
        Code(value="archive", title="鉴定档案管理", also=("司法鉴定程序通则第四十二条",)),
        Code(value="court", title="鉴定人出庭作证", also=("司法鉴定程序通则第四十三条",)),
        Code(value="complaints", title="投诉渠道公示与投诉处理"),
    ),
)
