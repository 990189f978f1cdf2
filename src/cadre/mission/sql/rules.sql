-- Rules of missions that the database keeps whoever writes. Safe to run again.

-- A non-combat mission has no combat line and no combat task. A line named so is one, and a task
-- on a combat line is one, whatever the writer says of it.
-- Reads as the tables' owner, so that a mission that the writer may not see counts as well.
CREATE OR REPLACE FUNCTION mission_refuse_combat() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    line text := coalesce(to_jsonb(NEW) ->> 'line', to_jsonb(NEW) ->> 'code');
BEGIN
    NEW.combat := NEW.combat OR lower(line) = 'combat' OR EXISTS (
        SELECT FROM mission_activityline AS l
        WHERE TG_TABLE_NAME = 'mission_task' AND l.mission_id = NEW.mission_id
            AND l.code = line AND l.combat
    );
    IF NEW.combat AND EXISTS (
        SELECT FROM mission_mission WHERE id = NEW.mission_id AND combat IS FALSE
    ) THEN
        RAISE EXCEPTION 'A non-combat mission refuses combat.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'no_combat_in_a_non_combat_mission';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER refuse_combat BEFORE INSERT OR UPDATE ON mission_activityline
    FOR EACH ROW EXECUTE FUNCTION mission_refuse_combat();
CREATE OR REPLACE TRIGGER refuse_combat BEFORE INSERT OR UPDATE ON mission_task
    FOR EACH ROW EXECUTE FUNCTION mission_refuse_combat();

-- The path of a site is that of its parent and its own code, whatever the writer says. A place
-- lies in a larger kind of place; areas may lie in areas and sites in sites.
CREATE OR REPLACE FUNCTION mission_place_site() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    ranks constant text[] := ARRAY['country', 'area', 'site', 'room'];
    above mission_site;
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.parent_id IS DISTINCT FROM OLD.parent_id THEN
        PERFORM pg_advisory_xact_lock(hashtext('mission_site_tree'));
    END IF;
    IF NEW.parent_id IS NULL THEN
        IF NEW.kind = 'room' THEN
            RAISE EXCEPTION 'A room lies in a site.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'a_place_lies_in_a_larger_one';
        END IF;
        NEW.path := ARRAY[NEW.code];
        RETURN NEW;
    END IF;
    SELECT * INTO above FROM mission_site WHERE id = NEW.parent_id;
    IF NEW.parent_id = NEW.id OR (TG_OP = 'UPDATE' AND OLD.code = ANY (above.path)) THEN
        RAISE EXCEPTION 'A place does not lie in itself.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'nothing_stands_above_itself';
    END IF;
    IF above.id IS NULL OR NOT (
        array_position(ranks, above.kind::text) < array_position(ranks, NEW.kind::text)
        OR (above.kind = NEW.kind AND NEW.kind IN ('area', 'site'))
    ) THEN
        RAISE EXCEPTION 'A place lies in a larger one.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_place_lies_in_a_larger_one';
    END IF;
    NEW.path := above.path || NEW.code;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER place_site BEFORE INSERT OR UPDATE ON mission_site
    FOR EACH ROW EXECUTE FUNCTION mission_place_site();

-- What lies in a place moves with it: each row's own trigger works out its path, and so on down.
CREATE OR REPLACE FUNCTION mission_move_parts() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE mission_site SET path = NEW.path || code WHERE parent_id = NEW.id;
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER move_parts AFTER UPDATE ON mission_site
    FOR EACH ROW WHEN (OLD.path IS DISTINCT FROM NEW.path OR OLD.kind IS DISTINCT FROM NEW.kind)
    EXECUTE FUNCTION mission_move_parts();

-- No row stands above itself. Argument: the column that names the row above.
CREATE OR REPLACE FUNCTION mission_refuse_circle() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    above uuid := (to_jsonb(NEW) ->> TG_ARGV[0])::uuid;
    circle boolean;
BEGIN
    IF above IS NULL OR (TG_OP = 'UPDATE' AND to_jsonb(OLD) ->> TG_ARGV[0] = above::text) THEN
        RETURN NEW;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('mission_circle'));
    EXECUTE format(
        'WITH RECURSIVE up (id) AS (SELECT $1 UNION SELECT t.%1$I FROM %2$I AS t JOIN up USING (id)'
        ' WHERE t.%1$I IS NOT NULL) SELECT EXISTS (SELECT FROM up WHERE id = $2)',
        TG_ARGV[0], TG_TABLE_NAME
    ) INTO circle USING above, NEW.id;
    IF circle THEN
        RAISE EXCEPTION 'Nothing stands above itself.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'nothing_stands_above_itself';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER refuse_circle BEFORE INSERT OR UPDATE ON mission_post
    FOR EACH ROW EXECUTE FUNCTION mission_refuse_circle('reports_to_id');
CREATE OR REPLACE TRIGGER refuse_circle BEFORE INSERT OR UPDATE ON mission_organisation
    FOR EACH ROW EXECUTE FUNCTION mission_refuse_circle('parent_id');

-- Who holds a post is told to whoever may see the person: a holding has the person's marking.
CREATE OR REPLACE FUNCTION mission_mark_holding() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    SELECT classification, releasable_to, communities, originator
        INTO NEW.classification, NEW.releasable_to, NEW.communities, NEW.originator
        FROM mission_person WHERE id = NEW.person_id;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER mark_holding BEFORE INSERT OR UPDATE ON mission_holding
    FOR EACH ROW EXECUTE FUNCTION mission_mark_holding();

CREATE OR REPLACE FUNCTION mission_mark_holdings() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE mission_holding SET originator = NEW.originator WHERE person_id = NEW.id;
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER mark_holdings AFTER UPDATE ON mission_person
    FOR EACH ROW WHEN (
        (OLD.classification, OLD.releasable_to, OLD.communities, OLD.originator)
        IS DISTINCT FROM (NEW.classification, NEW.releasable_to, NEW.communities, NEW.originator)
    )
    EXECUTE FUNCTION mission_mark_holdings();

-- A code stays: scopes of directives, markings and roles speak of rows by their codes, so a new
-- code would take a place out of a stop, or a name out of its marking.
CREATE OR REPLACE FUNCTION mission_keep_code() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The code of a row of % stays as it is.', TG_TABLE_NAME
        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_code_stays';
END $$;

CREATE OR REPLACE TRIGGER keep_code BEFORE UPDATE ON mission_site
    FOR EACH ROW WHEN (OLD.code IS DISTINCT FROM NEW.code) EXECUTE FUNCTION mission_keep_code();
CREATE OR REPLACE TRIGGER keep_code BEFORE UPDATE ON mission_organisation
    FOR EACH ROW WHEN (OLD.code IS DISTINCT FROM NEW.code) EXECUTE FUNCTION mission_keep_code();
CREATE OR REPLACE TRIGGER keep_code BEFORE UPDATE ON mission_post
    FOR EACH ROW WHEN (OLD.code IS DISTINCT FROM NEW.code) EXECUTE FUNCTION mission_keep_code();
CREATE OR REPLACE TRIGGER keep_code BEFORE UPDATE ON mission_person
    FOR EACH ROW WHEN (OLD.code IS DISTINCT FROM NEW.code) EXECUTE FUNCTION mission_keep_code();
