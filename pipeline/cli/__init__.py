"""The command line: results on stdout, talk on stderr, exit codes that scripts can rely on."""

from pipeline.cli import explore, export, history, imports, look, metrics, plot, runs, search, validate
from pipeline.cli.command import app

__all__ = ["app", "explore", "export", "history", "imports", "look", "metrics", "plot", "runs", "search", "validate"]
