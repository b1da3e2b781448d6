"""What the rights of an account hang on, for a stream of events to compare (`netwerkleren/base/standings.py`)."""

from .models import Membership, NetworkGroup, User

OF_THE_ACCOUNT = ("password", "is_active", "is_coach", "is_staff", "second_factor_by")
OF_A_MEMBERSHIP = ("id", "role", "left")
OF_ITS_GROUP = ("published_at", "closed_at")


def standing_of() -> str:
    """Whether its sessions go on, what it is, and where it belongs as what."""
    account = ", ".join(f'account."{name}"' for name in OF_THE_ACCOUNT)
    membership = ", ".join([*(f'own."{name}"' for name in OF_A_MEMBERSHIP), *(f'of."{name}"' for name in OF_ITS_GROUP)])
    memberships = f"""
        SELECT string_agg(ROW({membership})::text, ';' ORDER BY own.id)
        FROM {Membership._meta.db_table} AS own JOIN {NetworkGroup._meta.db_table} AS of ON of.id = own.group_id
        WHERE own.user_id = account.id
    """  # noqa: S608, for only names of our own stand in it
    table = User._meta.db_table
    return f"SELECT ROW({account}, ({memberships}))::text FROM {table} AS account WHERE account.id = listener.account"  # noqa: S608
