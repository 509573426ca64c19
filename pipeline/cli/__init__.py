"""The command line: results on stdout, talk on stderr, exit codes that scripts can rely on."""

from pipeline.cli import imports, look, runs, search
from pipeline.cli.command import app

__all__ = ["app", "imports", "look", "runs", "search"]
