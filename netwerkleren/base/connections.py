"""Who holds a connection to the database, and for how long."""

from django.db import connections


def let_go_of_database() -> None:
    """Gives back this thread's connections, until its next query takes one again.

    Call it before a body is read or sent: that lasts as long as the other side likes, and twenty phones in a tunnel
    would hold every connection of the pool. Inside a transaction it does nothing.
    """
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close()
