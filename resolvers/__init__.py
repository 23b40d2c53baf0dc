"""Decides: who may, what is valid, what happens."""
