"""The default database: PostgreSQL started by Cadre itself in a data folder, socket only."""
