"""How much a person may say at once. The forms ask for it, and the acts, which believe no form."""

LONGEST_TITLE = 200
LONGEST_TEXT = 40_000
LONGEST_TOPIC = 60
MOST_TOPICS = 6
