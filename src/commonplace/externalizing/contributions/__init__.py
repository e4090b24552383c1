"""What exchanges bring to the pages of several phases."""

from commonplace.communities.contributions import Needs, News
from commonplace.externalizing.contributions.first_steps import FIRST_QUESTION
from commonplace.externalizing.contributions.needs import own_exchanges
from commonplace.externalizing.contributions.news import opened
from commonplace.externalizing.contributions.search import EXCHANGES, RESPONSES

CONTRIBUTIONS = (Needs("own_exchanges", own_exchanges), News("exchanges", opened), EXCHANGES, RESPONSES, FIRST_QUESTION)
