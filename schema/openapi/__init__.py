"""The OpenAPI document of ``/v1``, made from the tables the server runs on, and the page that renders it."""
