-- What people are to be told of is noted in the transaction of the cause itself: an entry of the
-- ledger about one of these tables, of a row that this node made and did not load with a pack. A
-- worker tells of it and takes the note away in one transaction, so each is told exactly once.
-- Runs as the owner, like the ledger's own triggers: who changes a row may not write here for it.
CREATE OR REPLACE FUNCTION alerts_listen() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO alerts_unheard (entry, tries, error) VALUES (NEW.id, 0, '');
    PERFORM pg_notify('cadre_alerts', 'unheard');
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER listen AFTER INSERT ON record_entry
    FOR EACH ROW WHEN (
        NEW.table_name IN (
            'accountability_movement', 'accountability_movementend', 'accountability_muster',
            'accountability_musterend', 'accountability_nextofkinhold', 'directives_confirmation',
            'directives_directive', 'directives_levelorder', 'directives_lift', 'situation_incident',
            'training_session'
        )
        AND coalesce(NEW.content ->> 'pack', '') = ''
        AND (NEW.change = 'insert') = (NEW.table_name <> 'training_session')
    ) EXECUTE FUNCTION alerts_listen();
