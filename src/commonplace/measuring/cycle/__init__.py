"""The cycle page: what is in each phase now, what passes, how long it waits, where it leaks."""
