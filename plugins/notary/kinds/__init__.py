"""The kinds of record of the notaries, one file for each."""

from plugins.notary.kinds.notary import NOTARY
from plugins.notary.kinds.notary_assistant import NOTARY_ASSISTANT
from plugins.notary.kinds.notary_office import NOTARY_OFFICE

KINDS = (NOTARY, NOTARY_OFFICE, NOTARY_ASSISTANT)

__all__ = ["KINDS", "NOTARY", "NOTARY_ASSISTANT", "NOTARY_OFFICE"]
