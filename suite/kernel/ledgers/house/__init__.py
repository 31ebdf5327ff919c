"""The ledgers of the house itself, by what they are about."""

from suite.contract.declarations import Declaration
from suite.kernel.ledgers.house.plan import LEDGERS as OF_THE_PLAN
from suite.kernel.ledgers.house.services import LEDGERS as OF_SERVICES
from suite.kernel.ledgers.house.together import LEDGERS as TOGETHER

DECLARATIONS: tuple[Declaration, ...] = (*OF_THE_PLAN, *OF_SERVICES, *TOGETHER)
