"""The resources of ``/v1``: routes, OpenAPI document and its components are made from this tuple."""

from schema.rest import specialists, specialties

RESOURCES = (specialists.resource, specialties.resource)
