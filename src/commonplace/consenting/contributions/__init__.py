"""What rounds bring to the pages of several phases."""

from commonplace.communities.contributions import Contribution, Needs
from commonplace.consenting.contributions.needs import returnable, waiting

CONTRIBUTIONS: tuple[Contribution, ...] = (Needs("rounds", waiting), Needs("rounds_to_return", returnable))
