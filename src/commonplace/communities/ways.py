"""Ways out of what hinders: each is a page of the community."""

from enum import StrEnum


class Way(StrEnum):
    """`charter`, `invite`: for whoever may, who facilitates for the others. `rule`, `recall`: where a round begins."""

    CHARTER = "charter"
    INVITE = "invite"
    RECALL = "recall"
    RULE = "rule"
    ROLES = "roles"
    HAND_OVER = "hand_over"
