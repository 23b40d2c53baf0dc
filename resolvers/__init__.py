"""Authorization, validation and business rules, the same for both APIs."""
