"""The schema in Strawberry: one noun a module; python names are the names of the selection."""
