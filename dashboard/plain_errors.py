"""Turn the errors that bad input raises into one line for people."""

from collections.abc import Iterator
from contextlib import contextmanager

import click


@contextmanager
def plain_errors() -> Iterator[None]:
    """Show a ValueError or OSError as the line it says, not as a trace of the program."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise click.ClickException(str(error)) from error
