"""The REST face: the documented contract, through the same resolvers."""
