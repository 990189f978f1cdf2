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
period AS MATERIALIZED (SELECT min(at) AS first, max(at) AS last FROM asked),
-- The orders in question, as scopes in which something begins or ends: those that can have begun
-- by the last moment asked about, without what surely was lifted altogether before the first.
directive AS MATERIALIZED (
    SELECT * FROM cadre_known_directives($1, $7)
    WHERE mission IN (SELECT mission FROM cell)
        AND (lower(effective) IS NULL OR lower(effective) <= (SELECT last FROM period))
),
lift AS MATERIALIZED (
    SELECT directive, mission, l.lines, l.sites, l.nations, l.effective,
        upper(l.effective) <= (SELECT first FROM period)
            AND (l.lines IS NULL OR perhaps_lines <@ l.lines)
            AND (l.sites IS NULL OR perhaps_sites <@ l.sites)
            AND (l.nations IS NULL OR perhaps_nations <@ l.nations) AS over
    FROM cadre_known_lifts($1, $7) AS l JOIN directive USING (directive)
    WHERE lower(l.effective) IS NULL OR lower(l.effective) <= (SELECT last FROM period)
),
standing AS MATERIALIZED (
    SELECT * FROM directive
    WHERE directive NOT IN (SELECT directive FROM lift WHERE over)
),
scope AS MATERIALIZED (
    SELECT row_number() OVER () AS scope, each.* FROM (
        SELECT 'surely' AS kind, directive, mission, effect, sure_lines AS lines,
            sure_sites AS sites, sure_nations AS nations, effective
        FROM standing
        UNION ALL
        SELECT 'perhaps', directive, mission, effect, perhaps_lines, perhaps_sites,
            perhaps_nations, effective
        FROM standing
        UNION ALL
        SELECT 'lift', l.directive, l.mission, effect, l.lines, l.sites, l.nations, l.effective
        FROM lift AS l JOIN standing AS s USING (directive)
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
    SELECT mission, line, row_number() OVER (PARTITION BY mission)::integer - 1 AS number
    FROM (SELECT DISTINCT mission, line FROM cell) AS each
),
a_place AS MATERIALIZED (
    SELECT mission, place, wide, row_number() OVER (PARTITION BY mission)::integer - 1 AS number
    FROM (SELECT DISTINCT mission, place, wide FROM cell_place) AS each
),
a_nation AS MATERIALIZED (
    SELECT mission, nation, row_number() OVER (PARTITION BY mission)::integer - 1 AS number
    FROM (SELECT DISTINCT mission, nation FROM cell_nation) AS each
),
size AS MATERIALIZED (
    SELECT mission, l.count::integer AS lines, p.count::integer AS places,
        n.count::integer AS nations
    FROM (SELECT mission, count(*) FROM a_line GROUP BY mission) AS l
    JOIN (SELECT mission, count(*) FROM a_place GROUP BY mission) AS p USING (mission)
    JOIN (SELECT mission, count(*) FROM a_nation GROUP BY mission) AS n USING (mission)
),
-- Which of them each name means, and which each scope covers: a bit for each.
line_bits AS (
    SELECT mission, line AS name, set_bit(repeat('0', s.lines)::varbit, number, 1) AS bits
    FROM a_line JOIN size AS s USING (mission)
),
place_bits AS (
    SELECT p.mission, named.name, named.wide,
        bit_or(set_bit(repeat('0', s.places)::varbit, p.number, 1)) AS bits
    FROM a_place AS p JOIN size AS s USING (mission) LEFT JOIN stray USING (mission),
        LATERAL (
            SELECT unnest(p.place) AS name, false AS wide
            UNION ALL SELECT unnest(names), true WHERE p.wide
        ) AS named
    GROUP BY p.mission, named.name, named.wide
),
nation_bits AS (
    SELECT mission, nation AS name, set_bit(repeat('0', s.nations)::varbit, number, 1) AS bits
    FROM a_nation JOIN size AS s USING (mission)
),
scope_lines AS (
    SELECT scope, bit_or(bits) AS bits
    FROM (SELECT scope, mission, unnest(lines) AS name FROM scope) AS each
    JOIN line_bits USING (mission, name) GROUP BY scope
),
scope_places AS (
    SELECT scope, bit_or(bits) FILTER (WHERE NOT wide) AS bits, bit_or(bits) AS widest
    FROM (SELECT scope, mission, unnest(sites) AS name FROM scope) AS each
    JOIN place_bits USING (mission, name) GROUP BY scope
),
scope_nations AS (
    SELECT scope, bit_or(bits) AS bits
    FROM (SELECT scope, mission, unnest(nations) AS name FROM scope) AS each
    JOIN nation_bits USING (mission, name) GROUP BY scope
),
covered AS (
    SELECT scope, kind, directive, mission, effect, effective,
        CASE WHEN scope.lines IS NULL THEN repeat('1', s.lines)
            ELSE coalesce(l.bits::text, repeat('0', s.lines)) END AS lines,
        CASE WHEN scope.sites IS NULL THEN repeat('1', s.places)
            ELSE coalesce(p.bits::text, repeat('0', s.places)) END AS places,
        CASE WHEN kind = 'lift' AND p.widest IS DISTINCT FROM p.bits THEN p.widest::text END
            AS widest,
        CASE WHEN scope.nations IS NULL THEN repeat('1', s.nations)
            ELSE coalesce(n.bits::text, repeat('0', s.nations)) END AS nations
    FROM scope JOIN size AS s USING (mission)
    LEFT JOIN scope_lines AS l USING (scope) LEFT JOIN scope_places AS p USING (scope)
    LEFT JOIN scope_nations AS n USING (scope)
),
covering AS MATERIALIZED (
    SELECT scope, kind, directive, mission, effect, effective,
        cadre_parts(lines, places, nations) AS parts,
        CASE WHEN widest IS NOT NULL THEN cadre_parts(lines, widest, nations) END AS widest
    FROM covered
),
-- What counts in which bound, over which spans of time, in which parts. Each lift takes its parts
-- away from the moment on from which it can have come (surely) or surely has (perhaps).
ending AS (
    SELECT directive, kind, '-infinity'::timestamptz AS at, parts & ~parts AS parts
    FROM covering WHERE kind <> 'lift'
    UNION ALL
    SELECT directive, 'surely', coalesce(lower(effective), '-infinity'),
        coalesce(widest, parts)
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
        cadre_parts(
            overlay(repeat('0', s.lines) PLACING '1' FROM number + 1),
            repeat('1', s.places), repeat('1', s.nations)
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
        (l.number * s.places + p.first) * s.nations + n.first AS part,
        CASE WHEN p.count * n.count > 1 THEN cadre_parts(
            overlay(repeat('0', s.lines) PLACING '1' FROM l.number + 1),
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
