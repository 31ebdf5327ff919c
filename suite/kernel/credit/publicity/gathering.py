"""The cells of decisions, gathered from their cases and the rosters, and checked as the platform would."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.contract.problems import Problem
from suite.kernel.casework.current import Standing, standing_of
from suite.kernel.credit.publicity.checking import Known, as_sent, row_problems
from suite.kernel.credit.publicity.columns import BY_CODE, COLUMNS, ID_TYPES, NUMBER, OTHER, PREFIX, Form
from suite.kernel.credit.publicity.deriving import (
    Decision,
    Party,
    licence_cells,
    penalty_cells,
)
from suite.kernel.credit.publicity.following import CITY, is_kept_back
from suite.kernel.credit.publicity.rules import THERE
from suite.kernel.credit.scoping import may
from suite.kernel.registry.current import chunks, current_records
from suite.kernel.registry.identifiers.resident import mask_resident
from suite.kernel.registry.identifiers.uscc import check_uscc
from suite.loader.catalog import Catalog
from suite.tables import Case, Publicity, PublicityValue, Subject

#: Fields of the cases of all professions that give a certificate its number.
LICENCE_NUMBERS = ("practice_no", "licence_no", "certificate_no")
#: The remarks of both tables.
REMARK = "BZ"
#: Documents of identity → those of the national table.
ID_WORDS = {kind: words for words, kind in ID_TYPES.items()}


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """One decision with its cells by code, those that were filled in, and what is wrong with them."""

    row: Publicity
    cells: Mapping[str, str]
    filled: frozenset[str]
    problems: tuple[Problem, ...]

    @property
    def form(self) -> Form:
        """Which table it goes into."""
        return Form(self.row.form)

    def public(self) -> dict[str, str]:
        """The cells as the public may see them."""
        columns = BY_CODE[self.form]
        return {
            code: mask_resident(value) if columns[code].secret and value else value
            for code, value in self.cells.items()
        }


@dataclass(frozen=True, kw_only=True)
class Gathering:
    """What rows are gathered with: whose eyes, the declarations, the law's numbers."""

    session: Session
    actor: Actor
    catalog: Catalog
    parameters: Mapping[str, Any]

    def all_of(self, rows: Sequence[Publicity], known: Known) -> list[Gathered]:
        """The rows with their cells, checked."""
        filled = self._filled(rows)
        parties = self._parties(rows)
        found: list[tuple[Publicity, dict[str, str], frozenset[str]]] = []
        for row in rows:
            derived, own = self._cells(row, parties[row.id]), filled.get(row.id, {})
            cells = derived | own
            if own.get(REMARK) and derived.get(REMARK):
                # What the platform is told of how it is to treat the row is never lost to a word of ours.
                cells[REMARK] = f"{derived[REMARK]}；{own[REMARK]}"
            form = Form(row.form)
            cells = as_sent(form, {column.code: cells.get(column.code, "") for column in COLUMNS[form]})
            found.append((row, cells, frozenset(filled.get(row.id, ()))))
        names = self._names(cells for _, cells, _ in found)
        sent = self._sent(found)
        organs = {
            str(self.parameters[f"core.credit.{key}_uscc"]): str(self.parameters[organ])
            for key, organ in (("city", "core.paper.organ"), ("province", "core.credit.province_organ"))
        }
        return [
            Gathered(
                row=row,
                cells=cells,
                filled=own,
                problems=tuple(
                    row_problems(
                        Form(row.form),
                        cells,
                        replace(
                            known,
                            names=names,
                            organs=organs,
                            sent=sent.get(row.id, known.sent),
                            longest=row.display_until,
                            kept_back=is_kept_back(row),
                        ),
                    )
                ),
            )
            for row, cells, own in found
        ]

    def _filled(self, rows: Sequence[Publicity]) -> dict[int, dict[str, str]]:
        found: dict[int, dict[str, str]] = {}
        for part in chunks([row.id for row in rows]):
            for value in self.session.scalars(
                select(PublicityValue).where(
                    PublicityValue.publicity_id.in_(part), PublicityValue.value != ""
                )
            ):
                found.setdefault(value.publicity_id, {})[value.code] = value.value
        return found

    def _parties(self, rows: Sequence[Publicity]) -> dict[int, Party]:
        kinds: dict[str, list[int]] = {}
        ids = sorted({row.subject_id for row in rows if row.subject_id is not None})
        for part in chunks(ids):
            for number, key in self.session.execute(
                select(Subject.id, Subject.kind).where(Subject.id.in_(part))
            ):
                kinds.setdefault(key, []).append(number)
        known: dict[int, Party] = {}
        for key, numbers in kinds.items():
            kind = self.catalog.kinds.get(key)
            if kind is None:
                continue
            spec = kind.licence
            for number, record in current_records(self.session, kind, numbers).items():
                values = record.values
                code = str(values.get("uscc") or values.get("main_no") or "")
                seen = may(self.actor, "identity:reveal", record)
                known[number] = Party(
                    name=str(values.get("name") or ""),
                    person=kind.has_person,
                    uscc=code if not kind.has_person and check_uscc(code).acceptable else "",
                    head=str(values.get("head_name") or ""),
                    id_type=ID_WORDS.get(str(values.get("id_type") or "resident"), OTHER),
                    id_number=str(values.get("id_number") or "") if seen else None,
                    licence_title=spec.title if spec else "",
                    licence_no=str(values.get(spec.number) or "") if spec else "",
                    licence_until=values.get(spec.valid_to) if spec and spec.valid_to else None,
                )
        return {
            row.id: known.get(row.subject_id or 0, Party(name=row.name, person=row.person)) for row in rows
        }

    def _cells(self, row: Publicity, party: Party) -> dict[str, str]:
        case = self.session.get(Case, row.case_id) if row.case_id is not None else None
        if case is None:
            return {}
        standing = standing_of(self.session, self.catalog, case)
        decision = self._decision(row, standing)
        if row.form == Form.LICENCE.value:
            number = next(
                (str(standing.values[key]) for key in LICENCE_NUMBERS if standing.values.get(key)), ""
            )
            return licence_cells(replace(party, licence_no=number or party.licence_no), decision)
        entry = self.catalog.penalties.get(str(standing.values.get("article") or ""))
        return penalty_cells(party, decision, entry, self.parameters)

    def _decision(self, row: Publicity, standing: Standing) -> Decision:
        own = str(self.parameters["core.paper.organ"])
        own_code = str(self.parameters["core.credit.city_uscc"])
        province = str(self.parameters["core.credit.province_organ"])
        province_code = str(self.parameters["core.credit.province_uscc"])
        by_city = row.reporter == CITY
        organ = own if by_city else province
        values = standing.values
        if row.form == Form.LICENCE.value and values.get("decided_by"):
            organ = str(values["decided_by"])
        called = standing.kind.called or "item"
        item = standing.kind.by_key.get(called)
        words = self.catalog.code_title(item.codes or "", values.get(called)) if item is not None else ""
        return Decision(
            decided_on=row.decided_on,
            document_no=str(values.get("decision_no") or row.document_no),
            organ=organ,
            organ_code=own_code if by_city else province_code if organ == province else "",
            source=own,
            source_code=own_code,
            values=values,
            item=words or standing.kind.title,
            shown_until=row.display_until,
        )

    def _names(self, rows: Any) -> dict[str, str]:
        """Credit code → the name of whoever has it on a roster."""
        codes = {
            cells[f"{prefix}_XDR_SHXYM"]
            for cells in rows
            for prefix in PREFIX.values()
            if cells.get(f"{prefix}_XDR_SHXYM")
        }
        found: dict[str, str] = {}
        for part in chunks(sorted(codes)):
            for code, name in self.session.execute(
                select(Subject.main_no, Subject.name).where(Subject.main_no.in_(part))
            ):
                found[str(code)] = name
        return found

    def _sent(
        self, rows: Sequence[tuple[Publicity, dict[str, str], frozenset[str]]]
    ) -> dict[int, frozenset[tuple[str, str]]]:
        """Which of them have a number under which another decision of the same organ was reported."""
        numbers = sorted({cells[NUMBER[Form(row.form)]] for row, cells, _ in rows} - {""})
        others: list[tuple[int, str, str, str]] = []
        for part in chunks(numbers):
            others += self.session.execute(
                select(Publicity.id, Publicity.document_no, Publicity.form, Publicity.reporter).where(
                    Publicity.document_no.in_(part), Publicity.state.in_(THERE)
                )
            ).all()
        found: dict[int, frozenset[tuple[str, str]]] = {}
        for row, cells, _ in rows:
            form = Form(row.form)
            organ = cells["XK_XKJG" if form is Form.LICENCE else "CF_CFJG"]
            taken = any(
                other != row.id and (number, sort, by) == (cells[NUMBER[form]], row.form, row.reporter)
                for other, number, sort, by in others
            )
            if taken:
                found[row.id] = frozenset({(cells[NUMBER[form]], organ)})
        return found
