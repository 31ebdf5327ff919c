"""The kinds of record of arbitration, one file for each."""

from plugins.arbitration.kinds.arbitration_commission import ARBITRATION_COMMISSION
from plugins.arbitration.kinds.arbitrator import ARBITRATOR
from plugins.arbitration.kinds.case_secretary import CASE_SECRETARY
from plugins.arbitration.kinds.governing_member import GOVERNING_MEMBER

KINDS = (ARBITRATOR, ARBITRATION_COMMISSION, GOVERNING_MEMBER, CASE_SECRETARY)

__all__ = ["ARBITRATION_COMMISSION", "ARBITRATOR", "CASE_SECRETARY", "GOVERNING_MEMBER", "KINDS"]
