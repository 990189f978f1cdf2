"""The launcher: one command that sets up, starts and checks everything. Imports no context."""
