"""The `documents` stage: every file a researcher has -> Document and Block rows, and the sidecar -> Source rows.

What a file is follows from its content, its name only breaks ties. Bad input never stops a run: the file becomes a Document with status
"quarantined" and a reason in plain words. A file that stands twice in the folder gives two Document rows with one document_id, and its
blocks twice (in one archive once): who reads the whole folder keeps the blocks of the first.
"""

from pipeline.documents.files import LONGEST_BLOCK, find_files, read_file
from pipeline.documents.sources import SourcesError, misspelt_columns, read_sources

__all__ = ["LONGEST_BLOCK", "SourcesError", "find_files", "misspelt_columns", "read_file", "read_sources"]
