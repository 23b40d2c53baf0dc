"""Limits on what a GraphQL request may send; ``cost`` limits what it may ask for."""

MAX_CHARACTERS = 1 << 16  # of a document: each takes the lexer up to a quarter of a microsecond
MAX_TOKENS = 2_000
MAX_COMPARISONS = 15_000  # of fields that share a response key: each takes about a microsecond
MAX_DEPTH = 15
MAX_VARIABLE_VALUES = 10_000  # a specialist's overrides, of which 1,000 are kept, have about 8,000
MAX_ERRORS = 5  # in one response
MAX_OPERATIONS = 10  # in one batch
