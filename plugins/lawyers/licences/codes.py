"""What firms and lawyers apply for and file, and the grounds that the law names."""

from suite.api import Code, CodeList

FIRM_ITEM = CodeList(
    key="lawyers.firm_item",
    title="律所申请事项",
    codes=(
        Code(value="establish", title="设立律师事务所"),
        Code(value="branch", title="设立分所"),
        Code(value="name", title="变更名称"),
        Code(value="head", title="变更负责人"),
        Code(value="charter", title="变更章程"),
        Code(value="agreement", title="变更合伙协议"),
        Code(value="form", title="变更组织形式"),
        Code(value="split", title="分立"),
        Code(value="merge", title="合并"),
        Code(value="cancel", title="注销"),
        Code(value="annul", title="撤销许可", also=("依职权撤销",)),
    ),
)
FILING_ITEM = CodeList(
    key="lawyers.filing_item",
    title="律所备案事项",
    codes=(
        Code(value="residence", title="变更住所"),
        Code(value="partners", title="变更合伙人"),
    ),
)
NOTICE_ITEM = CodeList(
    key="lawyers.notice_item",
    title="律所报告事项",
    codes=(
        Code(value="open", title="开业"),
        Code(value="terminate", title="终止并清算"),
    ),
)
#: 律师事务所管理办法第三十一条.
ENDING_GROUND = CodeList(
    key="lawyers.ending_ground",
    title="终止情形",
    codes=(
        Code(value="conditions", title="不能保持法定设立条件，经限期整改仍不符合"),
        Code(value="revoked", title="执业许可证被依法吊销"),
        Code(value="dissolved", title="自行决定解散"),
        Code(value="unopened", title="取得执业许可后六个月内未开业"),
        Code(value="stopped", title="停办业务连续满一年"),
        Code(value="other", title="法律、行政法规规定应当终止的其他情形"),
    ),
)
LAWYER_ITEM = CodeList(
    key="lawyers.lawyer_item",
    title="律师申请事项",
    codes=(
        Code(value="first", title="首次执业"),
        Code(value="change", title="变更执业机构"),
        Code(value="resume", title="恢复执业"),
        Code(value="public", title="颁发公职、公司律师证"),
        Code(value="cancel", title="注销执业证"),
    ),
)
#: 律师执业管理办法第二十三条; 公职律师、公司律师管理办法.
CANCEL_GROUND = CodeList(
    key="lawyers.cancel_ground",
    title="注销情形",
    codes=(
        Code(value="request", title="本人申请不再执业"),
        Code(value="no_firm", title="与原执业机构解除聘用关系或者机构注销，六个月内未被聘用"),
        Code(value="left_unit", title="公职、公司律师离开原单位或者所在单位申请"),
        Code(value="assessments", title="公职、公司律师两次考核不称职"),
        Code(value="conditions", title="丧失法定条件"),
        Code(value="deceased", title="死亡或者丧失行为能力"),
        Code(value="other", title="因其他原因终止执业"),
    ),
)
#: 律师法第七条; 公职律师管理办法第六条.
BAR = CodeList(
    key="lawyers.licensing_bar",
    title="不予颁证情形核查",
    codes=(
        Code(value="none", title="经核查没有不予颁证情形"),
        Code(value="incapacity", title="无民事行为能力或者限制民事行为能力"),
        Code(value="criminal", title="受过刑事处罚（过失犯罪的除外）"),
        Code(value="dismissed", title="被开除公职"),
        Code(value="revoked", title="被吊销律师、公证员执业证书"),
        Code(value="discredited", title="被列为失信联合惩戒对象"),
        Code(value="incompetent", title="上一年度公务员考核不称职"),
    ),
)
CERTIFICATE_ITEM = CodeList(
    key="lawyers.certificate_item",
    title="证书补换事项",
    codes=(
        Code(value="lost", title="遗失补发"),
        Code(value="damaged", title="损毁换发"),
    ),
)

CODE_LISTS = (
    FIRM_ITEM, FILING_ITEM, NOTICE_ITEM, ENDING_GROUND, LAWYER_ITEM, CANCEL_GROUND, BAR, CERTIFICATE_ITEM,
)  # fmt: skip
