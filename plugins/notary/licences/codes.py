"""Code lists of applications: what is applied for, why it is refused."""

from suite.api import Code, CodeList

# 机构办法: what needs the province's approval and a new certificate.
OFFICE_ITEM = CodeList(
    key="notary.office_item",
    title="申请事项",
    codes=(
        Code(value="establish", title="设立公证机构"),
        Code(value="name", title="变更公证机构名称"),
        Code(value="premises", title="变更公证机构办公场所"),
        Code(value="area", title="变更公证机构执业区域"),
        Code(value="split", title="公证机构分立"),
        Code(value="merge", title="公证机构合并"),
        Code(value="reissue", title="补（换）发公证机构执业证书"),
        Code(value="close", title="公证机构终止注销"),
    ),
)

PRACTICE_ITEM = CodeList(
    key="notary.practice_item",
    title="申请事项",
    codes=(
        Code(value="transfer", title="公证员变更执业机构"),
        Code(value="reissue", title="补（换）发公证员执业证"),
    ),
)

# 公证法第十九条.
ASSESSMENT_BASIS = CodeList(
    key="notary.assessment_basis",
    title="考核任职条件",
    codes=(
        Code(value="scholar", title="从事法学教学、研究工作，具有高级职称"),
        Code(value="practice", title="具有本科以上学历，从事审判、检察、法制工作、法律服务满十年"),
    ),
)

# 公证法第八、十八、二十、二十四条.
REFUSAL_GROUND = CodeList(
    key="notary.application_refusal",
    title="不予受理、不予许可情形",
    codes=(
        Code(value="not_required", title="依法不需要取得许可"),
        Code(value="not_competent", title="不属于本机关职权范围"),
        Code(value="office_conditions", title="不具备公证机构设立条件（公证法第八条）"),
        Code(value="levels", title="不符合公证机构设置方案，层层设立（公证法第七条）"),
        Code(value="notary_conditions", title="不具备公证员任职条件（公证法第十八、十九条）"),
        Code(value="barred", title="有公证法第二十条所列情形"),
        Code(value="false_material", title="提供虚假材料"),
        Code(value="incomplete", title="逾期未补正或者补正后仍不符合法定形式"),
        Code(value="other", title="其他不符合法定条件的情形"),
    ),
)

CODE_LISTS = (OFFICE_ITEM, PRACTICE_ITEM, ASSESSMENT_BASIS, REFUSAL_GROUND)
