"""Check the rules of this repository against its own source code."""
