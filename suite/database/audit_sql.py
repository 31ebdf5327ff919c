"""The SQL of the triggers that write the audit, generated from the tables for both engines.

SQLite: row triggers that call functions of our connections; a stranger's connection lacks them and
cannot write. PostgreSQL: statement triggers over transition tables, and a deferred constraint trigger
that seals at commit; row triggers with a lock would make every desk wait for another's import.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from textwrap import dedent

from sqlalchemy import Table

from suite.database.base import METADATA

#: Tables without triggers, each for its reason.
UNAUDITED = {
    "core_audit_transaction": "is the audit",
    "core_audit_entry": "is the audit",
    "core_audit_secret": "is the audit",
    "core_audit_link": "is the audit",
    "core_search_key": "derived from the subjects, rebuilt by a check",
    "core_search_scope": "numbers of the derived keys, never changed",
    "core_import_row": "a log itself, written once with the rows that it describes",
    "core_import_case": "likewise, with the cases",
    "core_import_entry": "likewise, with the entries of ledgers",
    "core_roster_exchange_row": "a log itself, written with the exchange and its taking back",
    "core_roster_exchange_secret": "the secret part of that log, thrown away when it is no longer needed",
    "core_roster_edition_row": "written once; the edition's entry carries the digest of all its rows",
    "core_import_secret": "the secret part of that log, thrown away when it is no longer needed",
}
#: The tables of the trace itself.
TRACE = frozenset(name for name, reason in UNAUDITED.items() if reason == "is the audit")
SCOPE_COLUMNS = ("profession", "district_code", "association")
SEAL_LOCK = 730_510_101
#: In a table's `info`: its rows are never changed nor taken away, whoever asks.
FROZEN = {"frozen": True}
FROZEN_WORDS = "已冻结的数据不能改动或删除。"


@dataclass(frozen=True, kw_only=True)
class AuditedTable:
    """One audited table: its key, its plain and its secret columns, and its contents.

    `contents` are columns of many bytes, each with the plain column that holds its SHA-256: the trace keeps
    the digest alone, and verifying compares the two. `frozen`: rows come, and stay as they came.
    """

    name: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    secrets: tuple[str, ...]
    contents: tuple[tuple[str, str], ...] = ()
    frozen: bool = False

    @classmethod
    @cache
    def of(cls, table: Table) -> AuditedTable:
        """From the mapped table; a column with `info={"secret": True}` is kept apart, one with
        `info={"digest": column}` left out."""
        secret = tuple(column.name for column in table.columns if column.info.get("secret"))
        contents = tuple(
            (column.name, column.info["digest"]) for column in table.columns if "digest" in column.info
        )
        apart = {*secret, *(name for name, _ in contents)}
        return cls(
            name=table.name,
            key=tuple(column.name for column in table.primary_key.columns),
            columns=tuple(column.name for column in table.columns if column.name not in apart),
            secrets=secret,
            contents=contents,
            frozen=bool(table.info.get("frozen")),
        )

    @property
    def scopes(self) -> tuple[str | None, ...]:
        """The scope columns that the table has, None where it lacks one."""
        return tuple(name if name in self.columns else None for name in SCOPE_COLUMNS)


def audited_tables() -> list[AuditedTable]:
    """Every table of the metadata but those that say why not, by name."""
    return [
        AuditedTable.of(table)
        for name, table in sorted(METADATA.tables.items())
        if name not in UNAUDITED and not name.startswith("alembic_version")
    ]


def sqlite_row_json(table: AuditedTable, alias: str) -> str:
    """SQL of the JSON text of a row's plain columns."""
    pairs = ", ".join(f"'{column}', {alias}.\"{column}\"" for column in table.columns)
    return f"json_object({pairs})"


def sqlite_secret_json(table: AuditedTable, alias: str) -> str:
    """SQL of the JSON text of a row's secret columns."""
    pairs = ", ".join(f"'{column}', {alias}.\"{column}\"" for column in table.secrets)
    return f"json_object({pairs})"


def sqlite_key(table: AuditedTable, alias: str) -> str:
    """SQL of a row's key as text."""
    return " || '|' || ".join(f'{alias}."{column}"' for column in table.key)


