/**
 * Returns the statement that appends an entry to the feed and nothing else, with a valid hash and an empty commitment.
 *
 * @param subject SQL of the id of a development, or of a reference if the change is REFERENCE_CHANGED or REFERENCE_ERASED.
 * @param recordedAt SQL of its time.
 */
export const rawEntry = (subject: string, revision: number, change: string, recordedAt = 'now()') => `
  WITH next AS (
    SELECT head.position + 1 AS position, it.*,
           entry_hash(head.hash, head.position + 1, it.subject, it.revision, it.change, it.recorded_at, it.commitment) AS hash
    FROM feed_head AS head,
         (SELECT ${subject}::uuid AS subject, ${revision}::int AS revision, '${change}'::"FeedChange" AS change,
                 (${recordedAt})::timestamptz(3) AS recorded_at, decode(repeat('00', 32), 'hex') AS commitment) AS it
  ), head AS (
    UPDATE feed_head SET (position, hash) = (SELECT position, hash FROM next)
  )
  INSERT INTO feed_entry (position, development_id, reference_id, revision, change, recorded_at, commitment, hash)
  SELECT position, CASE WHEN change NOT IN ('REFERENCE_CHANGED', 'REFERENCE_ERASED') THEN subject END,
         CASE WHEN change IN ('REFERENCE_CHANGED', 'REFERENCE_ERASED') THEN subject END, revision, change, recorded_at, commitment, hash FROM next`;
