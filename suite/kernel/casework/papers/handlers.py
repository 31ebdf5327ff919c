"""Which function carries out which command about papers and files of cases."""

from collections.abc import Mapping

from suite.contract.commands import Command, Handler
from suite.kernel.casework.papers.attaching import attach_file, strike_attachment
from suite.kernel.casework.papers.commands import (
    AttachFile,
    FileCase,
    IssueDocument,
    ReissueDocument,
    ReplaceTemplate,
    ServeDocument,
    StrikeAttachment,
)
from suite.kernel.casework.papers.filing import file_case
from suite.kernel.casework.papers.issuing import issue_document, reissue_document
from suite.kernel.casework.papers.serving import serve_document
from suite.kernel.casework.papers.templates import replace_template

HANDLERS: Mapping[type[Command], Handler] = {
    AttachFile: attach_file,
    StrikeAttachment: strike_attachment,
    IssueDocument: issue_document,
    ReissueDocument: reissue_document,
    ReplaceTemplate: replace_template,
    ServeDocument: serve_document,
    FileCase: file_case,
}
