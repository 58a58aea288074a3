import type { Transaction } from '../database/open.js';
import type { ClaimValue, ClaimValues } from '../domain/development/claim-values.js';
import type { Authorship } from '../domain/development/commit.js';
import { slugsIn } from '../domain/development/compose.js';
import type { RecordFields } from '../domain/development/input.js';
import { type NewDevelopment, recordMany } from '../domain/development/record.js';
import { takenSlugs } from '../domain/development/slugs.js';
import type { ClaimField } from '../domain/development/vocabulary.js';
import type { FoundOrMade } from '../domain/find-or-make.js';
import { findReferences } from '../domain/references.js';
import { type DomainError, InvalidInputError, UnknownSlugError } from '../errors.js';
import type { NewFeedEntry } from '../feed/position.js';
import { idOf } from './apply-mapping.js';
import { checkDevelopment } from './check-rows.js';
import { type DevelopmentMapping, KINDS } from './mapping.js';
import { type Defect, problemOf, type Row } from './row.js';
import type { Outcome } from './run.js';
import { WantedThings } from './wanted.js';

interface Candidate {
  readonly row: Row;
  readonly id: string;
  readonly fields: RecordFields;
}

/**
 * Records a batch of checked rows: a bounded number of statements, however many rows.
 *
 * @returns What the feed is to tell. Rows that only the record shows to be bad are noted in `outcome`.
 */
export async function writeDevelopments(
  tx: Transaction,
  mapping: DevelopmentMapping,
  rows: readonly Row[],
  authorship: Authorship,
  outcome: Outcome,
): Promise<readonly NewFeedEntry[]> {
  const fresh = await withoutKnown(tx, mapping, rows, outcome);
  const wanted = new WantedThings();
  const candidates: Candidate[] = [];
  for (const row of fresh) {
    const { id, fields, defects } = checkDevelopment(mapping, row, wanted);
    if (id !== undefined && fields) candidates.push({ row, id, fields });
    else outcome.refuse(defects.map((defect) => problemOf(row, id, defect)));
  }
  await wanted.findOrMake(tx, outcome.made);
  const resolved = candidates.flatMap((candidate) => resolve(candidate, wanted, outcome));
  const sound = await withKnownReferences(tx, await withFreeSlugs(tx, resolved, outcome), outcome);
  const items = new Map(
    sound.map((candidate): [NewDevelopment, Candidate] => [
      {
        kind: KINDS[mapping.record],
        fields: candidate.fields,
        externalIds: [{ dataset: mapping.id.dataset, value: candidate.id }],
      },
      candidate,
    ]),
  );
  const refuse = (item: NewDevelopment, error: DomainError) => {
    const candidate = items.get(item);
    if (!candidate) throw error;
    const { row, id } = candidate;
    outcome.refuse(defectsOf(error, candidate).map((defect) => problemOf(row, id, defect)));
  };
  const { feed, result } = await recordMany(tx, [...items.keys()], mapping.publish, authorship, refuse);
  outcome.recorded += result.length;
  return feed;
}

/** What the domain refuses a development for by itself: rules that take several of its fields to tell. */
function defectsOf(error: DomainError, { fields }: Candidate): Defect[] {
  if (!(error instanceof InvalidInputError)) {
    return [{ field: 'citations', value: undefined, reason: error.message }];
  }
  return error.issues.map(({ path, message }) => {
    const field = path === '' ? 'row' : path;
    const value = (fields as Readonly<Record<string, unknown>>)[field];
    return { field, value: value ?? undefined, reason: message };
  });
}

/** The rows whose ids the record does not have; the others are counted. */
async function withoutKnown(
  tx: Transaction,
  mapping: DevelopmentMapping,
  rows: readonly Row[],
  outcome: Outcome,
): Promise<readonly Row[]> {
  const ids = rows.map((row) => idOf(mapping, row) ?? '');
  const known = await tx.externalId.findMany({
    where: { dataset: mapping.id.dataset, value: { in: ids } },
    select: { value: true },
  });
  const values = new Set(known.map(({ value }) => value));
  const fresh = rows.filter((_, index) => !values.has(ids[index] ?? ''));
  outcome.alreadyThere += rows.length - fresh.length;
  return fresh;
}

