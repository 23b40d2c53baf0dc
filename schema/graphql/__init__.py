"""The GraphQL API: a document becomes a plan, the plan becomes one SQL statement, its JSON goes into the response."""
