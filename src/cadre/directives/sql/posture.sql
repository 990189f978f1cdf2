-- The posture algebra in SQL: the twin of cadre.core.posture, proven equal to it by
-- tests/directives/test_rulings_sql.py. Installed by cadre.record.guards after every
-- migration. Everything runs as whoever asks, so row-level security holds.
--
-- A moment is a closed range: its lower end is when it can have come at the earliest, its upper
-- end when it surely has; an open end is not known. What was known is up to the record's own
-- cadre_known.

-- What several statements of one moment say together: their intersection, or the hull of them
-- all where they exclude each other. The twin of core.moments.together.
CREATE FUNCTION cadre_together(common tstzrange, said tstzmultirange) RETURNS tstzrange
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN isempty(common) THEN range_merge(said) ELSE common END
$$;

-- A directive is known as soon as anything about its times is.
CREATE FUNCTION cadre_known_directives(known_on timestamptz, began timestamptz)
RETURNS TABLE (
    directive uuid, mission text, effect integer,
    sure_lines text[], sure_sites text[], sure_nations text[],
    perhaps_lines text[], perhaps_sites text[], perhaps_nations text[],
    units text[], people text[], hours text[], effective tstzrange
) LANGUAGE sql STABLE AS $$
    WITH timing AS (
        SELECT t.directive_id, t.clock = 'effective' AS effective,
            tstzrange(t.moment_earliest, t.moment_latest, '[]') AS said
        FROM directives_timing_known(known_on, began) AS t
    ), clock AS (
        SELECT directive_id, cadre_together(
            range_intersect_agg(said) FILTER (WHERE effective),
            range_agg(said) FILTER (WHERE effective)
        ) AS moment
        FROM timing GROUP BY directive_id
    )
    SELECT d.id, m.code::text, d.effect::integer,
        d.sure_lines::text[], d.sure_sites::text[], d.sure_nations::text[],
        d.perhaps_lines::text[], d.perhaps_sites::text[], d.perhaps_nations::text[],
        d.units::text[], d.people::text[], d.hours::text[],
        coalesce(c.moment, '(,)')
    FROM directives_directive AS d
    JOIN mission_mission AS m ON m.id = d.mission_id
    LEFT JOIN clock AS c ON c.directive_id = d.id
    WHERE (cadre_known(d.recorded_at, d.known_from, known_on, began)
            OR c.directive_id IS NOT NULL)
        AND NOT EXISTS (
            SELECT FROM directives_directive AS later WHERE later.corrects_id = d.id
                AND cadre_known(later.recorded_at, later.known_from, known_on, began)
        )
$$;

CREATE FUNCTION cadre_known_lifts(known_on timestamptz, began timestamptz)
RETURNS TABLE (
    directive uuid, lines text[], sites text[], nations text[],
    units text[], people text[], hours text[], effective tstzrange
) LANGUAGE sql STABLE AS $$
    SELECT l.directive_id, l.lines::text[], l.sites::text[], l.nations::text[],
        l.units::text[], l.people::text[], l.hours::text[],
        tstzrange(l.effective_earliest, l.effective_latest, '[]')
    FROM directives_lift_known(known_on, began) AS l
$$;

-- Authorisations, each with the time over which it surely holds: from when it surely began until
-- the host's request can have been withdrawn.
CREATE FUNCTION cadre_known_authorisations(known_on timestamptz, began timestamptz)
RETURNS TABLE (mission text, lines text[], during tstzrange) LANGUAGE sql STABLE AS $$
    WITH taken_back AS (
        SELECT w.request_id,
            tstzrange(w.effective_earliest, w.effective_latest, '[]') AS said
        FROM mission_hostrequestwithdrawal_known(known_on, began) AS w
    ), withdrawal AS (
        SELECT request_id,
            coalesce(
                lower(cadre_together(range_intersect_agg(said), range_agg(said))), '-infinity'
            ) AS at
        FROM taken_back GROUP BY request_id
    )
    SELECT m.code::text, a.lines::text[], tstzrange(a.begins_latest, w.at)
    FROM mission_authorisation_known(known_on, began) AS a
    JOIN mission_mission AS m ON m.id = a.mission_id
    LEFT JOIN withdrawal AS w ON w.request_id = a.host_request_id
    WHERE a.begins_latest IS NOT NULL AND (w.at IS NULL OR a.begins_latest < w.at)
$$;

-- One bit for each part of a mission: a line at a place for a party, which is a nation's people, a
-- unit of the host, a person and an hour of the week. The bits of the parts that lie in some of the
-- lines, at some of the places and in some of the parties; each argument has a character 0 or 1
-- for every line, place or party that is told apart.
CREATE FUNCTION cadre_parts(lines text, places text, parties text) RETURNS varbit
LANGUAGE sql IMMUTABLE AS $$
    SELECT replace(replace(translate(lines, '01', 'ny'), 'n', repeat('0', length(at_places))),
        'y', at_places)::varbit
    FROM replace(replace(translate(places, '01', 'ny'), 'n', repeat('0', length(parties))),
        'y', parties) AS at_places
$$;

-- Whether a state holds in every part of a cell, or in any: one part (its bit), or several.
CREATE FUNCTION cadre_everywhere(state bit, part integer, parts bit) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN parts IS NULL THEN get_bit(state, part) = 1 ELSE state & parts = parts END
$$;

CREATE FUNCTION cadre_anywhere(state bit, part integer, parts bit) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN parts IS NULL THEN get_bit(state, part) = 1
        ELSE bit_count(state & parts) > 0 END
$$;
