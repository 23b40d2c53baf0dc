"""Proof of resolvers/identity."""
