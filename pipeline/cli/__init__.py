"""The command line: results on stdout, talk on stderr, exit codes that scripts can rely on."""

from pipeline.cli import brief, explore, export, history, imports, look, metrics, plot, runs, search, validate
from pipeline.cli.command import app

__all__ = ["app", "brief", "explore", "export", "history", "imports", "look", "metrics", "plot", "runs", "search", "validate"]
