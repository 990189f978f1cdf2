-- The last number that was given in a series ("FTM-D-2020-"), or 0: over all rows, also those that
-- who asks may not see, since a number is given once. It tells no more than how many there are.
CREATE FUNCTION cadre_last_number(series text) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(max(substr(number, length(series) + 1)::integer), 0) FROM (
        SELECT number FROM directives_directive
        UNION ALL SELECT number FROM directives_lift
        UNION ALL SELECT number FROM directives_liftproposal
        UNION ALL SELECT number FROM directives_levelorder
        UNION ALL SELECT number FROM directives_checklist
    ) AS given
    WHERE starts_with(number, series) AND substr(number, length(series) + 1) ~ '^[0-9]{1,9}$'
$$;
