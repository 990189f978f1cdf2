-- What the tables' guards call. Installed by cadre.record.guards after every migration.

-- Appends one ledger entry for a changed row. Arguments: columns that the ledger leaves out.
-- Runs as the tables' owner: nobody else may write to the ledger.
CREATE OR REPLACE FUNCTION cadre_keep() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
    actor text := nullif(current_setting('cadre.actor', true), '');
    left_out text[] := coalesce(TG_ARGV, '{}');
    now_content jsonb := to_jsonb(NEW) - left_out;
    entry_id uuid := gen_random_uuid();
    marked boolean := now_content ? 'classification';
BEGIN
    IF TG_OP = 'UPDATE' AND now_content = to_jsonb(OLD) - left_out THEN
        RETURN NULL;
    END IF;
    IF actor IS NULL THEN
        RAISE EXCEPTION 'Nobody is named as changing a row of %.', TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO record_entry (id, node, at, written_at, actor, verb, change, table_name, row_id,
        content, classification, releasable_to, communities, originator)
    VALUES (
        entry_id,
        coalesce(nullif(current_setting('cadre.node', true), ''), 'home'),
        coalesce(nullif(current_setting('cadre.moment', true), '')::timestamptz, clock_timestamp()),
        clock_timestamp(),
        actor,
        coalesce(current_setting('cadre.verb', true), ''),
        lower(TG_OP),
        TG_TABLE_NAME,
        now_content ->> 'id',
        now_content,
        CASE WHEN marked THEN (now_content ->> 'classification')::smallint ELSE 0 END,
        CASE WHEN marked AND jsonb_typeof(now_content -> 'releasable_to') = 'array'
            THEN ARRAY(SELECT jsonb_array_elements_text(now_content -> 'releasable_to')) END,
        CASE WHEN marked THEN ARRAY(SELECT jsonb_array_elements_text(now_content -> 'communities'))
            ELSE ARRAY['administration'] END,
        CASE WHEN marked THEN now_content ->> 'originator' ELSE '' END
    );
    INSERT INTO record_unsealed (entry) VALUES (entry_id);
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
SET enable_seqscan = off AS $$
DECLARE
    last_sequence bigint;
    last_digest bytea;
    sealed integer := 0;
    e record_entry;
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtext('cadre_seal')) THEN
        RETURN 0;
    END IF;
    SELECT sequence, digest INTO last_sequence, last_digest FROM record_seal
        WHERE node = this_node ORDER BY sequence DESC LIMIT 1;
    last_sequence := coalesce(last_sequence, 0);
    last_digest := coalesce(last_digest, ''::bytea);
    FOR e IN
        SELECT entry.* FROM record_unsealed AS waiting
            JOIN record_entry AS entry ON entry.id = waiting.entry
            WHERE entry.node = this_node ORDER BY waiting.number
    LOOP
        last_sequence := last_sequence + 1;
        last_digest := sha256(last_digest || convert_to(cadre_entry_text(e), 'UTF8'));
        INSERT INTO record_seal (node, sequence, entry_id, digest)
            VALUES (this_node, last_sequence, e.id, last_digest);
        sealed := sealed + 1;
    END LOOP;
    DELETE FROM record_unsealed USING record_seal WHERE record_seal.entry_id = record_unsealed.entry;
    RETURN sealed;
END $$;

CREATE OR REPLACE FUNCTION cadre_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'What % holds is only ever added to: % is refused.', TG_TABLE_NAME, lower(TG_OP)
        USING ERRCODE = 'insufficient_privilege';
END $$;

-- The claims that a row rests on exist, and whoever writes the row may see them.
CREATE OR REPLACE FUNCTION cadre_claims_exist() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF cardinality(NEW.claims) > 0 AND
        (SELECT count(*) FROM record_claim WHERE id = ANY (NEW.claims))
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
