"""A fictional mission at full size, the same for the same seed."""
