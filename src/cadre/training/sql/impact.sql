-- What a scope would stop, counted by the database for several windows at once. Everything runs as
-- whoever asks, so row-level security holds. The windows are numbered by their place in the array.

-- Whether one of these people holds a post at some time in a span.
CREATE FUNCTION cadre_holds(post uuid, span tstzrange, people text[]) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM mission_holding AS h JOIN mission_person AS held ON held.id = h.person_id
        WHERE h.post_id = post AND h.during && span AND held.code::text = ANY (people)
    )
$$;

-- The sessions of a mission that a scope reaches and that meet a span of time. `stopped`: the lines
-- and sites of cells that a directive in force surely suspends already, pairwise.
CREATE FUNCTION cadre_reached(
    asked_mission text, lines text[], sites text[], nations text[], units text[], people text[],
    hours text[], span tstzrange, stopped_lines text[], stopped_sites text[]
) RETURNS TABLE (
    session uuid, kind text, course uuid, site uuid, path text[], during tstzrange, already boolean
)
-- Planned anew for each call: a scope that names nothing is another question than one that does.
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_custom_plan AS $$
#variable_conflict use_variable
DECLARE
    -- The posts of these nations, and those that these people ever held. As texts, so that they are
    -- looked up in a hash for each duty and not one by one in the index of duties.
    theirs text[] := ARRAY(
        SELECT p.id::text FROM mission_post AS p
        JOIN mission_organisation AS nation ON nation.id = p.nation_id
        WHERE nation.code::text = ANY (nations)
    );
    held text[] := ARRAY(
        SELECT h.post_id::text FROM mission_holding AS h
        JOIN mission_person AS person ON person.id = h.person_id
        WHERE person.code::text = ANY (people)
    );
BEGIN RETURN QUERY
    WITH shut AS MATERIALIZED (  -- places with the lines that are stopped there
        SELECT DISTINCT each.id, stopped.line
        FROM mission_site AS each, unnest(each.path::text[]) AS name
        JOIN unnest(stopped_lines, stopped_sites) AS stopped (line, site) ON stopped.site = name
    )
    SELECT s.id, s.kind::text, s.course_id, s.site_id, place.path::text[], s.during,
        shut.id IS NOT NULL
    FROM training_session AS s
    JOIN mission_mission AS m ON m.id = s.mission_id
    JOIN mission_site AS place ON place.id = s.site_id
    LEFT JOIN training_course AS c ON c.id = s.course_id
    LEFT JOIN mission_organisation AS unit ON unit.id = c.institution_id
    LEFT JOIN shut ON shut.id = s.site_id AND shut.line = s.line
    WHERE m.code = asked_mission AND s.during && span
        AND (lines IS NULL OR s.line::text = ANY (lines))
        AND (sites IS NULL OR place.path::text[] && sites)
        AND (units IS NULL OR unit.code::text = ANY (units))
        AND (hours IS NULL OR EXISTS (
            SELECT FROM generate_series(
                date_trunc('hour', lower(s.during), 'UTC'),
                upper(s.during) - interval '1 microsecond', interval '1 hour'
            ) AS hour
            WHERE to_char(hour AT TIME ZONE 'UTC', 'dy-HH24') = ANY (hours)
        ))
        AND (nations IS NULL AND people IS NULL OR EXISTS (
            SELECT FROM training_duty AS d
            WHERE d.session_id = s.id
                AND (nations IS NULL OR d.post_id::text = ANY (theirs))
                AND (people IS NULL OR d.post_id::text = ANY (held)
                    AND cadre_holds(d.post_id, s.during, people))
        ));
END $$;

