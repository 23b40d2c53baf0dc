"""Who is asking: a session token becomes a verified identity, or is refused."""
