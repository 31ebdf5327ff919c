"""The check list: what is gone through on site. The articles are found with the items."""

from suite.api import Code, CodeList

ITEMS = CodeList(
    key="notary.check_item",
    title="公证机构检查项目",
    codes=(
        Code(value="area", title="在核定的执业区域内受理", also=("公证法第二十五条",)),
        Code(value="notaries", title="公证员人数达到规定", also=("公证法第八条",)),
        Code(value="review", title="申请审查与核实", also=("公证法第二十八条",)),
        Code(value="quality", title="公证书质量与审批", also=("公证法第三十条",)),
        Code(value="avoidance", title="公证员回避与禁止行为", also=("公证法第二十三条",)),
        Code(value="fees", title="收费标准公示与执行", also=("公证法第四十一条",)),
        Code(value="archive", title="公证档案管理", also=("公证法第三十五条",)),
        Code(value="seals", title="印章和公证专用纸管理", also=("公证法第四十二条",)),
        Code(value="insurance", title="公证执业责任保险", also=("公证法第十五条",)),
        Code(value="complaints", title="投诉渠道公示与复查处理", also=("公证法第三十九条",)),
    ),
)
