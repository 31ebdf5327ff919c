"""Which function carries out which command of the exchange."""

from collections.abc import Mapping

from suite.contract.commands import Command, Handler

HANDLERS: Mapping[type[Command], Handler] = {}
