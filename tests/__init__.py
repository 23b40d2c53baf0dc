"""Test the server on a real PostgreSQL, with real tokens, through both APIs."""
