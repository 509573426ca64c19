"""Plots for papers: each kind is a module with `data` (tables -> a frame) and `draw` (that frame -> a figure).

Everything drawn is in the frame, which is written beside the picture. Greys, hatches and position carry the meaning, never
colour alone. Needs the extra: pip install 'crisiswatch-pipeline[plot]'.
"""

from pipeline.plot.render import NothingToPlot, PlotError, choose, plot

__all__ = ["NothingToPlot", "PlotError", "choose", "plot"]
