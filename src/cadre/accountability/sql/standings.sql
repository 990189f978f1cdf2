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
    WITH muster AS MATERIALIZED (
        SELECT m.counts_from, m.exercise, ended.at AS ended_at, ARRAY(
            SELECT played.id FROM accountability_muster AS played
            WHERE played.exercise AND NOT m.exercise
        ) AS left_out
        FROM accountability_muster AS m
            LEFT JOIN accountability_musterend AS ended ON ended.muster_id = m.id
        WHERE m.id = asked
    ), words AS (
        SELECT e.id AS entry, e.person_id, c.key, c.state::text, c.occurred_at, c.recorded_at,
            c.voice, c.state IN ('safe', 'sheltering', 'away') AS plain,
            c.recorded_at >= c.occurred_at + interval '10 minutes'
                OR coalesce(c.recorded_at >= muster.ended_at, false) AS late,
            array_position(ARRAY['sheltering', 'safe', 'away'], c.state::text) AS gravity
        FROM muster CROSS JOIN accountability_musterentry AS e
            LEFT JOIN accountability_checkin_known(known_on, began) AS c
                ON c.person_id = e.person_id AND c.occurred_at <= true_on
                AND c.occurred_at >= muster.counts_from
                AND (c.muster_id IS NULL OR c.muster_id <> ALL (muster.left_out))
        WHERE e.muster_id = asked AND (only_of IS NULL OR e.id = ANY (only_of))
    ), judged AS (
        SELECT w.*, bool_and(w.plain) OVER (PARTITION BY w.entry) AS all_plain FROM words AS w
    )
    SELECT j.entry, j.person_id,
        CASE WHEN bool_and(j.key IS NULL) THEN 'unaccounted' WHEN bool_and(j.all_plain)
            THEN (array_agg(j.state ORDER BY j.occurred_at DESC, j.gravity))[1] END,
        max(j.occurred_at) FILTER (WHERE j.all_plain),
        min(greatest(j.occurred_at, j.recorded_at)) FILTER (WHERE j.all_plain),
        coalesce((array_agg(j.late ORDER BY j.occurred_at DESC, j.gravity, j.recorded_at)
            FILTER (WHERE j.all_plain))[1], false),
        jsonb_agg(jsonb_build_array(
            j.key, j.state, j.occurred_at, j.recorded_at, j.voice, j.late
        )) FILTER (WHERE NOT j.all_plain)
    FROM judged AS j GROUP BY j.entry, j.person_id
$$;
