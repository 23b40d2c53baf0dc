"""What clients are told when something goes wrong, a module for each stage that raises it."""
