"""The GraphQL and REST APIs, their documents and pages, and the process that serves them."""
