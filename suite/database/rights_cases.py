"""The functions of PostgreSQL about cases, and about what follows from them for records out of scope."""

from __future__ import annotations

from textwrap import dedent

from suite.database.audit_sql import DEFINER
from suite.database.rights import ASSOCIATION, Function, RightsPlan, literal
from suite.database.rights_handing import HELD_TODAY, TODAY
from suite.database.rights_persons import SUPERUSER, place
from suite.database.rights_sql import MERGED


def _about(plan: RightsPlan) -> Function:
    """The open cases in which records have a place, for who may read the records.

    A complaint that another county investigates bars a lawyer from changing firm all the same: of a case that
    may not be read only that it bars is told, and in which state; not which one it is.
    """
    bars = ", ".join(f"('{kind}', '{role}')" for kind, role in sorted(plan.bars)) or "('', '')"
    body = dedent(f"""\

        BEGIN
          RETURN QUERY
          SELECT CASE WHEN x.seen THEN c.id END, c.kind::text, CASE WHEN x.seen THEN c.number::text END,
            c.state::text, p.role::text, p.subject_id
          FROM core_case_party p JOIN core_case c ON c.id = p.case_id
            JOIN core_subject s ON s.id = p.subject_id
            CROSS JOIN LATERAL (SELECT coalesce({SUPERUSER} OR {place("c", "case:read")}, false) AS seen) x
          WHERE p.subject_id = ANY (subjects) AND p.left_on IS NULL AND c.closed IS NULL
            AND (x.seen OR (c.kind, p.role) IN ({bars}))
            AND ({SUPERUSER} OR {place("s", "roster:read")});
        END """)
    return Function(
        name="core_cases_about",
        arguments="subjects bigint[]",
        head="RETURNS TABLE(case_id bigint, kind text, number text, state text, role text, "
        f"subject_id bigint) STABLE {DEFINER}",
        body=body,
        callable=True,
    )


def _held_there(asked: str) -> str:
    """That the login itself holds an action, an expression, in the place that a function was asked about."""
    return (
        f"(prof = ANY (ARRAY(SELECT core_scopes({asked}, 'p')))"
        f" OR prof || '/' || district = ANY (ARRAY(SELECT core_scopes({asked}, 'pd')))"
        f" OR prof || '/' || assoc = ANY (ARRAY(SELECT core_scopes({asked}, 'pa')))"
        f" OR prof || '/' || district || '/' || assoc = ANY (ARRAY(SELECT core_scopes({asked}, 'pda'))))"
    )


#: What somebody `who` holds today: his own grants, and those as the stand-in of a section's head.
HELD_BY = f"""\
SELECT g.role, g.profession, g.district_code, g.association FROM core_grant g
  JOIN core_user u ON u.login = g.login AND u.active WHERE g.login = who
UNION ALL
SELECT g.role, coalesce(g.profession, s.profession), g.district_code, g.association
  FROM core_stand_in t JOIN core_user u ON u.login = t.login AND u.active
    JOIN core_section s ON s.id = t.section_id
    JOIN core_user h ON h.login = s.head AND h.active
    JOIN core_grant g ON g.login = h.login
  WHERE t.login = who AND {TODAY} BETWEEN t.first_day AND t.last_day
    AND (s.profession IS NULL OR g.profession IS NULL OR g.profession = s.profession)"""

#: The same without what he holds in the name of the login itself.
HELD_WITHOUT_ME = HELD_BY + " AND s.head <> session_user"
#: What the login itself holds without what it holds in the name of `who`.
HELD_WITHOUT_HIM = HELD_TODAY + " AND s.head <> who"