def _sqlite_entry(table: AuditedTable, action: str, before: str | None, after: str | None) -> str:
    """Statements that write one entry of a row trigger, given the aliases of the row before and after."""
    row = after or before or ""
    scopes = ", ".join(f'{row}."{column}"' if column else "NULL" for column in table.scopes)
    plain = [sqlite_row_json(table, alias) if alias else "NULL" for alias in (before, after)]
    secret = [sqlite_secret_json(table, alias) if alias else "NULL" for alias in (before, after)]
    digest = f"suite_digest({secret[0]}, {secret[1]})" if table.secrets else "NULL"
    body = (
        "INSERT INTO core_audit_entry (transaction_id, table_name, row_key, action, profession, "
        "district_code, association, before, after, digest) VALUES (suite_transaction(), "
        f"'{table.name}', {sqlite_key(table, row)}, '{action}', {scopes}, "
        f"{plain[0]}, {plain[1]}, {digest});"
    )
    if table.secrets:
        body += (
            " INSERT INTO core_audit_secret (entry_id, salt, before, after) VALUES "
            f"(last_insert_rowid(), suite_salt(), {secret[0]}, {secret[1]});"
        )
    return body


@cache
def sqlite_triggers(table: AuditedTable) -> Mapping[str, str]:
    """Trigger name → statement. A changed key is recorded as the row that went and the row that came."""
    same = " AND ".join(f'OLD."{column}" IS NEW."{column}"' for column in table.key)
    moved = f"{_sqlite_entry(table, 'D', 'OLD', None)} {_sqlite_entry(table, 'I', None, 'NEW')}"
    parts = {
        "insert": ("INSERT", "", _sqlite_entry(table, "I", None, "NEW")),
        "update": ("UPDATE", f" WHEN {same}", _sqlite_entry(table, "U", "OLD", "NEW")),
        "move": ("UPDATE", f" WHEN NOT ({same})", moved),
        "delete": ("DELETE", "", _sqlite_entry(table, "D", "OLD", None)),
    }
    triggers = {
        f"audit_{table.name}_{name}": (
            f'CREATE TRIGGER "audit_{table.name}_{name}" AFTER {event} ON "{table.name}"{when} '
            f"BEGIN {body} END"
        )
        for name, (event, when, body) in parts.items()
    }
    for event in ("UPDATE", "DELETE") if table.frozen else ():
        name = f"audit_{table.name}_frozen_{event.lower()}"
        triggers[name] = (
            f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table.name}" '
            f"BEGIN SELECT RAISE(ABORT, '{FROZEN_WORDS}'); END"
        )
    return triggers


#: How every function that writes the trace runs: with its owner's rights, since no login has any on it,
#: and with names that nobody can put others before.
SEARCH_PATH = "pg_catalog, public, pg_temp"
DEFINER = f"LANGUAGE plpgsql SECURITY DEFINER SET search_path = {SEARCH_PATH}"

#: The setting is the login's own to change, so it is believed only for a transaction that is not yet sealed:
#: of those no other's is visible.
POSTGRESQL_CURRENT = dedent(f"""\
    CREATE OR REPLACE FUNCTION core_audit_current() RETURNS bigint {DEFINER} AS $$
    DECLARE
      tx text := current_setting('suite.transaction', true);
      made bigint;
    BEGIN
      IF tx ~ '^[0-9]{{1,18}}$' AND EXISTS (SELECT FROM core_audit_transaction WHERE id = tx::bigint)
          AND NOT EXISTS (SELECT FROM core_audit_link WHERE transaction_id = tx::bigint) THEN
        RETURN tx::bigint;
      END IF;
      SET CONSTRAINTS audit_seal DEFERRED;
      INSERT INTO core_audit_transaction (command, actor, at)
        VALUES (NULL, session_user, clock_timestamp()) RETURNING id INTO made;
      PERFORM set_config('suite.transaction', made::text, true);
      RETURN made;
    END $$""")

