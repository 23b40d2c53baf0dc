"""The revisions of the database, oldest first; one noun a revision."""
