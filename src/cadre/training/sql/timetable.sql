-- What the database keeps of the timetable, whoever writes. Safe to run again.

-- A placement names the room (where its place is one) and the class, so that both can be kept from
-- being in two places at once; only its span of versions is ever closed. Reads as the tables'
-- owner, so that what the writer may not see counts as well.
CREATE OR REPLACE FUNCTION training_place() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (
        (NEW.session_id, NEW.site_id, NEW.during, lower(NEW.versions))
            IS DISTINCT FROM (OLD.session_id, OLD.site_id, OLD.during, lower(OLD.versions))
        OR NOT upper_inf(OLD.versions) AND NEW.versions <> OLD.versions
    ) THEN
        RAISE EXCEPTION 'A placement stays as it was published; a new version makes a new one.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_placement_stays_as_published';
    END IF;
    NEW.room_id := (SELECT id FROM mission_site WHERE id = NEW.site_id AND kind = 'room');
    NEW.trainees_id := (
        SELECT c.trainees_id FROM training_session AS s
        JOIN training_course AS c ON c.id = s.course_id WHERE s.id = NEW.session_id
    );
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER place BEFORE INSERT OR UPDATE ON training_placement
    FOR EACH ROW EXECUTE FUNCTION training_place();

-- A course that another class takes: the class has to be free where the course stands.
CREATE OR REPLACE FUNCTION training_other_class() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE training_placement SET trainees_id = NEW.trainees_id
    WHERE upper_inf(versions)
        AND session_id IN (SELECT id FROM training_session WHERE course_id = NEW.id);
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER other_class AFTER UPDATE OF trainees_id ON training_course
    FOR EACH ROW WHEN (OLD.trainees_id IS DISTINCT FROM NEW.trainees_id)
    EXECUTE FUNCTION training_other_class();

-- A duty is for as long as its placement, in the world and in versions.
CREATE OR REPLACE FUNCTION training_take_duty() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    SELECT during, versions INTO NEW.during, NEW.versions
    FROM training_placement WHERE id = NEW.placement_id;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER take_duty BEFORE INSERT OR UPDATE ON training_duty
    FOR EACH ROW EXECUTE FUNCTION training_take_duty();

CREATE OR REPLACE FUNCTION training_end_duties() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE training_duty SET versions = NEW.versions WHERE placement_id = NEW.id;
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER end_duties AFTER UPDATE OF versions ON training_placement
    FOR EACH ROW WHEN (OLD.versions IS DISTINCT FROM NEW.versions)
    EXECUTE FUNCTION training_end_duties();
