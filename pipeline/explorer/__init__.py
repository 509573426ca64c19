"""The explorer: a folder of plain files that opens in a browser, offline, with every entry, span and figure of the tables."""

from pipeline.explorer.site import Built, CannotBuild, build

__all__ = ["Built", "CannotBuild", "build"]
