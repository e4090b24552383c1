"""How long a part of a practice may be, and what is said in a round."""

LONGEST_PART = 10_000
