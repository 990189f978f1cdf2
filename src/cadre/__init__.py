"""Cadre: the software of a multinational train-and-advise mission."""

__version__ = "0.1.0"
