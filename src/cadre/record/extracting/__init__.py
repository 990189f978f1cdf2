"""Reading a file that somebody handed in. Runs in a process of its own: see record.extraction.

Nothing of a document is executed, and nothing that it points to is fetched.
"""
