"""The REST API: the documented contract, through the same resolvers as GraphQL."""
