"""Reads -> one SQL statement that PostgreSQL answers with the finished JSON."""
