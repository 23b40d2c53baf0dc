"""Compile reads to one SQL statement that PostgreSQL answers with the finished JSON."""
