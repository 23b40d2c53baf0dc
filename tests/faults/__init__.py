"""What goes wrong around a server: crashes, races, hostile clients. Short slices here, long runs by ``make faults``."""
