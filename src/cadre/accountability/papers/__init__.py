"""Lists on paper: rosters to tick, call trees, counts, manifests; as PDF or as rows of a file.

A name stands on paper only where the viewer may see it and no next of kin has to be told first.
"""

from cadre.accountability.papers.tables import Paper, Section, csv_of, pdf

__all__ = ["Paper", "Section", "csv_of", "pdf"]
