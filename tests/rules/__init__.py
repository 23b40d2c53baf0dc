"""The house rules, enumerated from the code itself."""