#: Opens a transaction's trace for a command. Who acts is the login, whatever the caller says.
POSTGRESQL_BEGIN = dedent(f"""\
    CREATE OR REPLACE FUNCTION core_audit_begin(command text, title text, reason text) RETURNS bigint
    {DEFINER} AS $$
    DECLARE
      made bigint;
    BEGIN
      -- Whoever asked for it at once would have the seal before the entries.
      SET CONSTRAINTS audit_seal DEFERRED;
      INSERT INTO core_audit_transaction (command, title, reason, actor, at)
        VALUES (command, title, reason, session_user, clock_timestamp()) RETURNING id INTO made;
      PERFORM set_config('suite.transaction', made::text, true);
      RETURN made;
    END $$""")

#: Notes what no trigger sees: a look at a secret value (R), an export (E), a refused attempt of the login
#: (X), a remark on a record (M). That a person was asked for is noted by `core_match_persons` alone, since
#: it opens the person to the asker.
POSTGRESQL_NOTE = dedent(f"""\
    CREATE OR REPLACE FUNCTION core_audit_note(place text, key text, act text, profession text,
      district text, association text, said text) RETURNS void {DEFINER} AS $$
    BEGIN
      IF act NOT IN ('R', 'E') AND NOT (act = 'M' AND place = 'core_subject')
          AND NOT (act = 'X' AND place = 'core_user' AND key = session_user) THEN
        RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',
          MESSAGE = '只能记下查看、导出、未获准的尝试与对档案的说明。';
      END IF;
      INSERT INTO core_audit_entry
        (transaction_id, table_name, row_key, action, profession, district_code, association, after)
        VALUES (core_audit_current(), place, key, act, profession, district, association, said);
    END $$""")

#: The columns of an entry, and those of its transaction, in the order in which they are sealed.
SEALED = (
    "id", "table_name", "row_key", "action", "profession", "district_code", "association",
    "before", "after", "digest",
)  # fmt: skip
SEALED_HEAD = ("id", "command", "title", "reason", "actor", "at")


def sqlite_sealed(alias: str) -> str:
    """SQL of the text of an entry that the seal hashes."""
    return " || char(31) || ".join(f"coalesce({alias}.{column}, char(29))" for column in SEALED)


def postgresql_sealed(alias: str) -> str:
    """SQL of the hash of an entry, as the seal takes it."""
    parts = ", ".join(f"coalesce({alias}.{column}::text, E'\\x1d')" for column in SEALED)
    return f"sha256(convert_to(concat_ws(E'\\x1f', {parts}), 'UTF8'))"


def postgresql_head(alias: str) -> str:
    """SQL of the text of a transaction that the seal hashes."""
    stamp = f"to_char({alias}.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"
    parts = [f"coalesce({alias}.{column}::text, E'\\x1d')" for column in SEALED_HEAD[:-1]]
    return f"concat_ws(E'\\x1f', {', '.join([*parts, stamp])})"


def postgresql_content(head: str, entries: str) -> str:
    """SQL of the digest of a transaction: its own text and the hashes of its entries in order."""
    # A transaction without entries is joined to none of them, which is not an entry of nothing.
    hashes = (
        f"string_agg({postgresql_sealed(entries)}, ''::bytea ORDER BY {entries}.id) "
        f"FILTER (WHERE {entries}.id IS NOT NULL)"
    )
    whole = f"convert_to({head}, 'UTF8') || '\\x1e'::bytea || coalesce({hashes}, ''::bytea)"
    return f"encode(sha256({whole}), 'hex')"


#: A link is a hash over the former one and the digest of its transaction, so that an extract can leave
#: out what it may not tell and still hold together.
POSTGRESQL_SEAL = dedent(f"""\
    CREATE OR REPLACE FUNCTION core_audit_seal() RETURNS trigger {DEFINER} SET timezone = 'UTC' AS $$
    DECLARE
      former record;
      content text;
      counted integer;
    BEGIN
      -- Before the lock: of an import this takes a second, and no other desk waits so long for its link.
      SELECT count(*), {postgresql_content(postgresql_head("NEW"), "e")}
        INTO counted, content FROM core_audit_entry e WHERE e.transaction_id = NEW.id;
      PERFORM pg_advisory_xact_lock({SEAL_LOCK});
      SELECT id, hash INTO former FROM core_audit_link ORDER BY id DESC LIMIT 1;
      INSERT INTO core_audit_link (id, transaction_id, entries, hash) VALUES
        (coalesce(former.id, 0) + 1, NEW.id, counted,
          encode(sha256(convert_to(coalesce(former.hash, '') || E'\\x1f' || content, 'UTF8')), 'hex'));
      RETURN NULL;
    END $$""")

