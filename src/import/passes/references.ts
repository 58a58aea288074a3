import type { Transaction } from '../../database/open.js';
import { InvalidInputError, UnknownSlugError } from '../../domain/errors.js';
import { upsertDoctrine } from '../../domain/references/doctrine.js';
import type { ReferenceAuthorship } from '../../domain/references/history/record.js';
import { findSlugs, type ReferenceOwner } from '../../domain/references/lookup.js';
import { upsertSource } from '../../domain/references/source.js';
import { upsertTopic } from '../../domain/references/topic.js';
import { upsertTreaty } from '../../domain/references/treaty.js';
import type { Upsert } from '../../domain/references/upsert.js';
import { upsertWeaponSystem } from '../../domain/references/weapon-system.js';
import type { NewFeedEntry } from '../../feed/position.js';
import type { ReferenceMapping } from '../mapping/mapping.js';
import type { MappedRow, ReferenceFields, ReferenceMapper } from '../mapping/row-mapper.js';
import type { Defect } from '../read/row.js';
import type { BatchResult, RefusedRow } from '../report/problems.js';
import { noTally } from '../report/tally.js';

interface Kind {
  readonly upsert: Upsert<ReferenceFields>;
  /** Returns whether the record has a reference with the slug. */
  readonly has: (tx: Transaction, slug: string) => Promise<boolean>;
}

const kind = (owner: ReferenceOwner, upsert: unknown): Kind => ({
  upsert: upsert as Upsert<ReferenceFields>, // Its mapping's schema has checked the fields.
  has: async (tx, slug) => (await findSlugs(tx, owner, { slug: { in: [slug] } })).length > 0,
});

const REFERENCES: Readonly<Record<ReferenceMapping['record'], Kind>> = {
  doctrine: kind('Doctrine', upsertDoctrine),
  source: kind('Source', upsertSource),
  topic: kind('Topic', upsertTopic),
  treaty: kind('Treaty', upsertTreaty),
  'weapon-system': kind('WeaponSystem', upsertWeaponSystem),
};

/** Creates the references of a batch of rows, or updates those that the record has if the mapping says so. */
export async function upsertReferences(
  tx: Transaction,
  mapper: ReferenceMapper,
  rows: readonly MappedRow<ReferenceFields>[],
  authorship: ReferenceAuthorship,
): Promise<BatchResult & { readonly feed: readonly NewFeedEntry[] }> {
  const { record, existing } = mapper.mapping;
  const { upsert, has } = REFERENCES[record];
  const feed: NewFeedEntry[] = [];
  const tally = noTally();
  const refused: RefusedRow[] = [];
  for (const mapped of rows) {
    const { row, fields, defects } = mapped;
    const refuse = (found: readonly Defect[]) =>
      refused.push({ row, problems: mapper.problems(mapped, found) });
    if (!fields) {
      refuse(defects);
      continue;
    }
    const isKnown = await has(tx, fields.slug);
    if (isKnown && existing === 'skip') {
      tally.alreadyThere += 1;
      continue;
    }
    try {
      const written = await upsert.within(tx, fields, authorship);
      feed.push(...written.feed);
      if (!isKnown) tally.recorded += 1;
      else if (written.result.isUnchanged) tally.alreadyThere += 1;
      else tally.changed += 1;
    } catch (error) {
      refuse(defectsOf(error, fields));
    }
  }
  return { tally, refused, feed };
}

/** @throws Other errors than those of the row. */
function defectsOf(error: unknown, fields: ReferenceFields): Defect[] {
  if (error instanceof UnknownSlugError) {
    const { message: reason, slug: value } = error;
    return [{ field: fieldWith(fields, value), value, reason, kind: 'UNKNOWN_SLUG' }];
  }
  if (!(error instanceof InvalidInputError)) throw error;
  return error.issues.map(({ path, message }) => ({
    field: path || 'row',
    value: fields[path.split('.')[0] ?? ''],
    reason: message,
    kind: 'BROKEN_RULE',
  }));
}

const fieldWith = (fields: ReferenceFields, slug: string) =>
  Object.keys(fields).find(
    (field) => field !== 'slug' && JSON.stringify(fields[field]).includes(`"${slug}"`),
  ) ?? 'row';
