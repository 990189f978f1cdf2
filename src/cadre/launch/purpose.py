"""What a database is for: the demo's made-up data and known passwords never mix with real work."""

from cadre.launch.database.supervisor import Database
from cadre.launch.installation import Connection, owner_connection
from cadre.launch.refusal import Refusal
from cadre.launch.stamps import mark, set_mark

MARK = "purpose"
DEMO = "demo"
SERVICE = "service"


def purpose(connection: Connection) -> str | None:
    return mark(connection, MARK)


def claim_for_demo(database: Database) -> None:
    """Make the database the demo's; raises Refusal if somebody's real work may be in it."""
    with owner_connection(database) as connection:
        if purpose(connection) == DEMO:
            return
        if holds_real_work(connection):
            message = (
                "This database holds real work, and the demo would put made-up data and known"
                " passwords into it; name another data folder for the demo in CADRE_DATA."
            )
            raise Refusal(message)
        set_mark(connection, MARK, DEMO)


def holds_real_work(connection: Connection) -> bool:
    """Whether somebody's real work is or may be in the database."""
    found = purpose(connection)
    return found == SERVICE or (found != DEMO and _has_accounts(connection))


def claim_for_service(database: Database) -> None:
    """Make the database one of real work; raises Refusal if it is the demo's."""
    with owner_connection(database) as connection:
        if purpose(connection) == DEMO:
            message = (
                "This database is the demo's, with passwords that anybody knows; name another data"
                " folder in CADRE_DATA, or serve it with ./cadre demo."
            )
            raise Refusal(message)
        set_mark(connection, MARK, SERVICE)


def _has_accounts(connection: Connection) -> bool:
    found = connection.execute("SELECT to_regclass('access_account') IS NOT NULL").fetchone()
    if found != (True,):
        return False
    return connection.execute("SELECT 1 FROM access_account LIMIT 1").fetchone() is not None
