"""What a person sees: the pages in a real browser, over real sockets, on the demo data."""
