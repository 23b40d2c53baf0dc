"""The OpenAPI document of ``/v1``: made from the resources of ``schema/rest`` and the types of the one schema."""
