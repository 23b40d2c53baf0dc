"""Which codes of the catalogue ``/v1`` answers with."""

from schema.rest.catalogue import catalogue


def codes() -> list[str]:
    return [error.code for error in catalogue() if "rest" in error.apis]
