"""The demo data of development: two clinics, made through the server's own store functions."""
