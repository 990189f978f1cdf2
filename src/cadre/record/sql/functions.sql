-- What the tables' guards call. Installed by cadre.record.guards after every migration.

-- Appends one ledger entry for each row that a statement added or changed: for all of them at once,
-- since thousands come together when a muster is opened or a camp checks in. `written` and `former`
-- are those rows as they are and as they were. Arguments: columns that the ledger leaves out.
-- Runs as the tables' owner: nobody else may write to the ledger.
CREATE OR REPLACE FUNCTION cadre_keep() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
    actor text := nullif(current_setting('cadre.actor', true), '');
    left_out text[] := coalesce(TG_ARGV, '{}');
    contents jsonb[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        contents := ARRAY(SELECT to_jsonb(w) - left_out FROM written AS w);
    ELSE
        contents := ARRAY(
            SELECT to_jsonb(w) - left_out FROM written AS w JOIN former AS f ON f.id = w.id
            WHERE to_jsonb(w) - left_out <> to_jsonb(f) - left_out
        );
    END IF;
    IF cardinality(contents) = 0 THEN
        RETURN NULL;
    END IF;
    IF actor IS NULL THEN
        RAISE EXCEPTION 'Nobody is named as changing a row of %.', TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    WITH kept AS (
        INSERT INTO record_entry (id, node, at, written_at, actor, verb, change, table_name, row_id,
            content, classification, releasable_to, communities, originator)
        SELECT
            gen_random_uuid(),
            coalesce(nullif(current_setting('cadre.node', true), ''), 'home'),
            coalesce(
                nullif(current_setting('cadre.moment', true), '')::timestamptz, clock_timestamp()
            ),
            clock_timestamp(),
            actor,
            coalesce(current_setting('cadre.verb', true), ''),
            lower(TG_OP),
            TG_TABLE_NAME,
            c.content ->> 'id',
            c.content,
            CASE WHEN c.content ? 'classification'
                THEN (c.content ->> 'classification')::smallint ELSE 0 END,
            CASE WHEN jsonb_typeof(c.content -> 'releasable_to') = 'array'
                THEN ARRAY(SELECT jsonb_array_elements_text(c.content -> 'releasable_to')) END,
            CASE WHEN c.content ? 'classification'
                THEN ARRAY(SELECT jsonb_array_elements_text(c.content -> 'communities'))
                ELSE ARRAY['administration'] END,
            CASE WHEN c.content ? 'classification' THEN c.content ->> 'originator' ELSE '' END
        FROM unnest(contents) AS c (content)
        RETURNING id
    )
    INSERT INTO record_unsealed (entry) SELECT id FROM kept;
    RETURN NULL;
END $$;

-- The text of an entry that its digest is taken of. Every column is in it, by name, so that a
-- column that a later release adds does not break the chains of before.
CREATE OR REPLACE FUNCTION cadre_entry_text(e record_entry) RETURNS text
LANGUAGE sql STABLE SET timezone = 'UTC' AS $$
    SELECT jsonb_build_array(e.id, e.node, e.at, e.written_at, e.actor, e.verb, e.change,
        e.table_name, e.row_id, e.content, e.classification, e.releasable_to, e.communities,
        e.originator)::text
$$;

-- Gives every entry that has none its place in this node's chain; returns how many it sealed.
-- Only one session seals at a time; another one leaves the work to it. Each entry is found by its
-- index: right after many were written the planner does not know yet how many there are.
CREATE OR REPLACE FUNCTION cadre_seal(this_node text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'UTC'
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    last_sequence bigint;
    last_digest bytea;
    numbers bigint[] := '{}';
    ids uuid[] := '{}';
    digests bytea[] := '{}';
    e record;
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtext('cadre_seal')) THEN
        RETURN 0;
    END IF;
    SELECT sequence, digest INTO last_sequence, last_digest FROM record_seal
        WHERE node = this_node ORDER BY sequence DESC LIMIT 1;
    last_sequence := coalesce(last_sequence, 0);
    last_digest := coalesce(last_digest, ''::bytea);
    FOR e IN
        SELECT waiting.number, written.id, convert_to(cadre_entry_text(written), 'UTF8') AS content
            FROM record_unsealed AS waiting
            JOIN record_entry AS written ON written.id = waiting.entry
            WHERE written.node = this_node ORDER BY waiting.number
    LOOP
        last_digest := sha256(last_digest || e.content);
        numbers := numbers || e.number;
        ids := ids || e.id;
        digests := digests || last_digest;
    END LOOP;
    INSERT INTO record_seal (node, sequence, entry_id, digest)
        SELECT this_node, last_sequence + place, id, digest
        FROM unnest(ids, digests) WITH ORDINALITY AS sealed (id, digest, place);
    DELETE FROM record_unsealed WHERE number = ANY (numbers);
    RETURN cardinality(ids);
END $$;

CREATE OR REPLACE FUNCTION cadre_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'What % holds is only ever added to: % is refused.', TG_TABLE_NAME, lower(TG_OP)
        USING ERRCODE = 'insufficient_privilege';
END $$;

-- The claims that a row rests on exist, and whoever writes the row may see them.
CREATE OR REPLACE FUNCTION cadre_claims_exist() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT count(*) FROM record_claim WHERE id = ANY (NEW.claims))
        <> (SELECT count(DISTINCT c) FROM unnest(NEW.claims) AS c)
    THEN
        RAISE EXCEPTION 'A row of % rests on a claim that is not on record.', TG_TABLE_NAME
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NEW;
END $$;

-- When this node's record began; nothing while it is empty. Told to everybody: it names no row.
-- The entry that was written first tells it, not the one of the earliest moment: where the clock is
-- pinned to a day of the past, what is entered then does not make all that was loaded unknown.
CREATE OR REPLACE FUNCTION cadre_began() RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT at FROM record_entry WHERE id = coalesce(
        (SELECT entry_id FROM record_seal ORDER BY id LIMIT 1),
        (SELECT entry FROM record_unsealed ORDER BY number LIMIT 1)
    )
$$;
