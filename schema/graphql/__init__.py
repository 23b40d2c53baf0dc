"""The GraphQL face: documents become plans, plans become statements, answers are spliced as they come."""
