"""How long what is put to consent may be, and what is said in a round."""

LONGEST_PART, LONGEST_TITLE = 10_000, 300
