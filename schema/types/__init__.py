"""The GraphQL types, a module for each entity; their Python names are those of selections and of REST."""