#: A link, for a desk that keeps it as a witness; NULL asks for the head. Hashes tell nothing by themselves.
POSTGRESQL_LINK_OF = dedent(f"""\
    CREATE OR REPLACE FUNCTION core_audit_link_of(link bigint) RETURNS TABLE(id bigint, hash text) STABLE
    {DEFINER} AS $$
    BEGIN
      RETURN QUERY SELECT l.id, l.hash::text FROM core_audit_link l
        WHERE link IS NULL OR l.id = link ORDER BY l.id DESC LIMIT 1;
    END $$""")

#: TRUNCATE fires no row and has no transition tables: what cannot be recorded is refused.
POSTGRESQL_TRUNCATE = dedent("""\
    CREATE OR REPLACE FUNCTION core_audit_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION USING ERRCODE = 'feature_not_supported',
        MESSAGE = '表 ' || TG_TABLE_NAME || ' 留存操作痕迹，不能 TRUNCATE，请用 DELETE。';
    END $$""")

#: Rows that stay as they came, whoever asks: not even the owner of the tables changes them unseen.
POSTGRESQL_FROZEN = dedent(f"""\
    CREATE OR REPLACE FUNCTION core_audit_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege', MESSAGE = '{FROZEN_WORDS}';
    END $$""")

#: The functions that belong to no single table.
POSTGRESQL_FUNCTIONS = {
    "core_audit_current": POSTGRESQL_CURRENT,
    "core_audit_begin": POSTGRESQL_BEGIN,
    "core_audit_note": POSTGRESQL_NOTE,
    "core_audit_seal": POSTGRESQL_SEAL,
    "core_audit_link_of": POSTGRESQL_LINK_OF,
    "core_audit_truncate": POSTGRESQL_TRUNCATE,
    "core_audit_frozen": POSTGRESQL_FROZEN,
}

POSTGRESQL_SEAL_TRIGGER = (
    "CREATE CONSTRAINT TRIGGER audit_seal AFTER INSERT ON core_audit_transaction "
    "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION core_audit_seal()"
)


def postgresql_row_json(table: AuditedTable, alias: str) -> str:
    """SQL of the JSON text of a row's plain columns."""
    left_out = (*table.secrets, *(column for column, _ in table.contents))
    without = "".join(f" - '{column}'" for column in left_out)
    return f"(to_jsonb({alias}){without})::text"


def postgresql_secret_json(table: AuditedTable, alias: str) -> str:
    """SQL of the JSON text of a row's secret columns."""
    pairs = ", ".join(f"'{column}', {alias}.\"{column}\"" for column in table.secrets)
    return f"jsonb_build_object({pairs})::text"


def postgresql_key(table: AuditedTable, alias: str) -> str:
    """SQL of a row's key as text."""
    return " || '|' || ".join(f'{alias}."{column}"::text' for column in table.key)


