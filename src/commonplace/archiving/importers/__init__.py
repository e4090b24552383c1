"""Readers of archives, one a format; each is a pure generator of neutral records."""
