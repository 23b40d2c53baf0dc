"""Operations with the answer and the exact SQL they must have, one folder each."""
