"""What happens to who comes in, belongs and serves, and whom it concerns: the community itself is the thread."""

from commonplace.communities.telling.agreed import OF_WHAT_IS_AGREED
from commonplace.communities.telling.away import OF_BEING_AWAY
from commonplace.communities.telling.belonging import OF_BELONGING
from commonplace.communities.telling.serving import OF_SERVING
from commonplace.communities.telling.thread import COMMUNITY

OCCASIONS = (COMMUNITY, *OF_SERVING, *OF_BEING_AWAY, *OF_BELONGING, *OF_WHAT_IS_AGREED)
