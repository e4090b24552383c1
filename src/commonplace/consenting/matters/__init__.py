"""What a community puts to its own consent, whatever it is a community of."""

from commonplace.consenting.matters.charter import CHARTER
from commonplace.consenting.matters.people import RECALL, REMOVAL

MATTERS = (CHARTER, RECALL, REMOVAL)
