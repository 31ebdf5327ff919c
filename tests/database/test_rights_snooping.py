"""With a login and psql: what is hidden is not told by functions, statistics, errors or borrowed roles."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.exc import DBAPIError

from suite.bootstrap import Suite
from suite.database.engine import WRITE
from suite.testing.factories import a_firm, a_lawyer, make, resident_number

#: Who is hidden, and from whom: each of these roles is of another place or another profession.
NAME = "隐秘人"
FIRM = "隐秘所"
LOGINS: tuple[tuple[str, dict[str, str]], ...] = (
    ("core.county_bureau", {"profession": "lawyers", "district": "130104"}),
    ("core.association", {"profession": "notary", "association": "石家庄市公证协会"}),
    ("core.inspector", {"profession": "notary"}),
    ("core.leader", {"profession": "appraisal"}),
)
#: Refused, or answered without a word of them: the answer and the error are both looked at.
ASKED = (
    "SELECT * FROM core_subject",
    "SELECT * FROM lawyers_lawyer_seen",
    "SELECT * FROM lawyers_law_firm_seen",
    "SELECT * FROM core_search_key",
    "SELECT * FROM core_person",
    "SELECT * FROM core_identity",
    "SELECT * FROM core_audit_entry",
    "SELECT * FROM core_audit_secret",
    "SELECT * FROM core_snapshot_part",
    "SELECT * FROM core_record_trace({lawyer}, 100)",
    "SELECT * FROM core_match_persons('lawyers.lawyer', ARRAY['{number}'], ARRAY['某'])",
    "SELECT * FROM pg_stats WHERE schemaname = 'public'",
    "SELECT * FROM pg_statistic",
    "SELECT * FROM pg_stats_ext",
    # The texts of errors: a condition of one's own is asked of what may be read only.
    "SELECT name::integer FROM core_subject WHERE id = {lawyer}",
    "SELECT * FROM core_subject WHERE name::integer = 1",
    "SELECT * FROM core_subject WHERE name LIKE '隐%' AND 1 / (id - {lawyer}) = 0",
    "SELECT * FROM lawyers_lawyer_seen WHERE 1 / (id - {lawyer}) = 0",
    "SELECT * FROM lawyers_lawyer_seen WHERE kind::integer = 1",
    "SELECT query_to_xml('SELECT * FROM core_subject', true, true, '')",
    "SELECT table_to_xml('core_subject', true, true, '')",
    "SELECT database_to_xml(true, true, '')",
    # The place of a hidden record in a table of one's own rights.
    "SELECT s.*, b.name FROM core_subject s LEFT JOIN core_subject b ON b.id = s.body_id",
    "SELECT * FROM core_subject FOR UPDATE",
    "UPDATE core_subject SET name = name RETURNING name",
    "DELETE FROM core_subject RETURNING name",
)
#: Nothing, or a refusal.
COUNTED = (
    "SELECT count(*) FROM core_subject WHERE id = {lawyer}",
    "SELECT count(*) FROM lawyers_lawyer_seen WHERE id = {lawyer}",
    "SELECT count(*) FROM lawyers_lawyer WHERE subject_id = {lawyer}",
    "SELECT count(*) FROM core_search_key WHERE subject_id = {lawyer}",
    "SELECT count(*) FROM core_post WHERE body_id = {firm}",
    "SELECT count(*) FROM core_in_cases(ARRAY[{lawyer}]::bigint[])",
    "SELECT count(*) FROM core_referred_since(ARRAY[{lawyer}]::bigint[], 0)",
    "SELECT count(*) FROM core_persons_closed(ARRAY[{person}]::bigint[])",
    "SELECT count(*) FROM core_record_trace({lawyer}, 9)",
    "SELECT coalesce(core_raise_tasks({lawyer}, 'x', 'x', 'x', current_date, true), 0)",
)
#: Refused outright: places to shadow names in, other people's roles, the server's files.
BARRED = (
    "CREATE TEMP TABLE core_grant (login text)",
    "CREATE FUNCTION pg_temp.core_scopes(text, text) RETURNS SETOF text LANGUAGE sql AS $$SELECT 'lawyers'$$",
    "CREATE SCHEMA mine",
    "CREATE TABLE core_stranger (id int)",
    "CREATE VIEW peep AS SELECT * FROM core_subject",
    "SET ROLE suite_owner",
    "SET ROLE pg_read_all_data",
    "SET SESSION AUTHORIZATION postgres",
    "SET session_replication_role = replica",
    "ALTER FUNCTION core_may(text, boolean) SECURITY INVOKER",
    "COMMENT ON TABLE alembic_version_core IS 'x'",
    "SELECT last_value FROM core_case_id_seq",
    "SELECT setval('core_case_id_seq', 1)",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT lo_import('/etc/passwd')",
    "COPY core_subject TO PROGRAM 'cat'",
    "COPY core_subject TO '/peep'",
    "SELECT core_login_follow('postgres', true)",
    "SELECT core_persons_touch(ARRAY[1]::bigint[]), core_audit_current()",
    "SELECT * FROM core_own_grants()",
)
#: Said before each question: what a session may set of itself changes nothing.
SETTINGS = (
    (),
    ("SET LOCAL search_path = pg_temp, public",),
    ("SET LOCAL plan_cache_mode = force_generic_plan", "SET LOCAL enable_indexscan = off"),
    ("SET LOCAL row_security = off",),
)


def told(desk: Suite, *statements: str) -> tuple[str | None, str]:
    """The state of a refusal, and all that was said: rows, or the error with its detail and hint."""
    with desk.engine.connect() as plain:
        connection = plain.execution_options(**{WRITE: True})
        with connection.begin() as transaction:
            try:
                for statement in statements:
                    result = connection.exec_driver_sql(statement)
                rows = result.all() if result.returns_rows else []
                return None, str(rows)
            except DBAPIError as error:
                diagnosis = getattr(error.orig, "diag", None)
                words = [
                    getattr(diagnosis, name, "") for name in ("message_detail", "message_hint", "context")
                ]
                # Our own statement is repeated in the exception's text: only what the server said counts.
                said = f"{getattr(diagnosis, 'message_primary', '')} {words}"
                return str(getattr(error.orig, "sqlstate", "")), said
            finally:
                transaction.rollback()


def test_what_is_hidden_is_told_by_nothing(
    suite_on_postgresql: Suite, login_suite: Callable[..., Suite], long: bool
) -> None:
    suite, admin = suite_on_postgresql, suite_on_postgresql.actor()
    [firm] = make(suite, admin, "lawyers.law_firm", {**a_firm(1), "name": FIRM})
    given = a_lawyer(1, name=NAME, body_id=firm, id_number=resident_number(3))
    [lawyer] = make(suite, admin, "lawyers.lawyer", given)
    with suite.engine.connect() as connection:
        connection = connection.execution_options(**{WRITE: True})
        person = connection.exec_driver_sql(
            f"SELECT person_id FROM core_subject WHERE id = {lawyer}"
        ).scalar_one()
        connection.exec_driver_sql("ANALYZE")
        connection.commit()
    names = {"lawyer": lawyer, "firm": firm, "person": person, "number": given["id_number"]}
    found = []
    for (role, scope), setting in zip(LOGINS, SETTINGS, strict=True):
        desk = login_suite(role, **scope)
        for before in SETTINGS if long else (setting,):
            for statement in ASKED:
                _, said = told(desk, *before, statement.format(**names))
                if any(secret in said for secret in (NAME, FIRM, str(given["id_number"]))):
                    found.append((role, before, statement, said[:200]))
            for statement in COUNTED:
                code, said = told(desk, *before, statement.format(**names))
                if code is None and said != "[(0,)]":
                    found.append((role, before, statement, said[:200]))
        for statement in BARRED:
            code, said = told(desk, statement)
            if code != "42501":
                found.append((role, (), statement, f"{code} {said[:200]}"))
    assert found == []
    # The same questions do tell who may read.
    assert NAME in told(suite, ASKED[0])[1]
    assert told(suite, COUNTED[0].format(**names)) == (None, "[(1,)]")
