"""Ways out of what hinders: each is a page of the community."""

from enum import StrEnum


class Way(StrEnum):
    """`charter`: for whoever may change it, who facilitates for the others."""

    CHARTER = "charter"
    ROLES = "roles"
    HAND_OVER = "hand_over"
