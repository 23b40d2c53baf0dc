"""The clients that frontends and legacy programs use, against a live server."""
