"""Pages of what is put to consent, whatever it is."""