/** The candidate with the slugs of the record in place of those that stand for wanted things. */
function resolve({ row, id, fields }: Candidate, wanted: WantedThings, outcome: Outcome): Candidate[] {
  const ambiguous: [string, FoundOrMade & { ambiguous: readonly string[] }][] = [];
  const slugOf = (slug: string) => {
    const place = wanted.whereIs(slug);
    if ('slug' in place) return place.slug;
    ambiguous.push([wanted.nameOf(slug), place]);
    return slug;
  };
  const resolved = {
    ...fields,
    participants: distinct(
      fields.participants?.map((participant) => ({ ...participant, actor: slugOf(participant.actor) })),
      ({ actor, role }) => `${actor} ${role}`,
    ),
    topics: distinct(fields.topics?.map(slugOf), (slug) => slug),
    citations: fields.citations?.map((citation) => ({
      ...citation,
      source: slugOf(citation.source),
      claims: citation.claims?.map((claim) => ({
        ...claim,
        value: withActors(claim.field, claim.value, slugOf),
      })),
    })),
  };
  if (ambiguous.length === 0) return [{ row, id, fields: resolved }];
  const problems = ambiguous.map(([name, { ambiguous: slugs }]) =>
    problemOf(row, id, {
      field: 'row',
      value: name,
      reason: `Several of the record have this name or address: ${slugs.join(', ')}. Name one by its slug.`,
    }),
  );
  outcome.refuse(problems);
  return [];
}

/** What is claimed, with the actors that it names under other slugs. */
function withActors(field: ClaimField, value: ClaimValue, slugOf: (slug: string) => string): ClaimValue {
  if (field === 'SPEAKER') return [...new Set((value as ClaimValues['SPEAKER']).map(slugOf))];
  if (field !== 'ROLE') return value;
  const offices = (value as ClaimValues['ROLE']).map((office) => ({
    ...office,
    actor: slugOf(office.actor),
  }));
  return distinct(offices, ({ actor }) => actor) ?? [];
}

/** Two names of one actor make one participant. */
function distinct<T>(list: readonly T[] | undefined, keyOf: (item: T) => string): T[] | undefined {
  return list && [...new Map(list.toReversed().map((item) => [keyOf(item), item])).values()].toReversed();
}

/** Leaves out rows whose own slug another development has or had. */
async function withFreeSlugs(
  tx: Transaction,
  candidates: readonly Candidate[],
  outcome: Outcome,
): Promise<Candidate[]> {
  const slugs = candidates.flatMap(({ fields }) => fields.slug ?? []);
  if (slugs.length === 0) return [...candidates];
  const taken = new Set(await takenSlugs(tx, slugs));
  return candidates.filter(({ row, id, fields: { slug } }) => {
    if (slug && taken.has(slug)) {
      const reason = 'The slug belongs to another development.';
      outcome.refuse([problemOf(row, id, { field: 'slug', value: slug, reason })]);
      return false;
    }
    if (slug) taken.add(slug);
    return true;
  });
}

/** Leaves out rows that refer by slug to something that is not in the record. */
async function withKnownReferences(
  tx: Transaction,
  candidates: Candidate[],
  outcome: Outcome,
): Promise<Candidate[]> {
  const slugs: Record<string, string[]> = {};
  for (const { fields } of candidates) {
    for (const [owner, named] of Object.entries(slugsIn(fields)))
      slugs[owner] = [...(slugs[owner] ?? []), ...named];
  }
  try {
    await findReferences(tx, slugs);
    return candidates;
  } catch (error) {
    if (!(error instanceof UnknownSlugError)) throw error;
    const refersToIt = ({ fields }: Candidate) =>
      Object.entries(slugsIn(fields)).some(
        ([owner, named]) => owner === error.owner && named.includes(error.slug),
      );
    for (const { row, id } of candidates.filter(refersToIt)) {
      outcome.refuse([problemOf(row, id, { field: error.owner, value: error.slug, reason: error.message })]);
    }
    const others = candidates.filter((candidate) => !refersToIt(candidate));
    return withKnownReferences(tx, others, outcome);
  }
}