-- The counts, one row for each window: sessions and engagements, how many of them are stopped
-- already, institutions, trainees (each course once, null where none is stated), people (posts
-- that teach), those of them away from their base, and people by nation and by site as JSON.
CREATE FUNCTION cadre_impact(
    asked_mission text, lines text[], sites text[], nations text[], units text[], people text[],
    hours text[], windows tstzrange[], stopped_lines text[], stopped_sites text[]
) RETURNS TABLE (
    number bigint, sessions bigint, engagements bigint, already bigint, institutions bigint,
    trainees bigint, unstated bigint, posts bigint, away bigint, by_nation json, by_site json
) LANGUAGE sql STABLE SET jit = off AS $$
    WITH reached AS MATERIALIZED (
        SELECT * FROM cadre_reached(
            asked_mission, lines, sites, nations, units, people, hours,
            (SELECT range_merge(range_agg(each)) FROM unnest(windows) AS each),
            stopped_lines, stopped_sites
        )
    ),
    met AS MATERIALIZED (
        SELECT w.number, r.* FROM unnest(windows) WITH ORDINALITY AS w (span, number)
        JOIN reached AS r ON r.during && w.span
    ),
    counted AS (
        SELECT number, count(*) FILTER (WHERE kind = 'session') AS sessions,
            count(*) FILTER (WHERE kind = 'engagement') AS engagements,
            count(*) FILTER (WHERE already) AS already
        FROM met GROUP BY number
    ),
    taught AS (
        SELECT number, count(DISTINCT c.institution_id) AS institutions,
            sum(c.trainees) AS trainees, count(*) FILTER (WHERE c.trainees IS NULL) AS unstated
        FROM (SELECT DISTINCT number, course FROM met) AS each
        JOIN training_course AS c ON c.id = each.course GROUP BY number
    ),
    teaching AS MATERIALIZED (
        SELECT met.number, p.id AS post, nation.name AS nation, base.name AS base,
            bool_or(base.code IS NOT NULL AND NOT base.code::text = ANY (met.path)) AS away
        FROM met JOIN training_duty AS d ON d.session_id = met.session
        JOIN mission_post AS p ON p.id = d.post_id
        LEFT JOIN mission_organisation AS nation ON nation.id = p.nation_id
        LEFT JOIN mission_site AS base ON base.id = p.site_id
        WHERE (nations IS NULL OR nation.code::text = ANY (nations))
            AND (people IS NULL OR cadre_holds(p.id, met.during, people))
        GROUP BY met.number, p.id, nation.name, base.name
    ),
    of_people AS (
        SELECT t.number, count(*) AS posts, count(*) FILTER (WHERE t.away) AS away,
            (SELECT json_object_agg(coalesce(nation, ''), count ORDER BY count DESC, nation) FROM (
                SELECT nation, count(*) FROM teaching WHERE teaching.number = t.number
                GROUP BY nation
            ) AS each) AS by_nation,
            (SELECT json_object_agg(coalesce(base, ''), count ORDER BY count DESC, base) FROM (
                SELECT base, count(*) FROM teaching WHERE teaching.number = t.number GROUP BY base
            ) AS each) AS by_site
        FROM teaching AS t GROUP BY t.number
    )
    SELECT w.number, coalesce(c.sessions, 0), coalesce(c.engagements, 0), coalesce(c.already, 0),
        coalesce(t.institutions, 0), t.trainees::bigint, coalesce(t.unstated, 0),
        coalesce(p.posts, 0), coalesce(p.away, 0), coalesce(p.by_nation, '{}'),
        coalesce(p.by_site, '{}')
    FROM generate_series(1, cardinality(windows)::bigint) AS w (number)
    LEFT JOIN counted AS c USING (number) LEFT JOIN taught AS t USING (number)
    LEFT JOIN of_people AS p USING (number)
    ORDER BY w.number
$$;

-- Of the sessions that a stop of some nations or people reaches: with how many somebody else is left
-- who teaches them, and with how many nobody, a row for each window.
CREATE FUNCTION cadre_left(
    asked_mission text, lines text[], sites text[], nations text[], units text[], people text[],
    hours text[], windows tstzrange[]
) RETURNS TABLE (number bigint, somebody bigint, nobody bigint)
LANGUAGE sql STABLE SET jit = off AS $$
    WITH reached AS MATERIALIZED (
        SELECT session, during FROM cadre_reached(
            asked_mission, lines, sites, nations, units, people, hours,
            (SELECT range_merge(range_agg(each)) FROM unnest(windows) AS each), '{}', '{}'
        )
    ),
    manned AS MATERIALIZED (
        SELECT r.during, EXISTS (
            SELECT FROM training_duty AS d JOIN mission_post AS p ON p.id = d.post_id
            LEFT JOIN mission_organisation AS nation ON nation.id = p.nation_id
            WHERE d.session_id = r.session AND NOT (
                (nations IS NULL OR coalesce(nation.code::text = ANY (nations), false))
                AND (people IS NULL OR cadre_holds(p.id, r.during, people))
            )
        ) AS others
        FROM reached AS r
    )
    SELECT w.number, count(*) FILTER (WHERE m.others), count(*) FILTER (WHERE NOT m.others)
    FROM unnest(windows) WITH ORDINALITY AS w (span, number)
    LEFT JOIN manned AS m ON m.during && w.span
    GROUP BY w.number ORDER BY w.number
$$;
