-- Everything that posture rests on, as one viewer may know it on a moment (null: by now), in one
-- statement whose plan a session keeps: a row of JSON with a list for each table. What
-- directives.queries.World makes of it is the twin of what posture.sql rules on.
--
-- Each item says its id and its classification, since a look at it may have to be noted (K5).
-- `viewer`: the four settings that say who looks; they hold inside, and are then what they were.
CREATE FUNCTION cadre_world(viewer text[], known_on timestamptz) RETURNS TABLE (
    missions json, lines json, sites json, presences json,
    directives json, timings json, lifts json, authorisations json, withdrawals json, reviews json
) LANGUAGE plpgsql AS $$
DECLARE
    before text[] := cadre_told();
    began timestamptz := CASE WHEN known_on IS NOT NULL THEN cadre_began() END;
BEGIN
    PERFORM cadre_tell(viewer);
    RETURN QUERY SELECT
        (SELECT coalesce(json_agg(each ORDER BY code), '[]') FROM (
            SELECT id, classification, pack, code, name,
                id IN (SELECT known.id FROM mission_mission_known(known_on, began) AS known)
                    AS known
            FROM mission_mission
        ) AS each),
        (SELECT coalesce(json_agg(each ORDER BY code), '[]') FROM (
            SELECT id, classification, mission_id AS mission, code, name
            FROM mission_activityline_known(known_on, began)
        ) AS each),
        (SELECT coalesce(json_agg(each ORDER BY name), '[]') FROM (
            SELECT id, classification, code, name, path FROM mission_site
        ) AS each),
        (SELECT coalesce(json_agg(each), '[]') FROM (
            SELECT id, classification, mission_id AS mission, site_id AS site
            FROM mission_presence_known(known_on, began)
        ) AS each),
        -- A directive is known as soon as anything about its times is; `whole` once it is itself.
        (SELECT coalesce(json_agg(each ORDER BY number), '[]') FROM (
            SELECT d.id, d.classification, d.pack, d.claims, d.number, m.code AS mission, d.effect,
                d.authority, d.reason, d.temporary,
                d.sure_lines, d.sure_sites, d.sure_nations,
                d.perhaps_lines, d.perhaps_sites, d.perhaps_nations, d.units, d.people, d.hours,
                d.kind, d.nation, d.reported, d.first_review_at, d.review_owner,
                cadre_known(d.recorded_at, d.known_from, known_on, began) AS whole,
                d.id IN (
                    SELECT directive_id FROM directives_confirmation_known(known_on, began)
                ) AS confirmed
            FROM directives_directive AS d JOIN mission_mission AS m ON m.id = d.mission_id
            WHERE d.id IN (SELECT directive FROM cadre_known_directives(known_on, began))
        ) AS each),
        (SELECT coalesce(json_agg(each), '[]') FROM (
            SELECT id, classification, pack, claims, directive_id AS directive, clock, moment
            FROM directives_timing_known(known_on, began)
        ) AS each),
        (SELECT coalesce(json_agg(each ORDER BY number), '[]') FROM (
            SELECT l.id, l.classification, l.pack, l.claims, l.number, m.code AS mission,
                d.number AS directive, l.lines, l.sites, l.nations, l.units, l.people, l.hours,
                l.effective
            FROM directives_lift_known(known_on, began) AS l
            JOIN directives_directive AS d ON d.id = l.directive_id
            JOIN mission_mission AS m ON m.id = d.mission_id
        ) AS each),
        (SELECT coalesce(json_agg(each), '[]') FROM (
            SELECT a.id, a.classification, a.pack, a.claims, m.code AS mission, a.lines, a.begins,
                a.host_request_id AS request
            FROM mission_authorisation_known(known_on, began) AS a
            JOIN mission_mission AS m ON m.id = a.mission_id
        ) AS each),
        (SELECT coalesce(json_agg(each), '[]') FROM (
            SELECT id, classification, pack, claims, request_id AS request, effective
            FROM mission_hostrequestwithdrawal_known(known_on, began)
        ) AS each),
        (SELECT coalesce(json_agg(each), '[]') FROM (
            SELECT id, classification, directive_id AS directive, held_at, next_at, next_owner
            FROM directives_review_known(known_on, began)
        ) AS each);
    PERFORM cadre_tell(before);
END $$;
