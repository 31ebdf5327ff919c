"""Which function carries out which command of this area."""

from collections.abc import Mapping

from suite.contract.commands import Command, Handler
from suite.kernel.reports import commands, cross_notices, inspection_pack, leaving, questions

HANDLERS: Mapping[type[Command], Handler] = {
    **commands.HANDLERS,
    **cross_notices.HANDLERS,
    **inspection_pack.HANDLERS,
    **leaving.HANDLERS,
    **questions.HANDLERS,
}
