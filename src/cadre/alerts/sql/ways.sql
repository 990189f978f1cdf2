-- The addresses by which recipients can be reached on these channels, numbered on each channel from
-- the one that is tried first. A person's own contacts come first; where a channel has none, the
-- email and phone of the directory do, unless somebody dropped them. Whoever has an account has its
-- page, and every browser of his that takes push messages. Each comes with the recipient's marking,
-- so that ten thousand are not looked up once more.
CREATE FUNCTION cadre_ways(recipients uuid[], channels text[])
RETURNS TABLE (recipient uuid, channel text, address text, verified boolean, number bigint, why text,
    classification smallint, releasable_to text[], communities text[], originator text)
LANGUAGE sql STABLE AS $$
    SELECT r.id, c.channel::text, c.address::text, c.verified_at IS NOT NULL,
        row_number() OVER (PARTITION BY r.id, c.channel ORDER BY c.position, c.address),
        r.why::text, r.classification, r.releasable_to::text[], r.communities::text[],
        r.originator::text
    FROM alerts_recipient AS r JOIN alerts_contact AS c ON c.person_id = r.person_id
    WHERE r.id = ANY (recipients) AND c.channel = ANY (channels) AND NOT c.dropped
    UNION ALL
    SELECT r.id, listed.channel, listed.address, false, 1,
        r.why::text, r.classification, r.releasable_to::text[], r.communities::text[],
        r.originator::text
    FROM alerts_recipient AS r JOIN mission_person AS p ON p.id = r.person_id
        CROSS JOIN LATERAL (
            VALUES ('email', p.email::text), ('sms', p.phone::text), ('voice', p.phone::text)
        ) AS listed (channel, address)
    WHERE r.id = ANY (recipients) AND listed.channel = ANY (channels) AND listed.address <> ''
        AND NOT EXISTS (
            SELECT FROM alerts_contact AS c
            WHERE c.person_id = p.id AND c.channel = listed.channel
                AND (NOT c.dropped OR c.address = listed.address)
        )
    UNION ALL
    SELECT r.id, own.channel, a.email::text, true, 1,
        r.why::text, r.classification, r.releasable_to::text[], r.communities::text[],
        r.originator::text
    FROM alerts_recipient AS r JOIN access_account AS a ON a.id = r.account_id
        CROSS JOIN (VALUES ('page'), ('email')) AS own (channel)
    WHERE r.id = ANY (recipients) AND own.channel = ANY (channels) AND a.is_active
        AND (own.channel = 'page' OR r.person_id IS NULL)
    UNION ALL
    SELECT r.id, 'push', s.endpoint::text, true,
        row_number() OVER (PARTITION BY r.id ORDER BY s.id),
        r.why::text, r.classification, r.releasable_to::text[], r.communities::text[],
        r.originator::text
    FROM alerts_recipient AS r JOIN alerts_pushsubscription AS s ON s.account_id = r.account_id
    WHERE r.id = ANY (recipients) AND 'push' = ANY (channels) AND NOT s.dropped
$$;

-- The last number of an alert that was given in a series ("FTM-A-2020-"), or 0: over all rows, also
-- those that who asks may not see. It tells no more than how many there are.
CREATE FUNCTION cadre_last_alert(series text) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(max(substr(number, length(series) + 1)::integer), 0)
    FROM alerts_alert
    WHERE starts_with(number, series) AND substr(number, length(series) + 1) ~ '^[0-9]{1,9}$'
$$;
