"""The `trends` stage: each month's stated trend and alerts, and what language, events and their change let one estimate of them."""

from pipeline.trends.estimate import estimate_months, estimate_trends
from pipeline.trends.features import features_of
from pipeline.trends.weights import TrendModel

__all__ = ["TrendModel", "estimate_months", "estimate_trends", "features_of"]
