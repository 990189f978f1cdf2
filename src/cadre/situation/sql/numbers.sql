-- The last number of an incident that was given in a series ("INC-2020-"), or 0: over all rows, also
-- those that who asks may not see, since a number is given once. It tells no more than how many
-- there are.
CREATE FUNCTION cadre_last_incident(series text) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(max(substr(number, length(series) + 1)::integer), 0)
    FROM situation_incident
    WHERE starts_with(number, series) AND substr(number, length(series) + 1) ~ '^[0-9]{1,9}$'
$$;

-- A correction is of the same incident: it keeps the number. Reads as the table's owner, so that a
-- row which the writer may not see counts as well.
CREATE OR REPLACE FUNCTION situation_keep_number() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM situation_incident WHERE id = NEW.corrects_id AND number = NEW.number
    ) THEN
        RAISE EXCEPTION 'A correction keeps the number of the incident.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_correction_keeps_the_number';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER keep_number BEFORE INSERT ON situation_incident
    FOR EACH ROW WHEN (NEW.corrects_id IS NOT NULL) EXECUTE FUNCTION situation_keep_number();
