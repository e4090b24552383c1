"""Every command: where it lives, and what it says of itself before it is loaded."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """`target` is module:attribute, a click command or group."""

    target: str
    says: str
    needs_database: bool = True


COMMANDS = {
    "serve": Entry(
        "commonplace.web.serving:serve", "Prepare the data folder and serve the pages.", needs_database=False
    ),
    "demo": Entry(
        "commonplace.demo.commands:demo", "Serve a living example in a data folder of its own.", needs_database=False
    ),
    "migrate": Entry("commonplace.web.preparing:migrate", "Prepare the data folder, or bring it up to date."),
    "doctor": Entry("commonplace.web.doctor:doctor", "Say what is installed, where, and what is amiss."),
    "check": Entry("commonplace.ledger.check:check", "Compare the ledger with every status that is shown."),
    "signin-link": Entry("commonplace.communities.commands:signin_link", "Make a link that lets a person in once."),
    "bot": Entry("commonplace.communities.commands:bot", "Say that an account is a bot, or a person."),
    "bring": Entry("commonplace.objectifying.commands:bring", "Bring in what is in force already: many at once."),
    "import": Entry("commonplace.archiving.commands:import_", "Bring an archive into a community."),
    "backup": Entry("commonplace.archiving.commands:backup", "Write everything into one file."),
    "restore": Entry("commonplace.archiving.commands:restore", "Read a backup into an empty data folder."),
    "ledger": Entry("commonplace.measuring.lake.command:ledger", "Export the ledger for analysis elsewhere."),
    "measure": Entry("commonplace.measuring.commands:measure", "Print the figures of a community's cycle."),
    "figures": Entry("commonplace.measuring.commands:figures", "Publish the figures that pages show."),
    "search": Entry("commonplace.internalizing.commands:search", "Make the search index again."),
    "worker": Entry(
        "commonplace.ledger.jobs.worker:worker", "Do what is due in the background; `serve` starts one itself."
    ),
}
