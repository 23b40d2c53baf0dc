"""No clinic sees another: in SQL, in the catalogue, in the code and over HTTP."""
