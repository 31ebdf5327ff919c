"""The functions of PostgreSQL about what others may do, told to who holds it himself.

The grants of others stay hidden from him.
"""

from __future__ import annotations

from textwrap import dedent

from suite.database.audit_sql import DEFINER
from suite.database.rights import Function, RightsPlan, literal
from suite.database.rights_handing import HELD_TODAY, TODAY
from suite.database.rights_persons import SUPERUSER


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


def functions_of_others(plan: RightsPlan) -> list[Function]:
    """Those functions, in the order in which they are made."""
    return [LOGIN_MAY, _same_side(plan), _deciders(plan)]
