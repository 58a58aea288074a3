import type { Transaction } from '../../../database/open.js';
import type { ReviewMode } from '../../../generated/prisma/client.js';
import { type DomainError, InvalidInputError } from '../../errors.js';
import { parseInput, text } from '../../input.js';
import { newId } from '../../new-id.js';
import { findReferences, type ReferenceOwner, type References } from '../../references/lookup.js';
import { ReviewRequiredError } from '../../review/errors.js';
import { readOverride } from '../../review/override.js';
import {
  againAfterConflict,
  findResult,
  hashOf,
  parseKey,
  type WriteRequest,
  type Writer,
  type Written,
} from '../../write.js';
import { composeNew, slugsIn } from '../content/compose.js';
import type { DevelopmentContent } from '../content/content.js';
import { type Kind, type RecordFields, type RecordInput, recordInputs } from '../content/input.js';
import { CitationRequiredError, ExternalIdTakenError } from '../errors.js';
import { findGrades, type Grades } from '../evidence/confidence.js';
import type { Authorship, DevelopmentRef } from './commit.js';
import { commitNew } from './commit-new.js';
import { insertDevelopment, type RequestKey } from './insert.js';
import { lookUp } from './look-up.js';
import type { DevelopmentState } from './rows.js';
import { chooseSlug, chooseSlugs, wantedSlug } from './slugs.js';

/** Options of a new development. */
export interface RecordOptions {
  /** Publish at once. Default: record a draft. */
  readonly publish?: boolean | null | undefined;
  readonly reason?: string | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
  /** Whether an ADMIN publishes it alone although the record requires review. It needs a reason. */
  readonly overrideReview?: boolean | null | undefined;
}

/** A validated development to record. */
export interface NewDevelopment {
  readonly kind: Kind;
  readonly fields: RecordFields;
  /** Its ids in other data sets. */
  readonly externalIds?: readonly { readonly dataset: string; readonly value: string }[];
}

/**
 * Records an event, a statement or a doctrine change with two SQL statements: one looks up references, one writes.
 *
 * References are never deleted, so the statements need no common transaction. If another transaction takes the slug or
 * the key in between, both run again.
 *
 * @returns Without `state` if an earlier request with the same key recorded it.
 * @throws {InvalidInputError}
 * @throws {UnknownSlugError} For an actor, source, treaty, … that is not in the record.
 * @throws {SlugTakenError}
 * @throws {CitationRequiredError} If it would be published without a citation.
 * @throws {ReviewRequiredError} If it would be published, and the record requires review.
 * @throws {IdempotencyKeyReusedError}
 */
export async function recordDevelopment<K extends Kind>(
  writer: Writer,
  kind: K,
  input: RecordInput<K>,
  { publish, reason, idempotencyKey, overrideReview }: RecordOptions = {},
): Promise<DevelopmentRef & { readonly state?: DevelopmentState }> {
  const fields = parseInput(recordInputs[kind], input) as RecordFields;
  const parsedReason = reason == null ? null : parseInput(text(1_000), reason, 'reason');
  const override = readOverride(writer, overrideReview, parsedReason);
  const options = { input, publish, reason, ...(override && { overrideReview }) };
  const request = { operation: `record ${kind}`, input: options, idempotencyKey };
  const key = keyOf(writer, request);
  const authorship = { editor: writer.editor, reason: parsedReason, at: writer.at };
  return againAfterConflict(async () => {
    const first = key && (await findResult<DevelopmentRef>(writer.db, key.editor, key.key, key.requestHash));
    if (first) return first;
    const { state, mode } = await composeState(writer, { kind, fields }, publish === true);
    const needsReview = publish === true && mode === 'REQUIRED';
    if (needsReview && !override) throw new ReviewRequiredError(state.content.slug);
    const by = needsReview ? { ...authorship, ...override } : authorship;
    const position = await insertDevelopment(writer.db, state, by, key);
    writer.wake(position ?? 'DESK');
    return { id: state.id, revision: state.revision, state };
  });
}

