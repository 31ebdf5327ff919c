"""Code lists of registrations and filings, and of the papers that they come with."""

from suite.api import Code, CodeList

REGISTRATION_ITEM = CodeList(
    key="arbitration.registration_item",
    title="申请事项",
    codes=(
        Code(value="establish", title="仲裁委员会设立登记"),
        Code(value="deregister", title="仲裁委员会注销登记"),
    ),
)

FILING_ITEM = CodeList(
    key="arbitration.filing_item",
    title="备案事项",
    codes=(
        Code(value="residence", title="仲裁委员会变更住所"),
        Code(value="members", title="仲裁委员会变更组成人员"),
        Code(value="renewal", title="仲裁委员会换届"),
        Code(value="branch", title="设立、撤销仲裁分支机构"),
    ),
)

PANEL_ITEM = CodeList(
    key="arbitration.panel_item",
    title="登记事项",
    codes=(
        Code(value="appoint", title="聘任仲裁员"),
        Code(value="reappoint", title="续聘仲裁员"),
        Code(value="resign", title="仲裁员辞聘"),
        Code(value="remove", title="仲裁员除名"),
    ),
)

# 登记办法第三条 (设立), 第六、七条 (注销): the documents without which nothing is registered.
REGISTRATION_PAPERS = CodeList(
    key="arbitration.registration_papers",
    title="登记文件",
    codes=(
        Code(value="application", title="设立登记申请书"),
        Code(value="founding", title="组建仲裁委员会的市政府文件"),
        Code(value="charter", title="章程"),
        Code(value="funds", title="必要的经费证明"),
        Code(value="residence", title="住所证明"),
        Code(value="members", title="组成人员聘任材料"),
        Code(value="panel", title="拟聘任仲裁员名册"),
        Code(value="decision", title="终止决议"),
        Code(value="consent", title="市政府同意终止的文件"),
        Code(value="liquidation", title="清算报告"),
        Code(value="certificate", title="登记证书"),
    ),
)

REFUSAL_GROUND = CodeList(
    key="arbitration.registration_refusal",
    title="不予登记情形",
    codes=(
        Code(value="seat", title="不符合设立地的规定（仲裁法第十条）"),
        Code(value="composition", title="组成人员不符合规定（仲裁法第十二条）"),
        Code(value="arbitrator", title="不具备仲裁员条件（仲裁法第十三条）"),
        Code(value="incomplete", title="逾期未补正或者补正后仍不符合法定形式"),
        Code(value="other", title="其他不符合规定的情形"),
    ),
)

CODE_LISTS = (REGISTRATION_ITEM, FILING_ITEM, PANEL_ITEM, REGISTRATION_PAPERS, REFUSAL_GROUND)
