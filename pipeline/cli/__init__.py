"""The command line: results on stdout, talk on stderr, exit codes that scripts can rely on."""

from pipeline.cli import look, runs
from pipeline.cli.command import app

__all__ = ["app", "look", "runs"]
