"""What communities, their people and the installation are, folded from the ledger; and the same read from the rows."""

from commonplace.communities.reducers import belonging, community, doors, installation, known_for, units

__all__ = ["belonging", "community", "doors", "installation", "known_for", "units"]
