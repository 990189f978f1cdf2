"""Planning: what a timetable has to keep to, and what it costs, whoever made it."""
