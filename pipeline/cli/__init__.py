"""The command line: results on stdout, talk on stderr, exit codes that scripts can rely on."""

from pipeline.cli import export, history, imports, look, metrics, runs, search, validate
from pipeline.cli.command import app

__all__ = ["app", "export", "history", "imports", "look", "metrics", "runs", "search", "validate"]
