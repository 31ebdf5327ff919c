"""Code lists of registrations: what is applied for, why it is refused, cancelled or put right."""

from suite.api import Code, CodeList

INSTITUTION_ITEM = CodeList(
    key="appraisal.institution_item",
    title="申请事项",
    codes=(
        Code(value="establish", title="鉴定机构设立登记"),
        Code(value="branch", title="鉴定机构分支机构登记"),
        Code(value="scope", title="鉴定机构扩项"),
        Code(value="name", title="鉴定机构变更名称"),
        Code(value="premises", title="鉴定机构变更住所"),
        Code(value="head", title="鉴定机构变更法定代表人、负责人"),
        Code(value="funds", title="鉴定机构变更资金数额"),
        Code(value="renew", title="鉴定机构延续登记"),
        Code(value="cancel", title="鉴定机构注销登记"),
    ),
)

APPRAISER_ITEM = CodeList(
    key="appraisal.appraiser_item",
    title="申请事项",
    codes=(
        Code(value="first", title="鉴定人首次登记"),
        Code(value="transfer", title="鉴定人变更执业机构"),
        Code(value="category", title="鉴定人变更执业类别"),
        Code(value="renew", title="鉴定人延续登记"),
        Code(value="cancel", title="鉴定人注销登记"),
    ),
)

# 京§14, 粤§21, §22; the provinces' own grounds say so.
CANCEL_GROUND = CodeList(
    key="appraisal.cancel_ground",
    title="注销情形",
    codes=(
        Code(value="own_request", title="依申请注销"),
        Code(value="founder_ended", title="设立主体终止"),
        Code(value="expired", title="有效期届满未延续（行政许可法第七十条）"),
        Code(value="conditions", title="不再具备登记条件，逾期未补足"),
        Code(value="not_joined", title="原机构注销后逾期未转入其他机构"),
        Code(value="idle", title="停业一年以上（参照广东）"),
        Code(value="outside_control", title="由外部人员控制（参照广东）"),
        Code(value="consent_withdrawn", title="所在单位撤回兼职同意"),
        Code(value="unable", title="死亡或者丧失执业能力"),
        Code(value="other", title="法律、法规规定的其他情形"),
    ),
)

REFUSAL_GROUND = CodeList(
    key="appraisal.registration_refusal",
    title="不予受理、不予登记情形",
    codes=(
        Code(value="outside", title="不属于四类登记管理的鉴定业务"),
        Code(value="not_competent", title="不属于本机关职权范围"),
        Code(value="funds", title="资金数额不符合规定"),
        Code(value="laboratory", title="检测实验室未通过资质认定或者认可（决定第五条）"),
        Code(value="appraisers", title="每项业务不足三名鉴定人（决定第五条）"),
        Code(value="review_failed", title="专家评审未通过"),
        Code(value="exam_failed", title="考试考核未通过"),
        Code(value="qualification", title="不具备鉴定人条件（决定第四条）"),
        Code(value="barred", title="有不得从事司法鉴定业务的情形（决定第四条）"),
        Code(value="late", title="未在届满三十日前申请延续（行政许可法第五十条）"),
        Code(value="false_material", title="提供虚假材料"),
        Code(value="incomplete", title="逾期未补正或者补正后仍不符合法定形式"),
        Code(value="other", title="其他不符合法定条件的情形"),
    ),
)

REVIEW_RESULT = CodeList(
    key="appraisal.review_result",
    title="评审、考核结果",
    codes=(Code(value="passed", title="通过"), Code(value="failed", title="未通过")),
)

# 粤§21 (机构), §22 (鉴定人).
LOST_GROUND = CodeList(
    key="appraisal.lost_ground",
    title="缺失情形",
    codes=(
        Code(value="appraisers", title="业务类别不足三名鉴定人"),
        Code(value="laboratory", title="检测实验室的资质认定、认可失效"),
        Code(value="premises", title="场所、仪器设备不符合规定"),
        Code(value="institution_ended", title="执业机构已注销，待转入其他机构"),
    ),
)

CODE_LISTS = (INSTITUTION_ITEM, APPRAISER_ITEM, CANCEL_GROUND, REFUSAL_GROUND, REVIEW_RESULT, LOST_GROUND)
