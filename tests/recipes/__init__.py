"""The recipes of CONTRIBUTING.md as patches: each is applied to a copy of the repository, and the result is used."""
