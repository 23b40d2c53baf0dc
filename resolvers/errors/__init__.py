"""The errors that clients can receive, a module for each stage that raises them."""
