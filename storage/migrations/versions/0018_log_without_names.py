"""The organizers' log says who was given or lost a role by their number: names are looked up when it is read."""

import sqlalchemy as sa
from alembic import op

from storage.engine.types import Json

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """A name that one person bears becomes their number; any other one goes."""
    connection = op.get_bind()
    log = sa.table(
        "organizer_log",
        sa.column("id", sa.BigInteger()),
        sa.column("action", sa.String()),
        sa.column("subject", sa.String()),
        sa.column("details", Json()),
    )
    people = sa.table("people", sa.column("id", sa.BigInteger()), sa.column("name", sa.String()))
    about_people = log.c.action.in_(["role_changed", "removed"])
    lines = sa.select(log.c.id, log.c.subject, log.c.details).where(about_people, log.c.subject != "")
    for id, name, details in connection.execute(lines).all():
        called_so = connection.execute(sa.select(people.c.id).where(people.c.name == name).limit(2)).scalars().all()
        whom = called_so[0] if len(called_so) == 1 else int(name) if name.isdecimal() else None
        kept = {**(details or {}), **({"person": whom} if whom is not None else {})}
        connection.execute(sa.update(log).where(log.c.id == id).values(subject="", details=kept))
