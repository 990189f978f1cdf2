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
SET work_mem = '64MB' SET jit = off SET enable_nestloop = off AS $function$
DECLARE
    began timestamptz := CASE WHEN known_on IS NOT NULL THEN cadre_began() END;
BEGIN
    RETURN QUERY EXECUTE format($query$
WITH asked AS MATERIALIZED (
    SELECT question::bigint, mission::text, line::text, coalesce(site, '')::text AS site,
        coalesce(nation, '')::text AS nation, at::timestamptz
    FROM (%s) AS source
),
cell AS MATERIALIZED (
    SELECT row_number() OVER () AS cell, mission, line, site, nation,
        coalesce(s.path::text[], '{}') AS path
    FROM (SELECT DISTINCT mission, line, site, nation FROM asked) AS c
    LEFT JOIN mission_site AS s ON s.code = c.site
    WHERE c.site = '' OR s.code IS NOT NULL
),
last_asked AS MATERIALIZED (SELECT max(at) AS at FROM asked),
-- The orders in question, as scopes in which something begins or ends.
directive AS MATERIALIZED (
    SELECT * FROM cadre_known_directives($1, $7)
    WHERE mission IN (SELECT mission FROM cell)
),
scope AS MATERIALIZED (
    SELECT row_number() OVER () AS scope, each.* FROM (
        SELECT 'surely' AS kind, directive, mission, sure_lines AS lines, sure_sites AS sites,
            sure_nations AS nations, effective
        FROM directive
        UNION ALL
        SELECT 'perhaps', directive, mission, perhaps_lines, perhaps_sites, perhaps_nations,
            effective
        FROM directive
        UNION ALL
        SELECT 'lift', directive, d.mission, l.lines, l.sites, l.nations, l.effective
        FROM cadre_known_lifts($1, $7) AS l JOIN directive AS d USING (directive)
    ) AS each
),
-- What is told apart: lines, places and nations, numbered within each mission.
node AS MATERIALIZED (
    SELECT DISTINCT path[:length]::text[] AS path
    FROM mission_site, generate_series(1, cardinality(path)) AS length
),
stray AS MATERIALIZED (  -- sites that orders name and the tree of places does not know
    SELECT mission, array_agg(DISTINCT name) AS names FROM scope, unnest(sites) AS name
    WHERE name NOT IN (SELECT unnest(path) FROM node) GROUP BY mission
),
within AS MATERIALIZED (
    SELECT c.path AS path, n.path AS place
    FROM (SELECT DISTINCT path FROM cell) AS c
    JOIN node AS n ON n.path[:cardinality(c.path)] = c.path
    UNION SELECT path, path FROM cell
),
cell_place AS MATERIALIZED (  -- wide: it may turn out to be at any of the stray sites
    SELECT c.mission, c.path, w.place, c.path = '{}' AND s.names IS NOT NULL AS wide
    FROM (SELECT DISTINCT mission, path FROM cell) AS c JOIN within AS w USING (path)
    LEFT JOIN stray AS s USING (mission)
    UNION
    SELECT c.mission, c.path, ARRAY[name], true
    FROM cell AS c JOIN stray AS s USING (mission), unnest(s.names) AS name WHERE c.path = '{}'
),
cell_nation AS MATERIALIZED (
    SELECT mission, nation AS asked, nation FROM cell
    UNION
    SELECT s.mission, '', nation FROM scope AS s, unnest(s.nations) AS nation
    WHERE EXISTS (SELECT FROM cell AS c WHERE c.mission = s.mission AND c.nation = '')
),
a_line AS MATERIALIZED (
    SELECT mission, line, row_number() OVER (PARTITION BY mission) - 1 AS number
    FROM (SELECT DISTINCT mission, line FROM cell) AS each
),
a_place AS MATERIALIZED (
    SELECT mission, place, wide, row_number() OVER (PARTITION BY mission) - 1 AS number
    FROM (SELECT DISTINCT mission, place, wide FROM cell_place) AS each
),
a_nation AS MATERIALIZED (
    SELECT mission, nation, row_number() OVER (PARTITION BY mission) - 1 AS number
    FROM (SELECT DISTINCT mission, nation FROM cell_nation) AS each
),
size AS MATERIALIZED (
    SELECT mission, l.count AS lines, p.count AS places, n.count AS nations
    FROM (SELECT mission, count(*) FROM a_line GROUP BY mission) AS l
    JOIN (SELECT mission, count(*) FROM a_place GROUP BY mission) AS p USING (mission)
    JOIN (SELECT mission, count(*) FROM a_nation GROUP BY mission) AS n USING (mission)
),
-- Which of them each scope covers, as characters 0 and 1.
scope_lines AS (
    SELECT scope, string_agg(
        CASE WHEN lines IS NULL OR line = ANY (lines) THEN '1' ELSE '0' END, '' ORDER BY number
    ) AS covered
    FROM scope JOIN a_line USING (mission) GROUP BY scope
),
scope_places AS (
    SELECT scope, string_agg(
        CASE WHEN sites IS NULL OR sites && place THEN '1'
            WHEN wide AND kind = 'lift' AND sites && names THEN '2' ELSE '0' END,
        '' ORDER BY number
    ) AS covered
    FROM scope JOIN a_place USING (mission) LEFT JOIN stray USING (mission) GROUP BY scope
),
scope_nations AS (
    SELECT scope, string_agg(
        CASE WHEN nations IS NULL OR nation = ANY (nations) THEN '1' ELSE '0' END,
        '' ORDER BY number
    ) AS covered
    FROM scope JOIN a_nation USING (mission) GROUP BY scope
),
covering AS MATERIALIZED (
    SELECT scope, kind, directive, mission, effective,
        cadre_parts(l.covered, translate(p.covered, '2', '0'), n.covered) AS parts,
        cadre_parts(l.covered, translate(p.covered, '2', '1'), n.covered) AS widest
    FROM scope JOIN scope_lines AS l USING (scope) JOIN scope_places AS p USING (scope)
    JOIN scope_nations AS n USING (scope)
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
    SELECT c.mission, c.kind, d.effect,
        greatest(e.at, CASE c.kind WHEN 'surely' THEN upper(c.effective)
            ELSE coalesce(lower(c.effective), '-infinity') END) AS since,
        coalesce(lead(e.at) OVER in_time, 'infinity') AS until,
        c.parts & ~bit_or(e.parts) OVER in_time AS parts
    FROM covering AS c JOIN directive AS d USING (directive)
    JOIN ending AS e USING (directive, kind)
    WHERE c.kind = 'perhaps' OR upper(c.effective) IS NOT NULL
    WINDOW in_time AS (
        PARTITION BY c.directive, c.kind ORDER BY e.at ROWS UNBOUNDED PRECEDING
    )
    UNION ALL  -- while nothing surely opens a line, nobody said that it runs
    SELECT mission, 'perhaps', 2, coalesce(lower(closed), '-infinity'),
        coalesce(upper(closed), 'infinity'),
        cadre_parts(
            overlay(repeat('0', s.lines::int) PLACING '1' FROM number::int + 1),
            repeat('1', s.places::int), repeat('1', s.nations::int)
        )
    FROM (
        SELECT l.mission, l.number,
            '{(,)}'::tstzmultirange - coalesce(range_agg(a.during), '{}') AS gaps
        FROM a_line AS l
        LEFT JOIN cadre_known_authorisations($1, $7) AS a
            ON a.mission = l.mission AND (a.lines IS NULL OR l.line = ANY (a.lines))
        GROUP BY l.mission, l.number
    ) AS line JOIN size AS s USING (mission), unnest(line.gaps) AS closed
),
live AS MATERIALIZED (
    SELECT * FROM span WHERE since < until AND since <= (SELECT at FROM last_asked)
),
point AS MATERIALIZED (
    SELECT array_agg(at ORDER BY at) AS points FROM (
        SELECT '-infinity'::timestamptz AS at UNION SELECT since FROM live
        UNION SELECT until FROM live
    ) AS each
),
-- Where each question stands: its cell, and the number of the span of time of its moment.
placed AS MATERIALIZED (
    SELECT a.question, c.cell, c.mission,
        width_bucket(a.at, (SELECT points FROM point)) AS span
    FROM asked AS a LEFT JOIN cell AS c USING (mission, line, site, nation)
),
reached AS MATERIALIZED (
    SELECT mission, array_agg(span ORDER BY span) AS spans
    FROM (SELECT DISTINCT mission, span FROM placed WHERE cell + span IS NOT NULL) AS each
    GROUP BY mission
),
state AS MATERIALIZED (
    SELECT mission, spans[place] AS span,
        bit_or(parts) FILTER (WHERE kind = 'surely' AND effect = 2) AS surely_suspended,
        bit_or(parts) FILTER (WHERE kind = 'surely') AS surely_stopped,
        bit_or(parts) FILTER (WHERE kind = 'perhaps' AND effect = 2) AS perhaps_suspended,
        bit_or(parts) FILTER (WHERE kind = 'perhaps') AS perhaps_stopped
    FROM live JOIN reached USING (mission), generate_series(
        width_bucket(width_bucket(since, (SELECT points FROM point)) - 1, spans) + 1,
        width_bucket(width_bucket(until, (SELECT points FROM point)) - 1, spans)
    ) AS place
    GROUP BY mission, spans[place]
),
cell_parts AS MATERIALIZED (
    SELECT c.cell,
        ((l.number * s.places + p.first) * s.nations + n.first)::integer AS part,
        CASE WHEN p.count * n.count > 1 THEN cadre_parts(
            overlay(repeat('0', s.lines::int) PLACING '1' FROM l.number::int + 1),
            p.covered, n.covered
        ) END AS parts
    FROM cell AS c JOIN size AS s USING (mission) JOIN a_line AS l USING (mission, line)
    JOIN (
        SELECT mission, path, min(number) FILTER (WHERE mine) AS first,
            count(*) FILTER (WHERE mine) AS count,
            string_agg(mine::int::text, '' ORDER BY number) AS covered
        FROM (
            SELECT each.mission, each.path, a.number, c.place IS NOT NULL AS mine
            FROM (SELECT DISTINCT mission, path FROM cell) AS each
            JOIN a_place AS a USING (mission)
            LEFT JOIN cell_place AS c USING (mission, path, place, wide)
        ) AS places GROUP BY mission, path
    ) AS p USING (mission, path)
    JOIN (
        SELECT mission, asked, min(number) FILTER (WHERE mine) AS first,
            count(*) FILTER (WHERE mine) AS count,
            string_agg(mine::int::text, '' ORDER BY number) AS covered
        FROM (
            SELECT each.mission, each.asked, a.number, c.nation IS NOT NULL AS mine
            FROM (SELECT DISTINCT mission, nation AS asked FROM cell) AS each
            JOIN a_nation AS a USING (mission)
            LEFT JOIN cell_nation AS c USING (mission, asked, nation)
        ) AS nations GROUP BY mission, asked
    ) AS n ON n.mission = c.mission AND n.asked = c.nation
)
SELECT p.question,
    CASE WHEN p.cell IS NULL OR p.span IS NULL THEN NULL
        WHEN cadre_everywhere(s.surely_suspended, c.part, c.parts) THEN 2
        WHEN cadre_everywhere(s.surely_stopped, c.part, c.parts) THEN 1 ELSE 0 END,
    CASE WHEN p.cell IS NULL OR p.span IS NULL THEN NULL
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

-- The same for questions that come as arrays; a question's number is its place in them.
CREATE FUNCTION cadre_rulings(
    missions text[], lines text[], sites text[], nations text[], moments timestamptz[],
    known_on timestamptz
) RETURNS TABLE (question bigint, lower integer, upper integer) LANGUAGE sql STABLE AS $$
    SELECT * FROM cadre_rulings_on(
        'SELECT * FROM unnest($2, $3, $4, $5, $6) WITH ORDINALITY'
        ' AS asked (mission, line, site, nation, at, question)',
        known_on, missions, lines, sites, nations, moments
    )
$$;
