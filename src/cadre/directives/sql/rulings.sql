-- Rulings for many questions at once. `source` is a query that gives question, mission, line,
-- site, nation and at; the other arguments are what it may name as $2 to $6.
--
-- For every span of time in which nothing changes and that is asked about, the state of the
-- whole mission is kept as bits, one for each part (see cadre_parts); a question then looks up
-- the bits of its cell. So the work grows with the orders and the cells, not with their product
-- with the questions.
CREATE FUNCTION cadre_rulings_on(
    source text, known_on timestamptz,
    missions text[], lines text[], sites text[], nations text[], moments timestamptz[]
) RETURNS TABLE (question bigint, lower integer, upper integer)
LANGUAGE plpgsql STABLE
SET work_mem = '64MB' SET jit = off SET enable_nestloop = off SET enable_sort = off AS $function$
DECLARE
    began timestamptz := CASE WHEN known_on IS NOT NULL THEN cadre_began() END;
BEGIN
    RETURN QUERY EXECUTE format($query$
WITH cell AS MATERIALIZED (
    SELECT row_number() OVER () AS cell, c.*, coalesce(s.path::text[], '{}') AS path
    FROM (
        SELECT mission::text, line::text, coalesce(site, '')::text AS site,
            coalesce(nation, '')::text AS nation, array_agg(question::bigint) AS questions,
            array_agg(at::timestamptz) AS moments, min(at) AS first, max(at) AS last
        FROM (%s) AS source GROUP BY 1, 2, 3, 4
    ) AS c
    LEFT JOIN mission_site AS s ON s.code = c.site
),
found AS MATERIALIZED (  -- cells at places that are on record
    SELECT cell, mission, line, site, nation, path FROM cell WHERE site = '' OR path <> '{}'
),
period AS MATERIALIZED (SELECT min(first) AS first, max(last) AS last FROM cell),
-- The orders in question, as scopes in which something begins or ends: those that can have begun
-- by the last moment asked about, without what surely was lifted altogether before the first.
directive AS MATERIALIZED (
    SELECT * FROM cadre_known_directives($1, $7)
    WHERE mission IN (SELECT mission FROM found)
        AND (lower(effective) IS NULL OR lower(effective) <= (SELECT last FROM period))
),
lift AS MATERIALIZED (
    SELECT directive, mission, l.lines, l.sites, l.nations, l.units, l.people, l.hours,
        l.effective,
        upper(l.effective) <= (SELECT first FROM period)
            AND (l.lines IS NULL OR perhaps_lines <@ l.lines)
            AND (l.sites IS NULL OR perhaps_sites <@ l.sites)
            AND (l.nations IS NULL OR perhaps_nations <@ l.nations)
            AND (l.units IS NULL OR d.units <@ l.units)
            AND (l.people IS NULL OR d.people <@ l.people)
            AND (l.hours IS NULL OR d.hours <@ l.hours) AS over
    FROM cadre_known_lifts($1, $7) AS l JOIN directive AS d USING (directive)
    WHERE lower(l.effective) IS NULL OR lower(l.effective) <= (SELECT last FROM period)
),
standing AS MATERIALIZED (
    SELECT * FROM directive
    WHERE directive NOT IN (SELECT directive FROM lift WHERE over)
),
scope AS MATERIALIZED (
    SELECT row_number() OVER () AS scope, each.* FROM (
        SELECT 'surely' AS kind, directive, mission, effect, sure_lines AS lines,
            sure_sites AS sites, sure_nations AS nations, units, people, hours, effective
        FROM standing
        UNION ALL
        SELECT 'perhaps', directive, mission, effect, perhaps_lines, perhaps_sites,
            perhaps_nations, units, people, hours, effective
        FROM standing
        UNION ALL
        SELECT 'lift', l.directive, l.mission, effect, l.lines, l.sites, l.nations,
            l.units, l.people, l.hours, l.effective
        FROM lift AS l JOIN standing AS s USING (directive)
    ) AS each
),
-- What is told apart: lines, places and parties, numbered within each mission.
node AS MATERIALIZED (
    SELECT DISTINCT path[:length]::text[] AS path, path[length]::text AS name
    FROM mission_site, generate_series(1, cardinality(path)) AS length
),
-- A place is what the orders call it by: the names on its path that one of them names. Places that
-- no order tells apart are one.
named AS MATERIALIZED (SELECT DISTINCT unnest(sites) AS name FROM scope),
at_place AS MATERIALIZED (
    SELECT path FROM node UNION SELECT path FROM found
),
called AS MATERIALIZED (
    SELECT path, coalesce(place, '{}') AS place
    FROM at_place LEFT JOIN (
        SELECT path, array_agg(name ORDER BY number) AS place
        FROM at_place, unnest(path) WITH ORDINALITY AS step (name, number)
        JOIN named USING (name)
        GROUP BY path
    ) AS known USING (path)
),
stray AS MATERIALIZED (  -- sites that orders name and the tree of places does not know
    SELECT mission, array_agg(DISTINCT each.name) AS names FROM scope, unnest(sites) AS each (name)
    WHERE NOT EXISTS (SELECT FROM node WHERE node.name = each.name) GROUP BY mission
),
within AS MATERIALIZED (
    SELECT DISTINCT c.path AS path, n.place
    FROM (
        SELECT place, path[:length] AS above
        FROM called, generate_series(0, cardinality(path)) AS length
    ) AS n
    JOIN (SELECT DISTINCT path FROM found) AS c ON c.path = n.above
),
cell_place AS MATERIALIZED (  -- wide: it may turn out to be at any of the stray sites
    SELECT c.mission, c.path, w.place, c.path = '{}' AND s.names IS NOT NULL AS wide
    FROM (SELECT DISTINCT mission, path FROM found) AS c JOIN within AS w USING (path)
    LEFT JOIN stray AS s USING (mission)
    UNION
    SELECT c.mission, c.path, ARRAY[name], true
    FROM found AS c JOIN stray AS s USING (mission), unnest(s.names) AS name WHERE c.path = '{}'
),
cell_nation AS MATERIALIZED (
    SELECT mission, nation AS asked, nation FROM found
    UNION
    SELECT s.mission, '', nation FROM scope AS s, unnest(s.nations) AS nation
    WHERE EXISTS (SELECT FROM found AS c WHERE c.mission = s.mission AND c.nation = '')
),
a_line AS MATERIALIZED (
    SELECT mission, line, row_number() OVER (PARTITION BY mission)::integer - 1 AS number
    FROM (SELECT DISTINCT mission, line FROM found) AS each
),
a_place AS MATERIALIZED (
    SELECT mission, place, wide, row_number() OVER (PARTITION BY mission)::integer - 1 AS number
    FROM (SELECT DISTINCT mission, place, wide FROM cell_place) AS each
),
-- The names that scopes give in the dimensions that are open. Units, people and hours that are
-- always named together are one: the first of them stands for all.
named_beside AS MATERIALIZED (
    SELECT scope, mission, dimension, name FROM scope, LATERAL (VALUES
        ('nation', nations), ('unit', units), ('person', people), ('hour', hours)
    ) AS each (dimension, names), unnest(names) AS name
),
alike AS MATERIALIZED (
    SELECT mission, dimension, name,
        CASE WHEN dimension = 'nation' THEN name
            ELSE min(name) OVER (PARTITION BY mission, dimension, scopes) END AS called
    FROM (
        SELECT mission, dimension, name, array_agg(scope ORDER BY scope) AS scopes
        FROM named_beside GROUP BY mission, dimension, name
    ) AS each
),
beside AS MATERIALIZED (
    SELECT DISTINCT mission, dimension, called FROM alike WHERE dimension <> 'nation'
    UNION SELECT DISTINCT mission, dimension, ''
    FROM found, unnest(ARRAY['unit', 'person', 'hour']) AS dimension
),
a_party AS MATERIALIZED (
    SELECT mission, n.nation, u.called AS unit, p.called AS person, h.called AS hour,
        row_number() OVER (PARTITION BY mission)::integer - 1 AS number
    FROM (SELECT DISTINCT mission, nation FROM cell_nation) AS n
    JOIN beside AS u USING (mission) JOIN beside AS p USING (mission)
    JOIN beside AS h USING (mission)
    WHERE u.dimension = 'unit' AND p.dimension = 'person' AND h.dimension = 'hour'
),
size AS MATERIALIZED (
    SELECT mission, l.count::integer AS lines, p.count::integer AS places,
        n.count::integer AS parties, repeat('1', (l.count * p.count * n.count)::integer)::varbit
            AS every
    FROM (SELECT mission, count(*) FROM a_line GROUP BY mission) AS l
    JOIN (SELECT mission, count(*) FROM a_place GROUP BY mission) AS p USING (mission)
    JOIN (SELECT mission, count(*) FROM a_party GROUP BY mission) AS n USING (mission)
),
-- The parts that each name means, and those that each scope covers.
line_parts AS MATERIALIZED (
    SELECT mission, line AS name, cadre_parts(
        overlay(repeat('0', s.lines) PLACING '1' FROM number + 1),
        repeat('1', s.places), repeat('1', s.parties)
    ) AS parts
    FROM a_line JOIN size AS s USING (mission)
),
beside_parts AS MATERIALIZED (
    SELECT mission, dimension, name, cadre_parts(
        repeat('1', s.lines), repeat('1', s.places), each.parties::text
    ) AS parts
    FROM (
        SELECT mission, dimension, name,
            bit_or(overlay(none PLACING '1' FROM number + 1)::varbit) AS parties
        FROM alike JOIN a_party AS p USING (mission)
        JOIN (SELECT mission, repeat('0', parties) AS none FROM size) AS each USING (mission)
        WHERE called = CASE dimension WHEN 'nation' THEN p.nation WHEN 'unit' THEN p.unit
            WHEN 'person' THEN p.person ELSE p.hour END
        GROUP BY mission, dimension, name
    ) AS each JOIN size AS s USING (mission)
),
place_parts AS MATERIALIZED (  -- perhaps: those that may turn out to lie there
    SELECT mission, each.name, each.perhaps, bit_or(cadre_parts(
        repeat('1', s.lines), overlay(repeat('0', s.places) PLACING '1' FROM number + 1),
        repeat('1', s.parties)
    )) AS parts
    FROM (
        SELECT mission, number, unnest(place) AS name, false AS perhaps FROM a_place
        UNION ALL
        SELECT mission, number, unnest(names), true FROM a_place JOIN stray USING (mission)
        WHERE wide
    ) AS each JOIN size AS s USING (mission)
    GROUP BY mission, each.name, each.perhaps
),
scope_lines AS (
    SELECT scope, bit_or(parts) AS parts
    FROM (SELECT scope, mission, unnest(lines) AS name FROM scope) AS each
    JOIN line_parts USING (mission, name) GROUP BY scope
),
scope_places AS (
    SELECT scope, bit_or(parts) FILTER (WHERE NOT perhaps) AS parts,
        bit_or(parts) AS widest
    FROM (SELECT scope, mission, unnest(sites) AS name FROM scope) AS each
    JOIN place_parts USING (mission, name) GROUP BY scope
),
scope_beside AS (
    SELECT scope, bit_and(parts) AS parts
    FROM (
        SELECT scope, dimension, bit_or(coalesce(parts, ~every)) AS parts
        FROM named_beside JOIN size USING (mission)
        LEFT JOIN beside_parts USING (mission, dimension, name)
        GROUP BY scope, dimension
    ) AS each GROUP BY scope
),
covering AS MATERIALIZED (
    SELECT scope, kind, directive, mission, effect, effective,
        at_lines & of_parties & CASE WHEN scope.sites IS NULL THEN every
            ELSE coalesce(p.parts, ~every) END AS parts,
        at_lines & of_parties & CASE WHEN scope.sites IS NULL THEN every
            ELSE coalesce(p.widest, ~every) END AS widest
    FROM scope JOIN size USING (mission)
    LEFT JOIN scope_lines AS l USING (scope) LEFT JOIN scope_places AS p USING (scope)
    LEFT JOIN scope_beside AS n USING (scope),
        LATERAL (
            SELECT CASE WHEN scope.lines IS NULL THEN every ELSE coalesce(l.parts, ~every) END
                AS at_lines,
            coalesce(n.parts, every) AS of_parties
        ) AS each
),
-- What counts in which bound, over which spans of time, in which parts. Each lift takes its parts
-- away from the moment on from which it can have come (surely) or surely has (perhaps).
ending AS (
    SELECT directive, kind, '-infinity'::timestamptz AS at, parts & ~parts AS parts
    FROM covering WHERE kind <> 'lift'
    UNION ALL
    SELECT directive, 'surely', coalesce(lower(effective), '-infinity'), widest
    FROM covering WHERE kind = 'lift'
    UNION ALL
    SELECT directive, 'perhaps', upper(effective), parts
    FROM covering WHERE kind = 'lift' AND upper(effective) IS NOT NULL
),
span AS MATERIALIZED (
    SELECT c.mission, c.kind, c.effect,
        greatest(e.at, CASE c.kind WHEN 'surely' THEN upper(c.effective)
            ELSE coalesce(lower(c.effective), '-infinity') END) AS since,
        coalesce(lead(e.at) OVER in_time, 'infinity') AS until,
        c.parts & ~bit_or(e.parts) OVER in_time AS parts
    FROM covering AS c JOIN ending AS e USING (directive, kind)
    WHERE c.kind = 'perhaps' OR upper(c.effective) IS NOT NULL
    WINDOW in_time AS (
        PARTITION BY c.directive, c.kind ORDER BY e.at ROWS UNBOUNDED PRECEDING
    )
    UNION ALL  -- while nothing surely opens a line, nobody said that it runs
    SELECT mission, 'perhaps', 2, coalesce(lower(closed), '-infinity'),
        coalesce(upper(closed), 'infinity'),
        parts
    FROM (
        SELECT l.mission, l.parts,
            '{(,)}'::tstzmultirange - coalesce(range_agg(a.during), '{}') AS gaps
        FROM line_parts AS l
        LEFT JOIN cadre_known_authorisations($1, $7) AS a
            ON a.mission = l.mission AND (a.lines IS NULL OR l.name = ANY (a.lines))
        GROUP BY l.mission, l.parts
    ) AS line, unnest(line.gaps) AS closed
),
live AS MATERIALIZED (
    SELECT * FROM span CROSS JOIN period
    WHERE since < until AND since <= last AND first < until
        AND parts <> parts & ~parts  -- it is not lifted everywhere
),
point AS MATERIALIZED (
    SELECT array_agg(at ORDER BY at) AS points FROM (
        SELECT '-infinity'::timestamptz AS at UNION SELECT since FROM live
        UNION SELECT until FROM live
    ) AS each
),
-- Where each question stands: its cell, and the number of the span of time of its moment.
placed AS MATERIALIZED (
    SELECT cell, mission, question, width_bucket(at, (SELECT points FROM point)) AS span
    FROM (
        SELECT cell, mission, unnest(questions) AS question, unnest(moments) AS at FROM cell
    ) AS each
),
reached AS MATERIALIZED (
    SELECT mission, array_agg(span ORDER BY span) AS spans
    FROM (SELECT DISTINCT mission, span FROM placed WHERE span IS NOT NULL) AS each
    GROUP BY mission
),
state AS MATERIALIZED (
    SELECT mission, span,
        surely_suspended, coalesce(surely_restricted | surely_suspended,
            surely_restricted, surely_suspended) AS surely_stopped,
        perhaps_suspended, coalesce(perhaps_restricted | perhaps_suspended,
            perhaps_restricted, perhaps_suspended) AS perhaps_stopped
    FROM (
        SELECT mission, spans[place] AS span,
            bit_or(parts) FILTER (WHERE kind = 'surely' AND effect = 2) AS surely_suspended,
            bit_or(parts) FILTER (WHERE kind = 'surely' AND effect = 1) AS surely_restricted,
            bit_or(parts) FILTER (WHERE kind = 'perhaps' AND effect = 2) AS perhaps_suspended,
            bit_or(parts) FILTER (WHERE kind = 'perhaps' AND effect = 1) AS perhaps_restricted
        FROM live JOIN reached USING (mission), generate_series(
            width_bucket(width_bucket(since, (SELECT points FROM point)) - 1, spans) + 1,
            width_bucket(width_bucket(until, (SELECT points FROM point)) - 1, spans)
        ) AS place
        GROUP BY mission, spans[place]
    ) AS each
),
cell_parts AS MATERIALIZED (
    SELECT c.cell,
        (l.number * s.places + p.first) * s.parties + n.first AS part,
        CASE WHEN p.count * n.count > 1 THEN cadre_parts(
            overlay(repeat('0', s.lines) PLACING '1' FROM l.number + 1),
            p.covered, n.covered
        ) END AS parts
    FROM found AS c JOIN size AS s USING (mission) JOIN a_line AS l USING (mission, line)
    JOIN (
        SELECT mission, path, min(number) AS first, count(*) AS count,
            bit_or(overlay(none PLACING '1' FROM number + 1)::varbit)::text AS covered
        FROM cell_place JOIN a_place USING (mission, place, wide)
        JOIN (SELECT mission, repeat('0', places) AS none FROM size) AS each USING (mission)
        GROUP BY mission, path
    ) AS p USING (mission, path)
    JOIN (
        SELECT mission, asked AS nation, min(number) AS first, count(*) AS count,
            bit_or(overlay(none PLACING '1' FROM number + 1)::varbit)::text AS covered
        FROM cell_nation JOIN a_party USING (mission, nation)
        JOIN (SELECT mission, repeat('0', parties) AS none FROM size) AS each USING (mission)
        GROUP BY mission, asked
    ) AS n USING (mission, nation)
)
SELECT p.question,
    CASE WHEN c.part IS NULL OR p.span IS NULL THEN NULL
        WHEN cadre_everywhere(s.surely_suspended, c.part, c.parts) THEN 2
        WHEN cadre_everywhere(s.surely_stopped, c.part, c.parts) THEN 1 ELSE 0 END,
    CASE WHEN c.part IS NULL OR p.span IS NULL THEN NULL
        WHEN cadre_anywhere(s.perhaps_suspended, c.part, c.parts) THEN 2
        WHEN cadre_anywhere(s.perhaps_stopped, c.part, c.parts) THEN 1 ELSE 0 END
FROM placed AS p
LEFT JOIN cell_parts AS c USING (cell)
LEFT JOIN state AS s USING (mission, span)
    $query$, source)
    USING known_on, missions, lines, sites, nations, moments, began;
