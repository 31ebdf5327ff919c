"""How a profession's rules say what they found."""

from __future__ import annotations

from dataclasses import dataclass

from suite.contract.problems import Problem, Severity


@dataclass(frozen=True, kw_only=True)
class Findings:
    """Makes problems whose codes begin with the plugin's name.

    Without `field` the caller fills in whose value it was. `article` is the rule that asks for it.
    Example: `told = Findings(owner="notary")`, then `told.warning("no_number", "没有填……", "main_no")`.
    """

    owner: str

    def error(self, code: str, text: str, field: str | None = None, article: str | None = None) -> Problem:
        """A value that cannot be right: the row is held."""
        return self._problem(Severity.ERROR, code, text, field, article)

    def warning(self, code: str, text: str, field: str | None = None, article: str | None = None) -> Problem:
        """A value to look at again: the row is kept, and it is told."""
        return self._problem(Severity.WARNING, code, text, field, article)

    def notice(self, code: str, text: str, field: str | None = None, article: str | None = None) -> Problem:
        """Something worth knowing about a right value."""
        return self._problem(Severity.NOTICE, code, text, field, article)

    def _problem(
        self, severity: Severity, code: str, text: str, field: str | None, article: str | None
    ) -> Problem:
        return Problem(
            code=f"{self.owner}.{code}", text=text, severity=severity, field=field, article=article
        )
