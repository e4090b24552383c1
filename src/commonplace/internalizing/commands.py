"""`commonplace search ...`"""

import click

from commonplace.internalizing.search import reindex as build


@click.group()
def search() -> None:
    """The search index."""


@search.command()
def reindex() -> None:
    """Build the search index anew from exchanges, answers and practices; harmless at any time.

    Needed after a community changes its language (words are reduced to their stems in it) or after a restore.
    """
    click.echo(f"{build()} documents can be found.")
