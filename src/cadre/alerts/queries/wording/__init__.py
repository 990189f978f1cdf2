"""What each recipient reads: in his language, from what he himself may see, as far as the channel
may carry it.
"""

from cadre.alerts.queries.wording.notices import notices, subject_for

__all__ = ["notices", "subject_for"]
