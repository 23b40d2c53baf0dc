"""Shows: what clients see, on both faces."""
