"""The one Alembic environment of all owners.

It is run by `suite db upgrade` and `suite db revision OWNER MESSAGE`, never by the alembic command: the
caller hands over the connection, the owner and the metadata. Each owner has a folder of versions and a
version table of its own, because with one shared table removing a plugin breaks every later upgrade.

A migration is a photograph: it imports nothing from `suite`, names its constraints, and does one thing.
New one: `python -m suite db revision lawyers "add the branch head"` compares the declared tables of the
owner with an empty database upgraded to its head and writes the difference; read it before you commit it.
"""

from typing import Any

from alembic import context

config = context.config
owner: str = config.attributes["owner"]
prefix = f"{owner}_"


def include_name(name: str | None, type_: str, parent_names: Any) -> bool:
    """Only tables of this owner are compared."""
    return type_ != "table" or (name is not None and name.startswith(prefix))


def include_object(item: Any, name: str | None, type_: str, reflected: bool, compare_to: Any) -> bool:
    """Only tables of this owner are written."""
    return type_ != "table" or (name is not None and name.startswith(prefix))


def render_item(type_: str, item: Any, autogen_context: Any) -> str | bool:
    """Write the suite's own column types as the plain types beneath them: a photograph needs no suite."""
    if type_ == "type" and type(item).__module__.startswith("suite."):
        return f"sa.{item.impl!r}"
    return False


context.configure(
    connection=config.attributes["connection"],
    target_metadata=config.attributes["metadata"],
    version_table=f"alembic_version_{owner}",
    include_name=include_name,
    include_object=include_object,
    render_item=render_item,
    render_as_batch=True,
    compare_type=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
