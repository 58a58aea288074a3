import type { Transaction } from '../../database/open.js';
import { upsertActor } from '../../domain/references/actor.js';
import { columnsOf } from '../mapping/columns.js';
import { type ActorFields, checkActor } from '../mapping/map-row.js';
import type { ActorMapping } from '../mapping/mapping.js';
import { WantedThings } from '../mapping/named-references.js';
import { type Problem, problemOf, type Row } from '../read/row.js';
import type { Tally } from '../report/tally.js';

const COLUMNS = ['name', 'description', 'countryCode', 'countryCode3', 'wikidataId'] as const;

/** What becomes of rows of actors. */
export interface ActorOutcome {
  readonly tally: Tally;
  /** Is told of a row that only the record shows to be bad. */
  refuse(row: Row, problems: readonly Problem[]): void;
}

type KnownActor = NonNullable<Awaited<ReturnType<typeof findActors>>[number]>;

/** Makes the actors of a batch of checked rows, or changes those that the record has. */
export async function writeActors(
  tx: Transaction,
  mapping: ActorMapping,
  rows: readonly Row[],
  outcome: ActorOutcome,
): Promise<void> {
  const checked = rows.map((row) => ({ row, ...checkActor(mapping, row, new WantedThings()) }));
  const known = await findActors(
    tx,
    mapping,
    checked.flatMap(({ fields }) => fields ?? []),
  );
  for (const { row, id, fields, defects } of checked) {
    if (!fields) {
      outcome.refuse(
        row,
        defects.map((defect) => problemOf(row, id, defect, columnsOf(mapping, defect.field))),
      );
      continue;
    }
    const actor = known.find(
      (one) => one.kind === fields.kind && one[mapping.match] === fields[mapping.match],
    );
    const sameSlug = known.find(({ slug }) => slug === fields.slug);
    if (!actor && sameSlug && !isSame(mapping, sameSlug, fields)) {
      const reason = `The slug belongs to another actor, ${sameSlug.kind} ${JSON.stringify(sameSlug.name)}.`;
      const defect = { field: 'slug', value: fields.slug, reason, kind: 'TAKEN_SLUG' as const };
      outcome.refuse(row, [problemOf(row, id, defect, columnsOf(mapping, 'slug'))]);
      continue;
    }
    await writeActor(tx, mapping, fields, actor ?? sameSlug, outcome);
  }
}

/** An actor with the slug and without a value to match by is the one; with another value it is another. */
function isSame({ match }: ActorMapping, known: KnownActor, { kind }: ActorFields): boolean {
  return known.kind === kind && (match === 'slug' || known[match] === null);
}

async function writeActor(
  tx: Transaction,
  { existing }: ActorMapping,
  fields: ActorFields,
  known: KnownActor | undefined,
  outcome: ActorOutcome,
): Promise<void> {
  if (!known) {
    await upsertActor.within(tx, fields);
    outcome.tally.recorded += 1;
    outcome.tally.made.actors += 1;
    return;
  }
  const changed = COLUMNS.filter((column) => {
    const value = fields[column] ?? null;
    return value !== null && value !== known[column] && (existing === 'update' || known[column] === null);
  });
  const names = [...known.names, ...newNames(known, fields)];
  if (changed.length === 0 && names.length === known.names.length) {
    outcome.tally.alreadyThere += 1;
    return;
  }
  await upsertActor.within(tx, {
    slug: known.slug,
    kind: known.kind,
    name: known.name,
    ...Object.fromEntries(changed.map((column) => [column, fields[column]])),
    // Replaces all names, so those that are there go in with the new ones.
    names: names.map(({ name, language }) => ({ name, language: language || null })),
  });
  outcome.tally.changed += 1;
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
