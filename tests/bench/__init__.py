"""The benchmark: this server beside its floor, a conventional server and PostgreSQL alone."""
