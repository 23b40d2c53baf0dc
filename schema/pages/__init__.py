"""Pages for browsers: those that ``make pages`` builds, and the index of a development server."""
