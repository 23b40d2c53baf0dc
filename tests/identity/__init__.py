"""Test resolvers/identity."""
