"""Who publishes: names, owners, countries."""

from collections.abc import Mapping

from sqlalchemy import func, select, update

from bot.model.articles import Outlet
from bot.storage.article_rows import outlet_of
from bot.storage.article_writes import outlet_named
from bot.storage.database import Database
from bot.storage.schema import ARTICLE, OUTLET

_DETAILS = ("url", "country", "owner", "language", "kind")


class OutletStore:
    """Outlets. An article's or feed's outlet is made when its name is first met."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def put(self, name: str, details: Mapping[str, str | None] | None = None) -> Outlet:
        """Store the outlet *name*, with whatever *details* give of url, country, owner, language and kind.

        Raises:
            ValueError: *details* hold anything else.
        """
        details = details or {}
        if unknown := set(details) - set(_DETAILS):
            raise ValueError(f"an outlet has no {', '.join(sorted(unknown))}")
        async with self._db.transaction() as connection:
            number = await outlet_named(connection, name)
            if details:
                await connection.execute(update(OUTLET).where(OUTLET.c.id == number).values(dict(details)))
            return outlet_of((await connection.execute(select(OUTLET).where(OUTLET.c.id == number))).one())

    async def find(self, name: str) -> Outlet | None:
        """Return the outlet called *name*, in any case, or None."""
        query = select(OUTLET).where(func.lower(OUTLET.c.name) == name.lower()).order_by(OUTLET.c.name != name)
        async with self._db.read() as connection:
            row = (await connection.execute(query.limit(1))).one_or_none()
        return None if row is None else outlet_of(row)

    async def suggest(self, typed: str, limit: int) -> tuple[Outlet, ...]:
        """Return outlets whose name holds *typed*, those with more articles first."""
        articles = select(func.count()).where(ARTICLE.c.outlet_id == OUTLET.c.id).scalar_subquery()
        query = (
            select(OUTLET)
            .where(OUTLET.c.name.icontains(typed, autoescape=True))
            .order_by(articles.desc(), OUTLET.c.name)
            .limit(limit)
        )
        async with self._db.read() as connection:
            return tuple(outlet_of(row) for row in await connection.execute(query))

    async def all(self) -> tuple[Outlet, ...]:
        """Return every outlet, in order of name."""
        async with self._db.read() as connection:
            return tuple(outlet_of(row) for row in await connection.execute(select(OUTLET).order_by(OUTLET.c.name)))
