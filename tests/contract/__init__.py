"""The behaviour that clients rely on, on both APIs."""