END $function$;

-- The rulings for the questions in a table or view with the columns question, mission, line,
-- site, nation (codes; '' or null: the mission as a whole, all nations) and at, as known on a
-- moment (null: by now). The bounds are null for a site that is not on record for who asks.
CREATE FUNCTION cadre_rulings(questions regclass, known_on timestamptz)
RETURNS TABLE (question bigint, lower integer, upper integer) LANGUAGE sql STABLE AS $$
    SELECT * FROM cadre_rulings_on(
        format('SELECT question, mission, line, site, nation, at FROM %s', questions),
        known_on, NULL, NULL, NULL, NULL, NULL
    )
$$;

-- The same for questions that come as arrays; a question's number is its place in them. `viewer`:
-- the four settings that say who looks, as for cadre_ask.
CREATE FUNCTION cadre_rulings(
    viewer text[], missions text[], lines text[], sites text[], nations text[],
    moments timestamptz[], known_on timestamptz
) RETURNS TABLE (question bigint, lower integer, upper integer) LANGUAGE plpgsql AS $$
DECLARE
    before text[] := cadre_told();
BEGIN
    PERFORM cadre_tell(viewer);
    RETURN QUERY SELECT * FROM cadre_rulings_on(
        'SELECT * FROM unnest($2, $3, $4, $5, $6) WITH ORDINALITY'
        ' AS asked (mission, line, site, nation, at, question)',
        known_on, missions, lines, sites, nations, moments
    );
    PERFORM cadre_tell(before);
END $$;
