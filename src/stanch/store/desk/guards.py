"""Triggers by which the database itself refuses to change what must only grow.

They stop a bug, a careless hand and a stolen account of the program. They do not stop who owns the
database and drops them: that is what `stanch audit verify` and heads kept outside are for.
"""

from typing import Final

GROWING: Final = ("log", "log_node", "tree_head", "statement")

# `insert or replace` of SQLite deletes without asking the triggers on deletion.
_KEYS: Final = {
    "log": "n = new.n",
    "log_node": "level = new.level and place = new.place",
    "tree_head": "size = new.size",
    "statement": "digest = new.digest",
}
_BACK: Final = "new.id <> old.id or new.size < old.size or new.at < old.at"


def guards(dialect: str) -> list[str]:
    """The statements that set the guards up, for `sqlite` or `postgresql`.

    Refused from then on, with a database error: update, delete, truncate and replace in GROWING,
    and in `log_head` deletion and going back. Run once the tables are there, each by itself.
    """
    return _postgresql() if dialect == "postgresql" else _sqlite()


def unguards(dialect: str) -> list[str]:
    """The statements that take the guards away again, for a migration down."""
    if dialect != "postgresql":
        return [f"drop trigger if exists {name}" for name in _sqlite_triggers()]
    tables = (*GROWING, "log_head")
    dropped = [
        f"drop trigger if exists {table}_{kind} on {table}"
        for table in tables
        for kind in ("grows", "stays")
    ]
    return [*dropped, "drop function if exists stanch_refuse()"]


def _sqlite() -> list[str]:
    return [f"create trigger {name} {body}" for name, body in _sqlite_triggers().items()]


def _sqlite_triggers() -> dict[str, str]:
    made = {}
    for table in GROWING:
        refuse = f"begin select raise(abort, '{table} only grows'); end"
        taken = f"exists (select 1 from {table} where {_KEYS[table]})"
        made[f"{table}_no_update"] = f"before update on {table} {refuse}"
        made[f"{table}_no_delete"] = f"before delete on {table} {refuse}"
        made[f"{table}_no_replace"] = f"before insert on {table} when {taken} {refuse}"
    refuse = "begin select raise(abort, 'log_head never goes back'); end"
    made["log_head_no_return"] = f"before update on log_head when {_BACK} {refuse}"
    made["log_head_no_delete"] = f"before delete on log_head {refuse}"
    made["log_head_no_second"] = (
        f"before insert on log_head when exists (select 1 from log_head) {refuse}"
    )
    return made


def _postgresql() -> list[str]:
    made = [
        "create or replace function stanch_refuse() returns trigger language plpgsql as "
        "$$ begin raise exception '% only grows', tg_table_name; end $$"
    ]
    for table in GROWING:
        made.append(
            f"create trigger {table}_grows before update or delete on {table} "
            "for each row execute function stanch_refuse()"
        )
    made.append(
        "create trigger log_head_grows before update on log_head "
        f"for each row when ({_BACK}) execute function stanch_refuse()"
    )
    for table in GROWING:
        made.append(
            f"create trigger {table}_stays before truncate on {table} "
            "for each statement execute function stanch_refuse()"
        )
    made.append(
        "create trigger log_head_stays before delete or truncate on log_head "
        "for each statement execute function stanch_refuse()"
    )
    return made
