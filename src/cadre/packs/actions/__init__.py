"""Loads packs: whole or not at all, and a second time without a change."""

from cadre.packs.actions.loading import Loaded, PackRefused, load

__all__ = ["Loaded", "PackRefused", "load"]
