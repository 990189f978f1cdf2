-- Takes reports of people, each once by its key, in one statement and under the name of `who`. It
-- runs as the tables' owner: whoever reports of somebody by a link, or of somebody whose row he may
-- not see, writes a row with that person's marking. Who may report of whom the actions ask first.
--
-- `said`: an array of objects with the columns of a check-in, texts that are empty left out. Gives
-- each key once, and whether its row is new. One key that comes with another content (of somebody
-- else, another state or voice) is somebody's mistake, and no report is lost for it: it is kept under
-- a key made of the contents.
CREATE FUNCTION cadre_take_check_ins(
    said jsonb, who text, moment timestamptz, this_node text, why text
) RETURNS TABLE (key uuid, new boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
#variable_conflict use_column
DECLARE
    before text[] := ARRAY[
        coalesce(current_setting('cadre.actor', true), ''),
        coalesce(current_setting('cadre.moment', true), ''),
        coalesce(current_setting('cadre.verb', true), ''),
        coalesce(current_setting('cadre.node', true), '')
    ];
BEGIN
    PERFORM set_config('cadre.actor', who, true), set_config('cadre.moment', moment::text, true),
        set_config('cadre.verb', why, true), set_config('cadre.node', this_node, true);
    RETURN QUERY
    WITH sent AS (
        SELECT r.* FROM jsonb_to_recordset(said) AS r (
            key uuid, person uuid, muster uuid, state text, words text, occurred_at timestamptz,
            channel text, voice text, said_by text, how text, site text, place text, note text
        )
    ), keyed AS (
        SELECT s.*, coalesce((
            SELECT cadre_other_key(s.key, s.person, s.state, s.voice)
            FROM accountability_checkin AS there
            WHERE there.key = s.key
                AND (there.person_id, there.state, there.voice) <> (s.person, s.state, s.voice)
        ), s.key) AS kept_as
        FROM sent AS s
    ), written AS (
        INSERT INTO accountability_checkin AS c (
            id, pack, classification, releasable_to, communities, originator, claims, recorded_at,
            recorded_by, known_from, corrects_id, key, person_id, muster_id, state, words,
            occurred_at, channel, voice, said_by, how, site, place, note
        )
        SELECT gen_random_uuid(), '', p.classification, p.releasable_to, p.communities,
            p.originator, '{}', moment, who, moment, NULL, k.kept_as, k.person, k.muster, k.state,
            coalesce(k.words, ''), k.occurred_at, k.channel, k.voice, coalesce(k.said_by, ''),
            coalesce(k.how, ''), coalesce(k.site, ''), coalesce(k.place, ''), coalesce(k.note, '')
        FROM keyed AS k JOIN mission_person AS p ON p.id = k.person
        ON CONFLICT (key) DO NOTHING
        RETURNING c.key
    )
    SELECT DISTINCT k.key, w.key IS NOT NULL FROM keyed AS k
        LEFT JOIN written AS w ON w.key = k.kept_as;
    PERFORM set_config('cadre.actor', before[1], true), set_config('cadre.moment', before[2], true),
        set_config('cadre.verb', before[3], true), set_config('cadre.node', before[4], true);
END $$;

-- The same for one report through a check-in link, whose entry says of whom it is: one round trip
-- for a link, written out, since this is where everybody comes at once. Nothing comes back for an
-- entry that is not there. A link exists from the opening on, so what comes through it happened no
-- earlier; and it happened no later than it came in. Clocks of phones differ, and no report is lost
-- for that.
CREATE FUNCTION cadre_check_in_by_link(
    asked uuid, said jsonb, moment timestamptz, this_node text
) RETURNS TABLE (new boolean, number text, late boolean, exercise boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    listed record;
    sent_as uuid := (said ->> 'key')::uuid;
    kept_as uuid := sent_as;
    before text[] := ARRAY[
        coalesce(current_setting('cadre.actor', true), ''),
        coalesce(current_setting('cadre.moment', true), ''),
        coalesce(current_setting('cadre.verb', true), ''),
        coalesce(current_setting('cadre.node', true), '')
    ];
    written integer;
BEGIN
    SELECT e.person_id, m.id, m.number, m.exercise, m.opened_at, p.classification,
        p.releasable_to, p.communities, p.originator, EXISTS (
            SELECT FROM accountability_musterend AS ended
            WHERE ended.muster_id = m.id AND ended.at <= moment
        ) AS late
    INTO listed
    FROM accountability_musterentry AS e JOIN accountability_muster AS m ON m.id = e.muster_id
        JOIN mission_person AS p ON p.id = e.person_id
    WHERE e.id = asked;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    PERFORM set_config('cadre.actor', 'check-in link', true),
        set_config('cadre.moment', moment::text, true),
        set_config('cadre.verb', 'accountability.check_in', true),
        set_config('cadre.node', this_node, true);
    FOR attempt IN 1..2 LOOP
        INSERT INTO accountability_checkin (
            id, pack, classification, releasable_to, communities, originator, claims, recorded_at,
            recorded_by, known_from, key, person_id, muster_id, state, words, occurred_at, channel,
            voice, said_by, how, site, place, note
        ) VALUES (
            gen_random_uuid(), '', listed.classification, listed.releasable_to, listed.communities,
            listed.originator, '{}', moment, 'check-in link', moment, kept_as, listed.person_id,
            listed.id, said ->> 'state', coalesce(said ->> 'words', ''),
            greatest(least((said ->> 'occurred_at')::timestamptz, moment), listed.opened_at),
            said ->> 'channel', said ->> 'voice', coalesce(said ->> 'said_by', ''),
            coalesce(said ->> 'how', ''), coalesce(said ->> 'site', ''),
            coalesce(said ->> 'place', ''), coalesce(said ->> 'note', '')
        ) ON CONFLICT (key) DO NOTHING;
        GET DIAGNOSTICS written = ROW_COUNT;
        EXIT WHEN written = 1 OR EXISTS (
            SELECT FROM accountability_checkin AS there
            WHERE there.key = sent_as AND there.person_id = listed.person_id
                AND there.state = said ->> 'state' AND there.voice = said ->> 'voice'
        );
        kept_as := cadre_other_key(
            sent_as, listed.person_id, said ->> 'state', said ->> 'voice'
        );
    END LOOP;
    PERFORM set_config('cadre.actor', before[1], true), set_config('cadre.moment', before[2], true),
        set_config('cadre.verb', before[3], true), set_config('cadre.node', before[4], true);
    RETURN QUERY SELECT written = 1, listed.number::text, listed.late, listed.exercise;
END $$;

-- Under which key a report is kept whose own key came with another content before.
CREATE FUNCTION cadre_other_key(key uuid, person uuid, state text, voice text) RETURNS uuid
LANGUAGE sql IMMUTABLE AS $$
    SELECT md5(key::text || person::text || state || voice)::uuid
$$;
