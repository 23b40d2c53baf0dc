"""HTTP for both APIs: middleware, request bodies, conditional requests, errors, health checks."""
