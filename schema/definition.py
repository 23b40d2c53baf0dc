"""The one definition of the schema: what ``schema.graphql`` shows."""

import strawberry

from schema.mutation import Mutation
from schema.query import Query
from schema.types.scalars import CONFIG

SCHEMA = strawberry.Schema(query=Query, mutation=Mutation, config=CONFIG)
