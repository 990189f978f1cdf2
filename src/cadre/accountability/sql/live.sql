-- How much is on record that the boards of these musters show: reports of the people on the list,
-- what was done about them, where they were seen, the end. With the owner's rights: only how many
-- rows there are comes back, of all people, and a board shows as much to everybody who may open it.
CREATE FUNCTION cadre_live_marks(musters uuid[]) RETURNS TABLE (muster uuid, mark text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT m.id, concat_ws(
        '.',
        (SELECT count(*) FROM accountability_musterentry AS e
            JOIN accountability_checkin AS c ON c.person_id = e.person_id
            WHERE e.muster_id = m.id AND c.occurred_at >= m.counts_from),
        (SELECT count(*) FROM accountability_musterentry AS e
            JOIN accountability_sighting AS s ON s.person_id = e.person_id
            WHERE e.muster_id = m.id AND s.seen_at >= m.counts_from),
        (SELECT count(*) FROM accountability_musterentry AS e
            JOIN accountability_followup AS f ON f.entry_id = e.id
            WHERE e.muster_id = m.id),
        (SELECT count(*) FROM accountability_mention AS n WHERE n.muster_id = m.id),
        (SELECT count(*) FROM accountability_musterend AS e WHERE e.muster_id = m.id)
    )
    FROM accountability_muster AS m WHERE m.id = ANY (musters)
$$;
