"""The third subject: the same schema as such servers are usually written, Strawberry over SQLAlchemy's ORM."""

from tests.bench.conventional.application import make

__all__ = ["make"]
