"""The domain layer: who may read and write, which inputs are valid, and what each write does."""
