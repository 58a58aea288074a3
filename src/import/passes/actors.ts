import type { Transaction } from '../../database/open.js';
import { type ActorInput, upsertActor } from '../../domain/references/actor.js';
import type { ReferenceAuthorship } from '../../domain/references/history/record.js';
import type { NewFeedEntry } from '../../feed/position.js';
import type { ActorMapping } from '../mapping/mapping.js';
import type { ActorFields, ActorMapper, MappedRow } from '../mapping/row-mapper.js';
import type { BatchResult, RefusedRow } from '../report/problems.js';
import { noTally, type Tally } from '../report/tally.js';

const COLUMNS = ['name', 'description', 'countryCode', 'countryCode3', 'wikidataId'] as const;

type KnownActor = NonNullable<Awaited<ReturnType<typeof findActors>>[number]>;

/** Creates the actors of a batch of rows, or changes those that the record has. */
export async function upsertActors(
  tx: Transaction,
  mapper: ActorMapper,
  rows: readonly MappedRow<ActorFields>[],
  authorship: ReferenceAuthorship,
): Promise<BatchResult & { readonly feed: readonly NewFeedEntry[] }> {
  const { mapping } = mapper;
  const tally = noTally();
  const refused: RefusedRow[] = [];
  const feed: NewFeedEntry[] = [];
  const known = await findActors(
    tx,
    mapping,
    rows.flatMap(({ fields }) => fields ?? []),
  );
  for (const mapped of rows) {
    const { row, fields, defects } = mapped;
    if (!fields) {
      refused.push({ row, problems: mapper.problems(mapped, defects) });
      continue;
    }
    const actor = known.find(
      (one) => one.kind === fields.kind && one[mapping.match] === fields[mapping.match],
    );
    const sameSlug = known.find(({ slug }) => slug === fields.slug);
    if (!actor && sameSlug && !isSame(mapping, sameSlug, fields)) {
      const reason = `The slug belongs to another actor, ${sameSlug.kind} ${JSON.stringify(sameSlug.name)}.`;
      const defect = { field: 'slug', value: fields.slug, reason, kind: 'TAKEN_SLUG' as const };
      refused.push({ row, problems: mapper.problems(mapped, [defect]) });
      continue;
    }
    const change = changeOf(mapping, fields, actor ?? sameSlug, tally);
    if (change) feed.push(...(await upsertActor.within(tx, change, authorship)).feed);
  }
  return { tally, refused, feed };
}

/** An actor with the same slug is the same, unless it has another value to match by. */
function isSame({ match }: ActorMapping, known: KnownActor, { kind }: ActorFields): boolean {
  return known.kind === kind && (match === 'slug' || known[match] === null);
}

/** Returns what to write, and counts it; undefined if the record has it. */
function changeOf(
  { existing }: ActorMapping,
  fields: ActorFields,
  known: KnownActor | undefined,
  tally: Tally,
): ActorInput | undefined {
  if (!known) {
    tally.recorded += 1;
    tally.made.actors += 1;
    return fields;
  }
  const changed = COLUMNS.filter((column) => {
    const value = fields[column] ?? null;
    return value !== null && value !== known[column] && (existing === 'update' || known[column] === null);
  });
  const names = [...known.names, ...newNames(known, fields)];
  if (changed.length === 0 && names.length === known.names.length) {
    tally.alreadyThere += 1;
    return undefined;
  }
  tally.changed += 1;
  return {
    slug: known.slug,
    kind: known.kind,
    name: known.name,
    ...Object.fromEntries(changed.map((column) => [column, fields[column]])),
    // Replaces all names, so the existing ones are given too.
    names: names.map(({ name, language }) => ({ name, language: language || null })),
  };
}

function newNames(known: KnownActor, { names }: ActorFields): { name: string; language: string }[] {
  const has = new Set(known.names.map(({ name, language }) => `${language} ${name}`));
  return (names ?? [])
    .map(({ name, language }) => ({ name, language: language ?? '' }))
    .filter(({ name, language }) => !has.has(`${language} ${name}`));
}

function findActors(tx: Transaction, { match }: ActorMapping, fields: readonly ActorFields[]) {
  const keys = fields.flatMap((one) => one[match] ?? []);
  return tx.actor.findMany({
    where: { OR: [{ slug: { in: fields.map(({ slug }) => slug) } }, { [match]: { in: keys } }] },
    select: {
      slug: true,
      kind: true,
      name: true,
      description: true,
      countryCode: true,
      countryCode3: true,
      wikidataId: true,
      names: { select: { name: true, language: true } },
    },
    orderBy: { slug: 'asc' },
  });
}
