-- Finding rows by what they say, for viewers under row-level security.
--
-- PostgreSQL uses an index below a policy only for conditions that cannot tell what a hidden row
-- holds; `lower` and the operators of arrays and of text search do not count as such, so that
-- the serving role would read the whole table. These functions look into the indexes as the
-- tables' owner and give the keys of rows only; the query around them sees of these rows what the
-- policies let through. They are made for the serving role, not for users.

CREATE OR REPLACE FUNCTION cadre_names(key text, also text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_agg(lower(name)) FROM unnest(key || also) AS name
$$;

CREATE INDEX IF NOT EXISTS subject_names ON record_subject
    USING gin (cadre_names(key::text, also::text[])) WITH (fastupdate = off);  -- read far more often

-- Subjects that are called so, in small letters, by their key or another name.
CREATE FUNCTION cadre_subjects_named(name text) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN ARRAY(
        SELECT id FROM record_subject WHERE cadre_names(key::text, also::text[]) @> ARRAY[name]
    );
END $$;

-- Claims about subjects of these names, all of them or of one attribute; in small letters.
CREATE FUNCTION cadre_claims_about(names text[]) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN ARRAY(SELECT id FROM record_claim WHERE lower(subject) = ANY (names));
END $$;

CREATE FUNCTION cadre_claims_about(names text[], asked text) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN ARRAY(
        SELECT id FROM record_claim WHERE lower(subject) = ANY (names) AND lower(attribute) = asked
    );
END $$;
