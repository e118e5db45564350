"""Assembles the commands, and turns every failure into one plain line and an exit code."""

import asyncio
import logging
import os
import sys
from typing import Final

import typer
from typer.exceptions import TyperException
from typer.main import get_command

from bot import __version__
from bot.cli import actors, asking, demo, evaluating, events_order, ingesting, operating, packs, reading
from bot.errors import ConfigError, NeedToKnowError, UsageError, UserError

EXIT_FAILED: Final = 1
EXIT_USAGE: Final = 2
EXIT_CONFIG: Final = 78
_LOG = logging.getLogger(__name__)

app = typer.Typer(
    name="needtoknow",
    help="Reads many outlets, understands the news, and posts a digest in which every sentence has its source.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for group in (operating, demo, ingesting, reading, asking, actors, events_order, packs, evaluating):
    group.register(app)


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"needtoknow {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(
        False, "--version", callback=_show_version, is_eager=True, help="Show the version and end."
    ),
) -> None:
    """Read the options that stand before a command."""


def main() -> None:
    """Run the command that the process was called with, and exit with its code.

    0 done, 1 the work failed, 2 wrong use, 78 configuration. Every error is a few lines on standard error.
    """
    sys.exit(code_of_run())


def code_of_run() -> int:  # noqa: PLR0911, C901 - one return for each way to end
    """Run the command that the process was called with, and return its exit code."""
    try:
        # Outside its standalone mode the library swallows a command's typer.Exit and returns its code.
        ended_with = get_command(app)(standalone_mode=False)
    except typer.Exit as ended:
        return ended.exit_code
    except TyperException as error:
        return _said(f"{error.format_message()} See: needtoknow --help", EXIT_USAGE)
    except (typer.Abort, KeyboardInterrupt, asyncio.CancelledError):
        return _said("Stopped.", 130)
    except BrokenPipeError:
        # The reader of our output has gone: keep the interpreter from complaining about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_FAILED
    except ConfigError as error:
        return _said(str(error), EXIT_CONFIG)
    except UsageError as error:
        return _said(str(error), EXIT_USAGE)
    except (UserError, NeedToKnowError) as error:
        return _said(str(error), EXIT_FAILED)
    except Exception as error:  # noqa: BLE001 - the one place where anything else becomes a line
        _LOG.debug("unexpected failure", exc_info=error)
        return _said(
            f"Unexpected failure: {type(error).__name__}: {error}. NEEDTOKNOW_LOG__LEVEL=DEBUG shows where.",
            EXIT_FAILED,
        )
    return ended_with if isinstance(ended_with, int) else 0


def _said(line: str, code: int) -> int:
    print(f"needtoknow: {line}", file=sys.stderr)
    return code
