"""Beginning anew with a desk's witness, once a restore was looked into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from suite.contract.commands import Command, Done
from suite.contract.problems import refuse
from suite.kernel.executor.work import Transaction


@dataclass(frozen=True, kw_only=True)
class RenewWitness(Command):
    """The chain is other than a desk saw it, and it is known why: a backup was restored.

    What the desk saw stays in the trace: `seen` is its link and hash.
    """

    permission: ClassVar[str] = "core:audit:verify"
    title: ClassVar[str] = "重新记住链首"

    seen: str
    reason: str


def renew_witness(command: RenewWitness, work: Transaction) -> Done:
    """Leave it in the trace, as the reason of its transaction. Refuses without a reason."""
    if not command.reason.strip():
        raise refuse("reason.required", "请写明为何重新记住链首，例如由哪一份备份恢复。", field="reason")
    return Done(text=f"已记下：此前看到的链首为 {command.seen}")
