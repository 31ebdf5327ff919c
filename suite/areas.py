"""What the kernel's areas declare, and which of their modules carry out commands; bootstrap wires them."""

from __future__ import annotations

from suite.help import DECLARATIONS as HELP
from suite.kernel.accounts.declarations import DECLARATIONS as ACCOUNTS
from suite.kernel.accounts.raised import DECLARATIONS as RAISED_BY_ACCOUNTS
from suite.kernel.assessment.papers import DECLARATIONS as SEASONS
from suite.kernel.backups.declarations import DECLARATIONS as BACKUPS
from suite.kernel.casework.declarations import DECLARATIONS as CASEWORK
from suite.kernel.casework.inspections.declarations import DECLARATIONS as INSPECTIONS
from suite.kernel.casework.penalties.declarations import DECLARATIONS as PENALTIES
from suite.kernel.casework.raised import DECLARATIONS as RAISED_BY_CASEWORK
from suite.kernel.clocks.declarations import DECLARATIONS as CLOCKS
from suite.kernel.credit.declarations import DECLARATIONS as CREDIT
from suite.kernel.documents.declarations import DECLARATIONS as DOCUMENTS
from suite.kernel.exchange.raised import DECLARATIONS as RAISED_BY_EXCHANGE
from suite.kernel.indicators.declarations import DECLARATIONS as INDICATORS
from suite.kernel.indicators.plan import DECLARATIONS as OF_THE_PLAN
from suite.kernel.ledgers.house import DECLARATIONS as LEDGERS
from suite.kernel.notices.declarations import DECLARATIONS as NOTICES
from suite.kernel.plan.declarations import DECLARATIONS as PLAN
from suite.kernel.registry.declarations import DECLARATIONS as REGISTRY
from suite.kernel.reports.declarations import DECLARATIONS as REPORTS
from suite.kernel.returns.declarations import DECLARATIONS as RETURNS
from suite.kernel.returns.forms import DECLARATIONS as FORMS

#: What the core declares; plugins add theirs.
CORE_DECLARATIONS = (
    *ACCOUNTS,
    *BACKUPS,
    *CLOCKS,
    *DOCUMENTS,
    *REGISTRY,
    *CASEWORK,
    *INSPECTIONS,
    *PENALTIES,
    *CREDIT,
    *SEASONS,
    *INDICATORS,
    *OF_THE_PLAN,
    *RETURNS,
    *FORMS,
    *LEDGERS,
    *PLAN,
    *REPORTS,
    *HELP,
    *NOTICES,
    *RAISED_BY_ACCOUNTS,
    *RAISED_BY_CASEWORK,
    *RAISED_BY_EXCHANGE,
)

#: Modules that say which function carries out which command; the last one reads workbooks.
HANDLERS = (
    "suite.kernel.registry.handlers",
    "suite.kernel.accounts.commands",
    "suite.kernel.accounts.sections",
    "suite.kernel.accounts.passwords",
    "suite.kernel.accounts.requests",
    "suite.kernel.backups.commands",
    "suite.kernel.clocks.commands",
    "suite.kernel.parameters.commands",
    "suite.kernel.casework.handlers",
    "suite.kernel.casework.inspections.handlers",
    "suite.kernel.casework.penalties.raising",
    "suite.kernel.casework.penalties.tasks",
    "suite.kernel.casework.papers.handlers",
    "suite.kernel.assessment.handlers",
    "suite.kernel.credit.handlers",
    "suite.kernel.indicators.commands",
    "suite.kernel.indicators.entering",
    "suite.kernel.returns.handlers",
    "suite.kernel.indicators.snapshots",
    "suite.kernel.ledgers.saving",
    "suite.kernel.ledgers.files",
    "suite.kernel.notices.commands",
    "suite.kernel.reports.handlers",
    "suite.kernel.exchange.handlers",
)

#: Modules of areas that listen to what is done below them, in its transaction.
FOLLOWING = ("suite.kernel.credit.following",)
