"""Templates that come with the program as files, where a declaration names one."""

from __future__ import annotations

from importlib.resources import files

from suite.contract.papers import DocumentTemplate


def shipped_template(template: DocumentTemplate) -> bytes | None:
    """The file of a declared template; None where its text stands in the declaration."""
    if not template.file:
        return None
    package, _, path = template.file.partition(":")
    return files(package).joinpath(path).read_bytes()