#: Whether somebody else may do this where a case or a record lies: asked before work is given to him, and
#: before what he asked for is carried out. Of cases it is told to who reads cases there himself; of all else
#: to who holds it there himself, while a request of the other for just that waits. The others' grants stay
#: hidden.
LOGIN_MAY = Function(
    name="core_login_may",
    arguments="who text, asked text, prof text, district text, assoc text",
    head=f"RETURNS boolean STABLE {DEFINER}",
    body=dedent(f"""\

        BEGIN
          IF NOT coalesce({SUPERUSER} OR CASE WHEN asked LIKE 'case:%' THEN {_held_there("'case:read'")}
              ELSE {_held_there("asked")} AND EXISTS (SELECT FROM core_request q WHERE q.asked_by = who
                AND q.asked_by <> session_user AND q.state = 'open'
                AND substr(q.permission, strpos(q.permission, ':') + 1) = asked) END, false)
            THEN RETURN NULL; END IF;
          RETURN EXISTS (
            SELECT FROM ({HELD_BY}) h
            WHERE prof = ANY (core_role_professions(h.role::text, asked))
              AND (h.profession IS NULL OR h.profession = split_part(prof, '.', 1))
              AND (h.district_code IS NULL OR h.district_code = district)
              AND (h.association IS NULL OR h.association = assoc));
        END """),
    callable=True,
)


def _same_side(plan: RightsPlan) -> Function:
    """Whether who asked holds what he asked for on the same side of the house as the login itself.

    Who holds it on both is the bureau's; who holds it no more is of either. What is held as the stand-in of
    who asked does not count. It is told to nobody but of a request, and to who holds that himself: the
    others' grants stay hidden.
    """
    gives = (
        "owner = ANY (core_role_professions(h.role::text, substr(asked, strpos(asked, ':') + 1)))"
        " AND (owner = 'core' OR h.profession IS NULL OR h.profession = split_part(owner, '.', 1))"
    )
    of_bureau = f"bool_or(h.role <> ALL ({literal(plan.associations)}))"
    body = f"""
DECLARE
  owner text := split_part(asked, ':', 1);
  own boolean := (SELECT {of_bureau} FROM ({HELD_WITHOUT_HIM}) h WHERE {gives});
  other boolean;
BEGIN
  IF own IS NULL OR NOT EXISTS (SELECT FROM core_request q WHERE q.asked_by = who AND q.permission = asked)
    THEN RETURN NULL; END IF;
  other := (SELECT {of_bureau} FROM ({HELD_BY}) h WHERE {gives});
  RETURN other IS NULL OR other = own;
END """
    return Function(
        name="core_same_side",
        arguments="who text, asked text",
        head=f"RETURNS boolean STABLE {DEFINER}",
        body=body,
        callable=True,
    )


def _deciders(plan: RightsPlan) -> Function:
    """The others who hold an action in all of these places (profession, district, association), the first of
    which says on which side of the house: told to who holds it in all of them himself."""

    def gives(prof: str) -> str:
        return (
            f"{prof} = ANY (core_role_professions(h.role::text, asked))"
            f" AND (h.profession IS NULL OR h.profession = split_part({prof}, '.', 1))"
        )

    of_bureau = f"bool_or(h.role <> ALL ({literal(plan.associations)}))"
    body = f"""
DECLARE
  who text;
  prof text;
  district text;
  assoc text;
  owner text := places->0->>0;
  own boolean := (SELECT {of_bureau} FROM core_own_grants() h WHERE {gives("owner")});
  other boolean;
BEGIN
  FOR prof, district, assoc IN SELECT p->>0, p->>1, p->>2 FROM jsonb_array_elements(places) p LOOP
    IF NOT coalesce({SUPERUSER} OR {_held_there("asked")}, false) THEN RETURN; END IF;
  END LOOP;
  FOR who IN SELECT u.login FROM core_user u WHERE u.active AND u.login <> session_user ORDER BY u.login LOOP
    other := (SELECT {of_bureau} FROM ({HELD_WITHOUT_ME}) h WHERE {gives("owner")});
    IF other IS NOT NULL AND (own IS NULL OR other = own) AND NOT EXISTS (
      SELECT FROM jsonb_array_elements(places) p WHERE NOT EXISTS (
        SELECT FROM ({HELD_WITHOUT_ME}) h WHERE {gives("p->>0")}
          AND (h.district_code IS NULL OR h.district_code = p->>1)
          AND (h.association IS NULL OR h.association = p->>2)))
      THEN RETURN NEXT who; END IF;
  END LOOP;
END """
    return Function(
        name="core_deciders",
        arguments="asked text, places jsonb",
        head=f"RETURNS SETOF text STABLE {DEFINER}",
        body=body,
        callable=True,
    )


