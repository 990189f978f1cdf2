"""What users type about missions, cleaned to values; nothing is saved here."""
