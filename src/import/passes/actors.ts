import type { Database, Transaction } from '../../database/open.js';
import { upsertActor } from '../../domain/references/actor.js';
import { write } from '../../domain/write.js';
import type { ActorMapping } from '../mapping/mapping.js';
import { type ActorFields, ActorMapper, type MappedRow } from '../mapping/row-mapper.js';
import type { BatchResult, RefusedRow } from '../report/problems.js';
import { noTally, type Tally } from '../report/tally.js';
import { type Checked, type Checking, checkRows } from './check-rows.js';
import { goodRows, stopIfAborted, type Writing } from './good-rows.js';
import { type ImportPosition, saveProgress } from './import-progress.js';

/** Thrown inside a transaction to roll it back. */
class Rollback extends Error {}

const A_DAY = 24 * 60 * 60 * 1_000;

/** Checks rows of actors. They are written in a transaction that rolls back, because a row may find what one before it made. */
export async function checkActors(db: Database, checking: Checking<ActorMapping>): Promise<Checked> {
  const mapper = new ActorMapper(checking.mapping);
  let checked: Checked | undefined;
  const check = async (tx: Transaction) => {
    checked = await checkRows(checking, mapper, (rows) => upsertActors(tx, mapper, rows));
    throw new Rollback();
  };
  await db.$transaction(check, { timeout: A_DAY }).catch((error: unknown) => {
    if (!(error instanceof Rollback)) throw error;
  });
  if (!checked) throw new Error('The check ended without a result.');
  return checked;
}

/** How long a block may take, in milliseconds: on a slow disk, next to a vacuum. */
const BLOCK_TIMEOUT = 10 * 60 * 1_000;

/** Writes the good rows block by block, as `writeDevelopments` does. Actors have no feed entries. */
export async function writeActors(
  writing: Writing<ActorMapping>,
  position: ImportPosition,
): Promise<boolean> {
  const { writer, mapping, problems, progress, identity, onError } = writing;
  const mapper = new ActorMapper(mapping);
  try {
    for await (const batch of goodRows(writing)) {
      stopIfAborted(writing, position);
      let result: BatchResult | undefined;
      let isKept = true;
      const request = { operation: 'import', input: null, timeout: BLOCK_TIMEOUT };
      await write(writer, request, async (tx) => {
        result = await upsertActors(
          tx,
          mapper,
          batch.rows.map((row) => mapper.map(row)),
        );
        if (onError === 'abort' && result.refused.length > 0) throw new Rollback();
        await saveProgress(tx, identity, position.after(batch, result));
        return { result: {}, feed: [], references: true };
      }).catch((error: unknown) => {
        if (!(error instanceof Rollback)) throw error;
        isKept = false;
      });
      for (const { problems: found } of result?.refused ?? []) problems.add(found);
      await problems.flush();
      if (!isKept || !result) return false;
      position.moveTo(position.after(batch, result), batch);
      progress.rows(position.rows);
    }
    return true;
  } catch (error) {
    throw position.stopped(error);
  }
}

const COLUMNS = ['name', 'description', 'countryCode', 'countryCode3', 'wikidataId'] as const;

type KnownActor = NonNullable<Awaited<ReturnType<typeof findActors>>[number]>;

/** Creates the actors of a batch of rows, or changes those that the record has. */
async function upsertActors(
  tx: Transaction,
  mapper: ActorMapper,
  rows: readonly MappedRow<ActorFields>[],
): Promise<BatchResult> {
  const { mapping } = mapper;
  const tally = noTally();
  const refused: RefusedRow[] = [];
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
    await upsert(tx, mapping, fields, actor ?? sameSlug, tally);
  }
  return { tally, refused };
}

/** An actor with the same slug is the same, unless it has another value to match by. */
function isSame({ match }: ActorMapping, known: KnownActor, { kind }: ActorFields): boolean {
  return known.kind === kind && (match === 'slug' || known[match] === null);
}

async function upsert(
  tx: Transaction,
  { existing }: ActorMapping,
  fields: ActorFields,
  known: KnownActor | undefined,
  tally: Tally,
): Promise<void> {
  if (!known) {
    await upsertActor.within(tx, fields);
    tally.recorded += 1;
    tally.made.actors += 1;
    return;
  }
  const changed = COLUMNS.filter((column) => {
    const value = fields[column] ?? null;
    return value !== null && value !== known[column] && (existing === 'update' || known[column] === null);
  });
  const names = [...known.names, ...newNames(known, fields)];
  if (changed.length === 0 && names.length === known.names.length) {
    tally.alreadyThere += 1;
    return;
  }
  await upsertActor.within(tx, {
    slug: known.slug,
    kind: known.kind,
    name: known.name,
    ...Object.fromEntries(changed.map((column) => [column, fields[column]])),
    // Replaces all names, so the existing ones are given too.
    names: names.map(({ name, language }) => ({ name, language: language || null })),
  });
  tally.changed += 1;
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
