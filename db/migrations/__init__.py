"""The revisions of the database, oldest first; one subject a revision."""
