"""How the server is set up, started, broken and stopped."""
