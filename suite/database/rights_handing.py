"""The functions of PostgreSQL for work that is handed over: what is held in another's name, until when."""

from __future__ import annotations

from textwrap import dedent

from suite.database.audit_sql import DEFINER
from suite.database.rights import Function, RowTrigger, literal
from suite.database.rights_persons import SUPERUSER

#: What whoever signs in another's name holds of the other's: he reads the case and signs it. Nothing of it in
#: an area of rights of its own, which has a dot: who keeps one answers for it himself.
SIGNING = ("case:read", "case:review", "case:approve")
TODAY = "(now() AT TIME ZONE 'Asia/Shanghai')::date"

#: What the login holds today: its own grants, and those of each head of a section whose stand-in it is, as
#: far as they are of the section's profession. That a stand-in's days are over needs nobody to say so.
HELD_TODAY = """\
SELECT g.role::text AS role, g.profession::text AS profession, g.district_code::text AS district_code,
    g.association::text AS association
  FROM core_grant g JOIN core_user u ON u.login = g.login AND u.active WHERE g.login = session_user
UNION ALL
SELECT g.role::text, coalesce(g.profession, s.profession)::text, g.district_code::text, g.association::text
  FROM core_stand_in t JOIN core_user u ON u.login = t.login AND u.active
    JOIN core_section s ON s.id = t.section_id
    JOIN core_user h ON h.login = s.head AND h.active
    JOIN core_grant g ON g.login = h.login
  WHERE t.login = session_user
    AND (now() AT TIME ZONE 'Asia/Shanghai')::date BETWEEN t.first_day AND t.last_day
    AND (s.profession IS NULL OR g.profession IS NULL OR g.profession = s.profession)"""

#: What the login holds today in the name of whoever handed his work or his signature over, for SIGNING only.
#: That the days are over needs nobody to say so, and what is held so is not handed on.
SIGNED_FOR = f"""\
SELECT g.role::text AS role, g.profession::text AS profession, g.district_code::text AS district_code,
    g.association::text AS association
  FROM core_hand_over o JOIN core_user u ON u.login = o.taker AND u.active
    JOIN core_user h ON h.login = o.giver AND h.active
    JOIN core_grant g ON g.login = h.login
  WHERE o.taker = session_user AND {TODAY} BETWEEN o.first_day AND o.last_day"""

#: What the login holds today of others, whose grants are hidden from it: of each head of a section whose
#: stand-in it is, and of each in whose name it signs; with the section or the giver, and the last day.
HELD_OF_OTHERS = Function(
    name="core_held_of_others",
    arguments="",
    head="RETURNS TABLE(role text, profession text, district_code text, association text, section text, "
    f"giver text, until date) STABLE {DEFINER}",
    body=dedent(f"""\

        BEGIN
          RETURN QUERY
          SELECT g.role::text, coalesce(g.profession, s.profession)::text, g.district_code::text,
              g.association::text, s.name::text, ''::text, t.last_day
            FROM core_stand_in t JOIN core_section s ON s.id = t.section_id
              JOIN core_user h ON h.login = s.head AND h.active
              JOIN core_grant g ON g.login = h.login
            WHERE t.login = session_user AND {TODAY} BETWEEN t.first_day AND t.last_day
              AND (s.profession IS NULL OR g.profession IS NULL OR g.profession = s.profession)
          UNION ALL
          SELECT g.role::text, g.profession::text, g.district_code::text, g.association::text,
              ''::text, o.giver::text, o.last_day
            FROM core_hand_over o JOIN core_user h ON h.login = o.giver AND h.active
              JOIN core_grant g ON g.login = h.login
            WHERE o.taker = session_user AND {TODAY} BETWEEN o.first_day AND o.last_day;
        END """),
    callable=True,
)

#: Before work is handed over: for somebody else only by who holds there himself what the taker will, and
#: never longer.
HAND_OVER_GUARD = Function(
    name="core_hand_over_guard",
    arguments="",
    head=f"RETURNS trigger {DEFINER}",
    body=dedent(f"""\

        BEGIN
          IF {SUPERUSER} THEN RETURN NEW; END IF;
          IF TG_OP = 'UPDATE' AND NEW.last_day > OLD.last_day THEN
            RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',
              MESSAGE = '代办只能提前结束，不能延长。';
          END IF;
          IF TG_OP = 'INSERT' AND NEW.giver <> session_user AND (
              NEW.section_id IS DISTINCT FROM (SELECT u.section_id FROM core_user u WHERE u.login = NEW.giver)
              OR EXISTS (SELECT FROM core_grant g CROSS JOIN unnest({literal(SIGNING)}) AS act
                  CROSS JOIN LATERAL unnest(core_role_professions(g.role::text, act)) AS p
                WHERE g.login = NEW.giver AND strpos(p, '.') = 0
                  AND (g.profession IS NULL OR g.profession = p) AND NOT EXISTS (
                    SELECT FROM core_own_grants() h WHERE p = ANY (core_role_professions(h.role, act))
                      AND (h.profession IS NULL OR h.profession = g.profession)
                      AND (h.district_code IS NULL OR h.district_code = g.district_code)
                      AND (h.association IS NULL OR h.association = g.association)))) THEN
            RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',
              MESSAGE = '不能替他人移交自己没有的查看或审批权限。';
          END IF;
          RETURN NEW;
        END """),
    callable=False,
)

#: After work was handed over: the taker's groups follow.
HAND_OVER_FOLLOW = Function(
    name="core_hand_over_follow",
    arguments="",
    head=f"RETURNS trigger {DEFINER}",
    body=" BEGIN PERFORM core_login_groups(NEW.taker); RETURN NULL; END ",
    callable=False,
)

FUNCTIONS = (HELD_OF_OTHERS, HAND_OVER_GUARD, HAND_OVER_FOLLOW)

TRIGGERS = (
    RowTrigger(
        name="rights_guard",
        table="core_hand_over",
        when="BEFORE INSERT OR UPDATE",
        call="core_hand_over_guard()",
    ),
    RowTrigger(
        name="rights_follow",
        table="core_hand_over",
        when="AFTER INSERT OR UPDATE",
        call="core_hand_over_follow()",
    ),
)
