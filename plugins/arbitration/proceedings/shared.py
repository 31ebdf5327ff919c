"""What scrutiny and consultation share: arbitration is not public (仲裁法第四十条), so that both have an area
of rights of their own, which the commission's secretariat holds and the bureau's section does not."""

from suite.api import PartyOf, PartyRole, Role

AREA = "arbitration.proceedings"
PRIVATE = "仲裁法（2017年修正）第四十条；规划二（四）"
PLAN = "规划二（四）"

COMMISSION = PartyRole(
    key="commission", title="仲裁机构", of=PartyOf.SUBJECT, kinds=("arbitration.arbitration_commission",)
)
TRIBUNAL = PartyRole(key="tribunal", title="仲裁庭", of=PartyOf.SUBJECT, kinds=("arbitration.arbitrator",))

SECRETARIAT = Role(
    key="arbitration.secretariat",
    title="仲裁机构秘书处",
    permissions=(f"{AREA}:case:read", f"{AREA}:case:handle", f"{AREA}:case:review"),
    help="登记裁决核阅和专家咨询；仲裁不公开进行，司法局科室看不到内容。",
)