function keyOf({ editor }: Writer, request: WriteRequest): RequestKey | undefined {
  const key = parseKey(request);
  if (key === undefined) return undefined;
  return { editor, key, operation: request.operation, requestHash: hashOf(request) };
}

async function composeState(
  { db, at = new Date() }: Writer,
  item: NewDevelopment,
  publish: boolean,
): Promise<{ readonly state: DevelopmentState; readonly mode: ReviewMode }> {
  const { refs, grades, taken, mode } = await lookUp(db, slugsIn(item.fields), wantedSlug(item.fields));
  const slug = chooseSlug(item.fields, taken);
  return { state: newState(composeNewDevelopment(item, slug, publish, { refs, grades }), publish, at), mode };
}

/**
 * Records many developments inside a transaction, with a fixed number of statements.
 *
 * @param refuse Called with each development that breaks a rule by itself, and its InvalidInputError or
 *   CitationRequiredError. The others are recorded. Default: throw the error.
 * @returns The recorded developments, in the order of `items`.
 * @throws {UnknownSlugError}
 * @throws {SlugTakenError}
 * @throws {ExternalIdTakenError}
 */
export async function recordMany(
  tx: Transaction,
  items: readonly NewDevelopment[],
  publish: boolean,
  authorship: Authorship,
  refuse: (item: NewDevelopment, error: DomainError) => void = (_, error) => {
    throw error;
  },
): Promise<Written<DevelopmentRef[]>> {
  if (items.length === 0) return { result: [], feed: [] };
  const named = gatherSlugs(items);
  const refs = await findReferences(tx, named);
  const grades = await findGrades(
    tx,
    [...(named.Source ?? [])].map((slug) => refs.id('Source', slug)),
  );
  await refuseKnownExternalIds(tx, items);
  const slugs = await chooseSlugs(
    tx,
    items.map(({ fields }) => fields),
  );
  const now = new Date();
  const states = items.flatMap((item, index): DevelopmentState[] => {
    const content = composeOrRefuse(item, slugs[index] ?? '', publish, { refs, grades }, refuse);
    return content ? [newState(content, publish, now)] : [];
  });
  return states.length === 0 ? { result: [], feed: [] } : commitNew(tx, states, authorship);
}

/** Returns the state of a development at the time of its recording. */
export function newState(content: DevelopmentContent, publish: boolean, now: Date): DevelopmentState {
  const publishedAt = publish ? now : null;
  const status = publish ? 'PUBLISHED' : 'DRAFT';
  return { id: newId(), revision: 1, status, recordedAt: now, publishedAt, changedAt: now, content };
}

/**
 * Composes the content of a development to record; undefined if it was refused.
 *
 * @param refuse As in {@link recordMany}.
 */
export function composeOrRefuse(
  item: NewDevelopment,
  slug: string,
  publish: boolean,
  { refs, grades }: { readonly refs: References; readonly grades: Grades },
  refuse: (item: NewDevelopment, error: DomainError) => void,
): DevelopmentContent | undefined {
  try {
    return composeNewDevelopment(item, slug, publish, { refs, grades });
  } catch (error) {
    if (!(error instanceof InvalidInputError || error instanceof CitationRequiredError)) throw error;
    refuse(item, error);
    return undefined;
  }
}

/** Composes the content of a new development, and refuses to publish one without a citation. */
export function composeNewDevelopment(
  { kind, fields, externalIds = [] }: NewDevelopment,
  slug: string,
  publish: boolean,
  { refs, grades }: { readonly refs: References; readonly grades: Grades },
): DevelopmentContent {
  if (publish && !fields.citations?.length) throw new CitationRequiredError(slug, 'citations');
  return { ...composeNew(kind, slug, fields, refs, grades), externalIds };
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
