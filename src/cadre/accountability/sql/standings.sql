-- What was said of each person whom a muster counts, one row a person: the words of `true_on` as
-- known on `known_on` (nothing: by now), from `counts_from` on. What came through an exercise
-- counts in exercises only. `only`: these entries; nothing is all.
--
-- Where every word is safe, sheltering or away, no rule of core.accountability but one has anything
-- to decide: the latest occurrence counts, of one moment the gravest. That one is stated here:
-- `state` of the deciding word, of which moment (`since`), since when it is known that the person
-- is accounted for (`known_at`), and whether the word came on record ten minutes or more after the
-- moment or after the muster was closed (`late`). All else is told as it was said (`told`: key,
-- state, occurred, entered, voice), for core.accountability.standing to judge.
-- Proven equal to it for all in tests/accountability/test_standings.py.
CREATE FUNCTION cadre_muster_words(
    asked uuid, true_on timestamptz, known_on timestamptz, began timestamptz, only_of uuid[]
) RETURNS TABLE (
    entry uuid, person uuid, state text, since timestamptz, known_at timestamptz, late boolean,
    told jsonb
) LANGUAGE sql STABLE AS $$
    WITH muster AS (
        SELECT m.counts_from, m.exercise, ended.at AS ended_at
        FROM accountability_muster AS m
            LEFT JOIN accountability_musterend AS ended ON ended.muster_id = m.id
        WHERE m.id = asked
    ), listed AS (
        SELECT e.id, e.person_id FROM accountability_musterentry AS e
        WHERE e.muster_id = asked AND (only_of IS NULL OR e.id = ANY (only_of))
    ), words AS (
        SELECT c.person_id, c.key, c.state, c.occurred_at, c.recorded_at, c.voice,
            c.state IN ('safe', 'sheltering', 'away') AS plain,
            c.recorded_at >= c.occurred_at + interval '10 minutes'
                OR coalesce(c.recorded_at >= muster.ended_at, false) AS late
        FROM muster CROSS JOIN accountability_checkin_known(known_on, began) AS c
            JOIN listed ON listed.person_id = c.person_id
            LEFT JOIN accountability_muster AS through ON through.id = c.muster_id
        WHERE c.occurred_at >= muster.counts_from AND c.occurred_at <= true_on
            AND (muster.exercise OR NOT coalesce(through.exercise, false))
    ), judged AS (
        SELECT w.*, bool_and(w.plain) OVER (PARTITION BY w.person_id) AS all_plain FROM words AS w
    ), heard AS (
        SELECT w.person_id, bool_and(w.plain) AS plain, max(w.occurred_at) AS since,
            min(greatest(w.occurred_at, w.recorded_at)) AS known_at,
            (array_agg(w.state ORDER BY w.occurred_at DESC,
                array_position(ARRAY['sheltering', 'safe', 'away'], w.state::text)))[1] AS state,
            (array_agg(w.late ORDER BY w.occurred_at DESC,
                array_position(ARRAY['sheltering', 'safe', 'away'], w.state::text),
                w.recorded_at))[1] AS late,
            jsonb_agg(jsonb_build_array(
                w.key, w.state, w.occurred_at, w.recorded_at, w.voice, w.late
            )) FILTER (WHERE NOT w.all_plain) AS told
        FROM judged AS w GROUP BY w.person_id
    )
    SELECT listed.id, listed.person_id,
        CASE WHEN heard.person_id IS NULL THEN 'unaccounted'
            WHEN heard.plain THEN heard.state END,
        CASE WHEN heard.plain THEN heard.since END,
        CASE WHEN heard.plain THEN heard.known_at END,
        coalesce(heard.plain AND heard.late, false),
        CASE WHEN NOT heard.plain THEN heard.told END
    FROM listed LEFT JOIN heard ON heard.person_id = listed.person_id
$$;