#: Of the records of an import, those that are parties of a case: such one stays when the import is taken
#: back. That it is so is all that is told, also of cases that are not for the login.
IN_CASES = Function(
    name="core_in_cases",
    arguments="ids bigint[]",
    head=f"RETURNS SETOF bigint STABLE {DEFINER}",
    body=dedent(f"""\

        BEGIN
          RETURN QUERY SELECT DISTINCT s.id FROM core_subject s JOIN core_case_party p ON p.subject_id = s.id
            WHERE s.id = ANY (ids) AND {place("s", "roster:import")};
        END """),
    callable=True,
)

#: What a penalty asks of the sections that keep the same person's other records, or of the record's own:
#: who handles the case raises it, and learns only how many there are; NULL of a
#: record that is not his to handle. The rows themselves note the look.
RAISE_TASKS = Function(
    name="core_raise_tasks",
    arguments="about bigint, heading text, said text, paper text, day date, own boolean",
    head=f"RETURNS integer {DEFINER}",
    body=dedent(f"""\

        DECLARE
          raised integer;
        BEGIN
          IF NOT EXISTS (SELECT FROM core_subject s
              -- An association decides upon its members where the bureau's own cases are not for it.
              CROSS JOIN LATERAL (SELECT s.profession || '.{ASSOCIATION}' AS profession, s.district_code,
                s.association) a
              WHERE s.id = about AND ({SUPERUSER} OR ({place("s", "roster:read")}
                AND ({place("s", "case:handle")} OR {place("a", "case:handle")})))) THEN
            RETURN NULL;
          END IF;
          INSERT INTO core_task (subject_id, profession, district_code, association, title, text, document,
              raised_on, by_login, answer, version)
            SELECT o.id, o.profession, o.district_code, o.association, heading, said, paper, day,
              session_user, '', 1
            FROM core_subject s JOIN core_subject o
              ON CASE WHEN own THEN o.id = s.id ELSE o.person_id = s.person_id AND o.id <> s.id END
            WHERE s.id = about AND o.kind <> '{MERGED}' ORDER BY o.id;
          GET DIAGNOSTICS raised = ROW_COUNT;
          RETURN raised;
        END """),
    callable=True,
)

#: Which of some texts say who complains in a case, for who may write in it; who that is it does not say. Who
#: only reads the case is told nothing: asked often enough, the answers would say it.
TELLS_COMPLAINANT = Function(
    name="core_tells_complainant",
    arguments="of bigint, told text[]",
    head=f"RETURNS SETOF integer STABLE {DEFINER}",
    body=dedent(f"""\

        BEGIN
          RETURN QUERY SELECT DISTINCT t.no::integer
            FROM core_case c JOIN core_complainant p ON p.case_id = c.id
              CROSS JOIN LATERAL unnest(ARRAY[p.name, p.phone, p.id_number]::text[]) secret
              CROSS JOIN unnest(told) WITH ORDINALITY t(words, no)
            WHERE c.id = of AND ({SUPERUSER}
                OR {" OR ".join(place("c", f"case:{act}") for act in ("handle", "review", "approve"))})
              AND length(btrim(secret)) >= 2 AND position(btrim(secret) IN t.words) > 0;
        END """),
    callable=True,
)


def case_functions(plan: RightsPlan) -> list[Function]:
    """Those functions, in the order in which they are made."""
    return [
        _about(plan),
        LOGIN_MAY,
        _same_side(plan),
        _deciders(plan),
        IN_CASES,
        RAISE_TASKS,
        TELLS_COMPLAINANT,
    ]
