import slugify from '@sindresorhus/slugify';
import type { Transaction } from '../../database/open.js';
import { ExternalIdTakenError, SlugTakenError } from '../../errors.js';
import { newId } from '../id.js';
import { parseInput, text } from '../input.js';
import { findReferences, type ReferenceOwner } from '../references.js';
import { type Writer, type Written, write } from '../write.js';
import { type Authorship, commitNew, type DevelopmentRef } from './commit.js';
import { composeNew, slugsIn } from './compose.js';
import { type Kind, type RecordFields, type RecordInput, recordInputs } from './input.js';
import type { DevelopmentState } from './rows.js';

/** How a new development enters the record. */
export interface RecordOptions {
  /** Publish at once; otherwise it stays a draft. */
  readonly publish?: boolean | null | undefined;
  readonly reason?: string | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/** A development to record, checked. */
export interface NewDevelopment {
  readonly kind: Kind;
  readonly fields: RecordFields;
  /** The keys under which other data sets know it. */
  readonly externalIds?: readonly { readonly dataset: string; readonly value: string }[];
}

/**
 * Records an event, a statement or a doctrine change.
 *
 * @throws {InvalidInputError}
 * @throws {UnknownSlugError} For an actor, source, treaty, … that is not in the record.
 * @throws {SlugTakenError}
 * @throws {IdempotencyKeyReusedError}
 */
export async function recordDevelopment<K extends Kind>(
  writer: Writer,
  kind: K,
  input: RecordInput<K>,
  { publish, reason, idempotencyKey }: RecordOptions = {},
): Promise<DevelopmentRef> {
  const fields = parseInput(recordInputs[kind], input) as RecordFields;
  const request = { operation: `record ${kind}`, input: { input, publish, reason }, idempotencyKey };
  return write(writer, request, async (tx) => {
    const authorship = {
      editor: writer.editor,
      reason: reason == null ? null : parseInput(text(1_000), reason, 'reason'),
    };
    const written = await recordMany(tx, [{ kind, fields }], publish === true, authorship);
    return { feed: written.feed, result: onlyOne(written.result) };
  });
}

/**
 * Records many developments inside a transaction: a bounded number of statements, however many.
 *
 * @throws {UnknownSlugError}
 * @throws {SlugTakenError}
 * @throws {ExternalIdTakenError}
 */
export async function recordMany(
  tx: Transaction,
  items: readonly NewDevelopment[],
  publish: boolean,
  authorship: Authorship,
): Promise<Written<DevelopmentRef[]>> {
  if (items.length === 0) return { result: [], feed: [] };
  const refs = await findReferences(tx, gatherSlugs(items));
  await refuseKnownExternalIds(tx, items);
  const slugs = await chooseSlugs(tx, items);
  const now = new Date();
  const states = items.map(
    ({ kind, fields, externalIds = [] }, index): DevelopmentState => ({
      id: newId(),
      revision: 1,
      status: publish ? 'PUBLISHED' : 'DRAFT',
      recordedAt: now,
      publishedAt: publish ? now : null,
      content: { ...composeNew(kind, slugs[index] ?? '', fields, refs), externalIds },
    }),
  );
  return commitNew(tx, states, authorship);
}

function gatherSlugs(items: readonly NewDevelopment[]): Partial<Record<ReferenceOwner, Set<string>>> {
  const gathered: Partial<Record<ReferenceOwner, Set<string>>> = {};
  for (const { fields } of items) {
    for (const [owner, slugs] of Object.entries(slugsIn(fields)) as [ReferenceOwner, string[]][]) {
      gathered[owner] ??= new Set();
      for (const slug of slugs) gathered[owner].add(slug);
    }
  }
  return gathered;
}

async function refuseKnownExternalIds(tx: Transaction, items: readonly NewDevelopment[]): Promise<void> {
  const keys = items.flatMap(({ externalIds = [] }) => externalIds);
  if (keys.length === 0) return;
  const known = await tx.externalId.findFirst({
    where: { OR: keys.map(({ dataset, value }) => ({ dataset, value })) },
  });
  if (known) throw new ExternalIdTakenError(known.dataset, known.value);
}

/** The slugs given, and for the others slugs made from their headlines, each free and each once. */
async function chooseSlugs(tx: Transaction, items: readonly NewDevelopment[]): Promise<string[]> {
  const wanted = items.map(({ fields }) => fields.slug ?? slugFrom(fields.headline));
  const taken = new Set(await takenSlugs(tx, wanted));
  return items.map(({ fields }, index) => {
    const slug = wanted[index] ?? '';
    if (fields.slug && taken.has(slug)) throw new SlugTakenError(slug);
    const free = taken.has(slug) ? `${slug}-${newId().slice(-8)}` : slug;
    taken.add(free);
    return free;
  });
}

async function takenSlugs(tx: Transaction, slugs: string[]): Promise<string[]> {
  const rows = await tx.development.findMany({ where: { slug: { in: slugs } }, select: { slug: true } });
  return rows.map(({ slug }) => slug);
}

/** A slug of whole words, at most 80 characters; `development` where the headline has no letter to write. */
function slugFrom(headline: string): string {
  const slug = slugify(headline);
  const cut = slug.length <= 80 ? slug : slug.slice(0, slug.lastIndexOf('-', 80));
  return cut === '' ? 'development' : cut.slice(0, 80);
}

function onlyOne<T>(list: readonly T[]): T {
  const [only] = list;
  if (only === undefined || list.length !== 1) throw new Error(`Expected one result; got ${list.length}.`);
  return only;
}
