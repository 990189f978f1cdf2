"""Changes of what is taught, and of when."""

from cadre.training.actions.publishing import NewPlacement, publish

__all__ = ["NewPlacement", "publish"]
