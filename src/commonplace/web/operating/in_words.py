"""What each kind of work in the background does, for an operator who has not read the program."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORK: dict[str, Promise] = {
    "corresponding.clocks": _("Set letters to the clock of somebody who moved"),
    "corresponding.forget": _("Forget notices that are old"),
    "corresponding.letters": _("Write what is told by letter at once"),
    "corresponding.occasions": _("Tell people what happened"),
    "corresponding.remind": _("Remind people of what waits for them"),
    "corresponding.send": _("Send letters"),
    "corresponding.topics": _("Follow a topic that was merged"),
    "corresponding.undone": _("Take back word of what was undone"),
    "database.counted": _("Count the database’s tables, so that it stays quick"),
    "figures": _("Compute the figures of the cycle"),
    "files.tidied": _("Take away files that no text names"),
    "forgetting": _("Forget what is kept for a while only"),
    "installation.examined": _("Examine the installation"),
    "practices.age": _("Tell when an agreement is due to be looked at again"),
    "practices.come_in": _("Bring in many practices"),
    "rounds.all_have_spoken": _("End a round in which all have spoken"),
    "rounds.end": _("End rounds whose time has come"),
    "rounds.end_late": _("End rounds that were passed over"),
    "rounds.fewer_are_asked": _("Look for rounds in which somebody is asked no more"),
    "rounds.next_at_once": _("Open what waits behind a round that ended"),
    "rounds.next_in_line": _("Open what waits in line"),
    "rounds.without": _("Take out of rounds who is asked no more"),
    "search.exchange": _("Make an exchange findable"),
    "search.practice": _("Make a practice findable"),
    "search.response": _("Make a response findable"),
}


def of_job(name: str) -> str:
    """Nothing of what a program of another version left."""
    return str(WORK.get(name, ""))
