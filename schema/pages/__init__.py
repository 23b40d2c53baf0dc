"""The pages for browsers: what ``make pages`` builds, and the index of a development server."""
