"""The demo data of development: two clinics, written through the server's own functions."""
