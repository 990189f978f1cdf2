-- The last number that was given in a series ("FTM-M-2020-"), or 0: over all rows, also those that
-- who asks may not see, since a number is given once. It tells no more than how many there are.
CREATE FUNCTION cadre_last_muster(series text) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(max(substr(number, length(series) + 1)::integer), 0) FROM (
        SELECT number FROM accountability_muster
        UNION ALL SELECT number FROM accountability_movement
    ) AS given
    WHERE starts_with(number, series) AND substr(number, length(series) + 1) ~ '^[0-9]{1,9}$'
$$;
