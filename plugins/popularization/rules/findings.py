"""How the rules of popularization say what they found."""

from suite.api import Findings

TOLD = Findings(owner="popularization")
