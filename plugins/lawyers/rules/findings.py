"""How the lawyers' rules say what they found, and the texts that they cite."""

from suite.api import Findings

LAW = "律师法"
FIRM_RULES = "律师事务所管理办法"
PRACTICE_RULES = "律师执业管理办法"

_TOLD = Findings(owner="lawyers")
error, warning, notice = _TOLD.error, _TOLD.warning, _TOLD.notice
