"""What happens inside proceedings and is not public: scrutiny of draft awards, consultation of experts."""

from plugins.arbitration.proceedings.consultation import DECLARATIONS as CONSULTATION
from plugins.arbitration.proceedings.scrutiny import DECLARATIONS as SCRUTINY
from plugins.arbitration.proceedings.shared import SECRETARIAT

DECLARATIONS = (SECRETARIAT, *SCRUTINY, *CONSULTATION)
