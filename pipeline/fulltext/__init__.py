"""Search: words and facts, over an index kept beside the tables; every hit with its snippet and its events.

`search_entries` is what `crisiswatch search` and `pipeline.search` call.
"""

from pipeline.fulltext.filters import Order, Question
from pipeline.fulltext.hits import Answer, Hit, MatchedEvent
from pipeline.fulltext.question import search_entries
from pipeline.fulltext.words import NoWords

__all__ = ["Answer", "Hit", "MatchedEvent", "NoWords", "Order", "Question", "search_entries"]
