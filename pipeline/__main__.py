"""`python -m pipeline`: the command line where the command `crisiswatch` is not on the path."""

from pipeline.cli import app

app()
