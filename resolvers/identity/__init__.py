"""Verify Clerk session tokens: turn a bearer token into an ``Identity``, or refuse it with a reason."""
