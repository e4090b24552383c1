"""How long what is put to consent may be, a part of a practice too, and what is said in a round."""

LONGEST_PART, LONGEST_TITLE, LONGEST_HEARD = 10_000, 300, 600