@cache
def postgresql_function(table: AuditedTable) -> str:
    """Statement of the function that writes a table's entries.

    An update that changes keys is recorded as the rows that went (D) and the rows that came (I), so that
    every key's last entry says what stands under it.
    """

    def insert(action: str, source: str, row: str, before: str, after: str) -> str:
        places = [f'{row}."{column}"' if column else "NULL" for column in table.scopes]
        scopes = ", ".join(places)
        values = [postgresql_row_json(table, alias) if alias else "NULL" for alias in (before, after)]
        key = postgresql_key(table, row)
        columns = (
            "(transaction_id, table_name, row_key, action, profession, district_code, association, "
            "before, after, digest)"
        )
        head = f"tx, '{table.name}', {key}, '{action}', {scopes}, {values[0]}, {values[1]}"
        if not table.secrets:
            return (
                f"INSERT INTO core_audit_entry {columns} SELECT {head}, NULL FROM {source}; "
                "GET DIAGNOSTICS matched = ROW_COUNT;"
            )
        secrets = [
            postgresql_secret_json(table, alias) if alias else "NULL::text" for alias in (before, after)
        ]
        # One statement for all rows: the numbers are drawn first, so that both tables get the same.
        sealed = (
            "encode(sha256(convert_to(salt || E'\\x1f' || coalesce(sb, '') || E'\\x1f' || coalesce(sa, ''), "
            "'UTF8')), 'hex')"
        )
        return (
            "WITH items AS MATERIALIZED (SELECT nextval('core_audit_entry_id_seq') AS id, "
            f"replace(gen_random_uuid()::text, '-', '') AS salt, {key} AS k, "
            f"{places[0]} AS p, {places[1]} AS d, {places[2]} AS s, {values[0]} AS b, "
            f"{values[1]} AS a, {secrets[0]} AS sb, {secrets[1]} AS sa FROM {source}), "
            "entered AS (INSERT INTO core_audit_entry "
            "(id, transaction_id, table_name, row_key, action, profession, district_code, association, "
            "before, after, digest) "
            f"SELECT id, tx, '{table.name}', k, '{action}', p, d, s, b, a, {sealed} FROM items) "
            "INSERT INTO core_audit_secret (entry_id, salt, before, after) "
            "SELECT id, salt, sb, sa FROM items; "
            "GET DIAGNOSTICS matched = ROW_COUNT;"
        )

    join = " AND ".join(f'o."{column}" = n."{column}"' for column in table.key)
    gone = f"old_rows o WHERE NOT EXISTS (SELECT FROM new_rows n WHERE {join})"
    come = f"new_rows n WHERE NOT EXISTS (SELECT FROM old_rows o WHERE {join})"
    return (
        f"CREATE OR REPLACE FUNCTION core_audit_{table.name}() RETURNS trigger {DEFINER} "
        "SET timezone = 'UTC' AS $$ "
        "DECLARE tx bigint; matched bigint := 0; BEGIN "
        "tx := core_audit_current(); "
        f"IF TG_OP = 'INSERT' THEN {insert('I', 'new_rows n', 'n', '', 'n')} "
        f"ELSIF TG_OP = 'UPDATE' THEN {insert('U', f'old_rows o JOIN new_rows n ON {join}', 'n', 'o', 'n')} "
        "IF matched <> (SELECT count(*) FROM new_rows) THEN "
        f"{insert('D', gone, 'o', 'o', '')} {insert('I', come, 'n', '', 'n')} END IF; "
        f"ELSE {insert('D', 'old_rows o', 'o', 'o', '')} END IF; RETURN NULL; END $$"
    )


@cache
def postgresql_triggers(table: AuditedTable) -> Mapping[str, str]:
    """Trigger name → statement."""
    tables = {
        "INSERT": "NEW TABLE AS new_rows",
        "UPDATE": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
        "DELETE": "OLD TABLE AS old_rows",
    }
    triggers = {
        f"audit_{event.lower()}": (
            f'CREATE TRIGGER audit_{event.lower()} AFTER {event} ON "{table.name}" REFERENCING {transition} '
            f"FOR EACH STATEMENT EXECUTE FUNCTION core_audit_{table.name}()"
        )
        for event, transition in tables.items()
    }
    triggers["audit_truncate"] = (
        f'CREATE TRIGGER audit_truncate BEFORE TRUNCATE ON "{table.name}" '
        "FOR EACH STATEMENT EXECUTE FUNCTION core_audit_truncate()"
    )
    if table.frozen:
        triggers["audit_frozen"] = (
            f'CREATE TRIGGER audit_frozen BEFORE UPDATE OR DELETE ON "{table.name}" '
            "FOR EACH STATEMENT EXECUTE FUNCTION core_audit_frozen()"
        )
    return triggers
