-- What is on record about one attribute of one subject: `record.queries.ask` in one statement
-- whose plan a session keeps. Proven equal to a plain reading in tests/record/test_asking.py.

-- Whether a row could be known: the twin of StatedQuerySet.known_on. No moment: everything is.
CREATE FUNCTION cadre_known(
    recorded_at timestamptz, known_from timestamptz, known_on timestamptz, began timestamptz
) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT known_on IS NULL OR CASE
        WHEN began IS NULL OR known_on < began THEN known_from <= known_on
        ELSE recorded_at <= known_on
    END
$$;

-- `viewer`: the four settings that say who looks (access.queries.settings_of); they hold for the
-- query inside and are then again what they were. Latest first. `several`: values of this
-- attribute may hold at once.
CREATE FUNCTION cadre_ask(
    viewer text[], asked_subject text, asked_attribute text, true_on timestamptz,
    known_on timestamptz
) RETURNS TABLE (
    claim uuid, reference text, pack text, value text, moment text, "precision" text,
    said_by text[], source text, source_row uuid, sentences text[], status text, summary text,
    reasoning text, several boolean, classification integer, source_classification integer
) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    before text[] := cadre_told();
    began timestamptz := CASE WHEN known_on IS NOT NULL THEN cadre_began() END;
    names text[];
BEGIN
    PERFORM cadre_tell(viewer);
    names := asked_subject || ARRAY(
        SELECT lower(s.key) FROM record_subject AS s
        WHERE s.id = ANY (cadre_subjects_named(asked_subject))
    );
    RETURN QUERY
    SELECT c.id, c.reference::text, c.pack::text, c.value, c."when", c.precision::text,
        c.said_by::text[], s.name::text, s.id, c.sentences::text[], c.status::text, c.summary,
        c.reasoning, EXISTS (
            SELECT FROM record_attribute AS a
            WHERE a.several AND lower(a.key) = asked_attribute
        ), c.classification::integer, s.classification::integer
    FROM record_claim_known(known_on, began) AS c JOIN record_source AS s ON s.id = c.source_id
    WHERE c.id = ANY (cadre_claims_about(names, asked_attribute))
        AND (true_on IS NULL OR c.when_latest <= true_on
            OR (c.when_latest IS NULL AND coalesce(c.when_earliest <= true_on, true)))
    ORDER BY c.when_latest DESC NULLS LAST, c.pack, c.reference;
    PERFORM cadre_tell(before);
END $$;

-- Who looks, as the four settings that `cadre_tell` sets.
CREATE FUNCTION cadre_told() RETURNS text[] LANGUAGE sql STABLE AS $$
    SELECT ARRAY(
        SELECT coalesce(current_setting(name, true), '') FROM unnest(
            ARRAY['cadre.sees_all', 'cadre.clearance', 'cadre.affiliations', 'cadre.communities']
        ) AS name
    )
$$;

CREATE FUNCTION cadre_tell(viewer text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('cadre.sees_all', viewer[1], true),
        set_config('cadre.clearance', viewer[2], true),
        set_config('cadre.affiliations', viewer[3], true),
        set_config('cadre.communities', viewer[4], true);
END $$;
