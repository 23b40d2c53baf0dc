"""Proves: real PostgreSQL, real tokens, both faces."""
