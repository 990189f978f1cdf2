"""The intake desk: documents by numbered sentences, and claims taken from them by people."""
