"""What each recipient reads: in his language, from what he himself may see, as far as the channel
may carry it.
"""

from cadre.alerts.queries.wording.notices import notice_to, notices, subject_for
from cadre.alerts.queries.wording.sight import Sight, viewer_for

__all__ = ["Sight", "notice_to", "notices", "subject_for", "viewer_for"]
