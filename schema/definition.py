"""The one definition of the schema: what ``schema.graphql`` shows."""

import strawberry
from graphql import GraphQLSchema

from schema.mutation import Mutation
from schema.query import Query
from schema.types.scalars import CONFIG

DESCRIPTION = (
    "The specialists of a clinic, their specialties and their working hours. Every request carries a session token, and"
    " sees the organization of that token alone."
)


class Schema(strawberry.Schema):
    """A schema with a description, which Strawberry itself does not have."""

    def __init__(self) -> None:
        super().__init__(query=Query, mutation=Mutation, config=CONFIG)
        self._schema.description = DESCRIPTION

    def as_str(self) -> str:
        return f'"""\n{DESCRIPTION}\n"""\nschema {{\n  query: Query\n  mutation: Mutation\n}}\n\n{super().as_str()}'


SCHEMA = Schema()
GRAPHQL_SCHEMA: GraphQLSchema = SCHEMA._schema
"""The same schema as graphql-core has it: Strawberry keeps it under a private name."""
