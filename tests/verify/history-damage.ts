import type { Code } from '../../src/verify/report.js';

/** A change of history in the record of ./record.ts: the codes that report it, and where. */
export type HistoryDamage = readonly [
  codes: readonly Code[],
  what: string,
  where: RegExp,
  ...statements: string[],
];

const warning = "(SELECT development_id FROM development_slug WHERE slug = 'warning')";
const second = `development_id = ${warning} AND number = 2`;

/** Swaps two positions. */
const swapped = (table: string) => [
  `UPDATE ${table} SET position = -position WHERE position IN (11, 12)`,
  `UPDATE ${table} SET position = 23 + position WHERE position < 0`,
];

/** Closes the gap at position 10. */
const closed = (table: string) => [
  `UPDATE ${table} SET position = -position WHERE position > 10`,
  `UPDATE ${table} SET position = -position - 1 WHERE position < 0`,
];

/** The position of the second revision of the warning. */
const REVISED = /^position 10, renamed, revision 2$/;

export const HISTORY_DAMAGES: readonly HistoryDamage[] = [
  [
    ['COMMITMENT'],
    'an edited text',
    /^position 9, renamed, revision 1$/,
    `UPDATE revision SET snapshot = jsonb_set(snapshot, '{detail,setting}', '"In Moscow"') WHERE development_id = ${warning}`,
    `UPDATE revision SET changed_fields = (
       SELECT array_agg(it ORDER BY it COLLATE "C") FROM unnest(changed_fields || '{setting}'::text[]) AS it
     ) WHERE development_id = ${warning} AND number = 1`,
  ],
  [['COMMITMENT'], 'another editor', REVISED, `UPDATE revision SET editor = 'somebody else' WHERE ${second}`],
  [['COMMITMENT'], 'another reason', REVISED, `UPDATE revision SET reason = 'No reason' WHERE ${second}`],
  [
    ['COMMITMENT'],
    'another time of a revision',
    REVISED,
    `UPDATE revision SET recorded_at = recorded_at - interval '1 hour' WHERE ${second}`,
    `UPDATE development SET changed_at = changed_at - interval '1 hour' WHERE id = ${warning}`,
    `UPDATE development_version SET changed_at = changed_at - interval '1 hour' WHERE id = ${warning} AND revision = 2`,
  ],
  [['COMMITMENT'], 'another salt', REVISED, `UPDATE revision SET salt = '\\x00112233' WHERE ${second}`],
  [
    ['COMMITMENT'],
    'a revision without salt that has a content',
    REVISED,
    `UPDATE revision SET salt = NULL WHERE ${second}`,
  ],
  [
    ['COMMITMENT'],
    'another name of a reference, in its row too',
    /^position 6, WEAPON_SYSTEM system, revision 1$/,
    `UPDATE reference_revision SET snapshot = jsonb_set(snapshot, '{rangeMaxKm}', '500'),
       changed_fields = '{name,rangeMaxKm,slug}' WHERE kind = 'WEAPON_SYSTEM'`,
    'UPDATE weapon_system SET range_max_km = 500',
  ],
  [
    ['COMMITMENT'],
    'another editor of a reference',
    /^position 6, WEAPON_SYSTEM system, revision 1$/,
    "UPDATE reference_revision SET editor = 'somebody else' WHERE kind = 'WEAPON_SYSTEM'",
  ],
  [
    ['HASH_CHAIN'],
    'another time of an entry',
    /^position 10$/,
    `UPDATE feed_entry SET recorded_at = (SELECT recorded_at FROM feed_entry WHERE position = 9) - interval '0 s' + interval '1 ms'
     WHERE position = 10`,
    `UPDATE feed_entry SET recorded_at = recorded_at + interval '10 ms' WHERE position > 10`,
    'UPDATE feed_head SET recorded_at = (SELECT max(recorded_at) FROM feed_entry)',
  ],
  [
    ['HASH_CHAIN', 'COMMITMENT'],
    'another commitment',
    /^position 10(, |$)/,
    "UPDATE feed_entry SET commitment = decode(repeat('ab', 32), 'hex') WHERE position = 10",
  ],
  [
    ['HASH_CHAIN'],
    'a head with another hash',
    /^the head’s hash$/,
    "UPDATE feed_head SET hash = decode(repeat('ab', 32), 'hex')",
  ],
  [
    ['POSITION_GAP', 'HASH_CHAIN', 'REVISION_NOT_TOLD', 'VERSION'],
    'a removed entry',
    /^position 11$/,
    'DELETE FROM feed_entry WHERE position = 10',
  ],
  [
    ['HASH_CHAIN', 'REVISION_NOT_TOLD'],
    'a removed entry whose gap is closed',
    /^position 10$/,
    'DELETE FROM feed_entry WHERE position = 10',
    'DELETE FROM development_version WHERE position = 10',
    ...closed('feed_entry'),
    ...closed('development_version'),
    `UPDATE development_version AS it SET until = coalesce((SELECT min(position) FROM development_version
       WHERE id = it.id AND position > it.position), 9223372036854775807)`,
    'UPDATE feed_head SET position = position - 1',
  ],
  [
    ['HASH_CHAIN'],
    'reordered entries',
    /^position 11$/,
    'UPDATE feed_entry SET recorded_at = (SELECT recorded_at FROM feed_entry WHERE position = 12) WHERE position = 11',
    ...swapped('feed_entry'),
    ...swapped('development_version'),
    `UPDATE development_version AS it SET until = coalesce((SELECT min(position) FROM development_version
       WHERE id = it.id AND position > it.position), 9223372036854775807)`,
  ],
];
