"""Which function carries out which command about papers and files of cases."""

from collections.abc import Mapping

from suite.contract.commands import Command, Handler
from suite.kernel.casework.papers.attaching import attach_file, strike_attachment
from suite.kernel.casework.papers.commands import AttachFile, StrikeAttachment

HANDLERS: Mapping[type[Command], Handler] = {
    AttachFile: attach_file,
    StrikeAttachment: strike_attachment,
}
