"""Every page that one opens often: each width, theme and language, with nothing, little and much on it."""
