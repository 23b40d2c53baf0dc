"""What GraphQL clients may rely on: the language, the protocol, pages, and what hostile documents come to."""
