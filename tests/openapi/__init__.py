"""The OpenAPI document, the page that renders it, and the index page."""
