"""What both faces share of HTTP: the envelope, bodies, errors, the operator's addresses."""
