"""The kinds of rows that doors hand on: named here, so that no door reaches for a table itself."""

from cadre.situation.models import Credibility, Incident, IncidentKind, Reliability, Severity

__all__ = ["Credibility", "Incident", "IncidentKind", "Reliability", "Severity"]
