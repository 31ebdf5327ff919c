"""From what a person types to a URL and back; libpq's way to name several hosts is understood, too."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url

from suite.database.address import ServerAddress, Tls, hosts_of, keyring_name
from suite.database.engine import server_arguments
from suite.settings import Settings, database_url

NAME = st.from_regex(r"[a-z][a-z0-9-]{0,10}(\.[a-z]{2,5})?", fullmatch=True)
WORD = st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), min_size=1, max_size=12)


@given(
    hosts=st.lists(st.tuples(NAME, st.integers(1, 65535)), min_size=1, max_size=4),
    login=WORD,
    database=WORD.filter(lambda text: "?" not in text and "/" not in text),
    tls=st.sampled_from(Tls),
)
def test_an_address_comes_back_from_its_url(
    hosts: list[tuple[str, int]], login: str, database: str, tls: Tls
) -> None:
    port = hosts[0][1]
    made = ServerAddress(
        hosts="，".join(f"{name}:{number}" for name, number in hosts),
        database=database,
        login=login,
        port=port,
        tls=tls,
    )
    found = ServerAddress.of(made.url)
    assert found is not None
    assert (found.pairs, found.tls, found.login) == (hosts, tls, login)
    assert found.database == database
    assert found.url == made.url


@pytest.mark.parametrize(
    "written",
    [
        "postgresql://u@one:5432,two:5433/x?sslmode=require",
        "postgresql+psycopg://u@/x?host=one:5432&host=two:5433&sslmode=require",
        "postgresql+psycopg://u@/x?host=one,two&port=5432,5433&sslmode=require",
    ],
)
def test_several_hosts_in_any_form(written: str) -> None:
    url = make_url(database_url(written))
    assert hosts_of(url) == (["one", "two"], ["5432", "5433"])
    assert keyring_name(url) == "postgresql one:5432,two:5433"
    asked = server_arguments(url)
    assert asked["target_session_attrs"] == "read-write"
    _, arguments = create_engine(url).dialect.create_connect_args(url)
    assert (arguments["host"], str(arguments["port"])) == ("one,two", "5432,5433")
    assert arguments["sslmode"] == "require"


def test_one_host_may_be_a_standby_and_a_url_may_say_otherwise() -> None:
    assert "target_session_attrs" not in server_arguments(make_url("postgresql+psycopg://u@one/x"))
    chosen = server_arguments(make_url("postgresql+psycopg://u@/x?host=a&host=b&target_session_attrs=any"))
    assert "target_session_attrs" not in chosen


@pytest.mark.parametrize("port", ["0", "65536", "５４３２", "x"])
def test_a_port_that_is_none(port: str) -> None:
    with pytest.raises(ValueError, match="端口"):
        _ = ServerAddress(hosts=f"one:{port}", database="x", login="u").url


def test_no_password_is_written_to_the_settings(tmp_path: Path) -> None:
    written = "postgresql://zhang:geheim%2F1@one:5432,two/x?sslmode=require"
    Settings(database=written, password="geheim/1", home=tmp_path).save()
    kept = (tmp_path / "settings.json").read_text("utf-8")
    assert "geheim" not in kept
    assert "postgresql://zhang@one:5432,two/x?sslmode=require" in kept
    assert "geheim" not in repr(Settings(password="geheim"))
    untouched = "postgresql://one:5432/x?application_name=a@b"
    Settings(database=untouched, home=tmp_path).save()
    assert untouched in (tmp_path / "settings.json").read_text("utf-8")
