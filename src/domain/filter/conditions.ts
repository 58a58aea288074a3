import { type Confidence, Prisma } from '../../generated/prisma/client.js';
import { canLieWithin, liesWithin, parseFuzzyDate } from '../dates/fuzzy-date.js';
import { type DevelopmentContent, kindOf } from '../development/content/content.js';
import { isDisputed } from '../development/evidence/disputes.js';
import { countryCode, parseInput } from '../input.js';
import { REFERENCE_KINDS, type ReferenceOwner, type References } from '../references/lookup.js';
import { foundBy, type SearchQuery } from '../search/query.js';
import { hasOneOf, hasOnly } from './lists.js';
import { occurredWithin } from './occurred.js';
import type { ConditionField, DevelopmentFacts, DevelopmentFilter } from './types.js';

const { sql } = Prisma;

/** The record's answers to the names and texts in a filter. */
export interface Known {
  readonly refs: References;
  readonly queries: ReadonlyMap<string, SearchQuery>;
  /** Whether the condition is within `not`. */
  readonly isNegated: boolean;
}

/** Everything there is to know about one field of the filter. */
interface Condition<Value> {
  /** SQL condition on `it`, a row of `development` or `development_version`. */
  where(value: Value, known: Known): Prisma.Sql;
  /** Evaluates the condition outside the database, with the same result as `where`. */
  matches(value: Value, facts: DevelopmentFacts, refs: References): boolean;
  /** The slugs in the value, and the path that errors about them name. */
  slugs?(value: Value): NamedSlugs;
  /** The `subject_id` of `development_mention`, if the value names exactly one object. */
  subject?(value: Value, refs: References): Prisma.Sql | undefined;
}

interface NamedSlugs {
  readonly owner: ReferenceOwner;
  readonly path: string;
  readonly slugs: readonly string[];
}

type Value<Field extends ConditionField> = NonNullable<DevelopmentFilter[Field]>;

const CONDITIONS: { readonly [Field in ConditionField]: Condition<Value<Field>> } = {
  kind: oneOf('kind', 'DevelopmentKind', ({ content }) => kindOf(content)),
  status: oneOf('status', 'DevelopmentStatus', ({ status }) => status),
  eventType: oneOf('event_type', 'EventType', ({ content: { detail } }) =>
    detail.kind === 'EVENT' ? detail.type : undefined,
  ),
  changeType: oneOf('change_type', 'ChangeType', ({ content: { detail } }) =>
    detail.kind === 'DOCTRINE_CHANGE' ? detail.changeType : undefined,
  ),
  participant: {
    where: ({ actor, role }, { refs }) => {
      const id = refs.id('Actor', actor);
      const takesPart = sql`it.actor_ids @> ${[id]}::uuid[]`;
      return role
        ? sql`(${takesPart} AND it.parts && ${role.map((one) => `${one}:${id}`)}::text[])`
        : takesPart;
    },
    matches: (wanted, { content }, refs) => {
      const id = refs.id('Actor', wanted.actor);
      return content.participants.some(
        ({ actorId, role }) => actorId === id && (!wanted.role || wanted.role.includes(role)),
      );
    },
    slugs: ({ actor }) => ({ owner: 'Actor', path: 'actor', slugs: [actor] }),
    // With a role, most mentions of the actor may have to be filtered out: the planner chooses better.
    subject: ({ actor, role }, refs) => (role ? undefined : subjectOf(refs.id('Actor', actor))),
  },
  country: {
    where: (codes, { isNegated }) =>
      hasOneOf(sql`it.countries`, { values: codes.map(parseCountry), type: 'text' }, isNegated),
    matches: (codes, facts) => intersects(codes, countriesOf(facts)),
    subject: (codes) => {
      const [code] = codes;
      return code !== undefined && codes.length === 1
        ? sql`country_subject(${parseCountry(code)})`
        : undefined;
    },
  },
  topic: bySlug('topic', 'Topic', ({ topicIds }) => topicIds),
  treaty: bySlug('treaty', 'Treaty', ({ treatyIds }) => treatyIds),
  weaponSystem: bySlug('weaponSystem', 'WeaponSystem', (it) => it.weaponSystemIds),
  doctrine: bySlug('doctrine', 'Doctrine', ({ doctrineIds, detail }) =>
    detail.kind === 'DOCTRINE_CHANGE' ? [...doctrineIds, detail.doctrineId] : doctrineIds,
  ),
  source: bySlug('source', 'Source', sourcesOf),
  restsOnlyOn: {
    where: (slugs, { refs }) =>
      hasOnly(sql`it.source_ids`, { values: idsOf(refs, 'Source', slugs), type: 'uuid' }),
    matches: (slugs, { content }, refs) => {
      const ids = idsOf(refs, 'Source', slugs);
      const cited = sourcesOf(content);
      return cited.length > 0 && cited.every((id) => ids.includes(id));
    },
    slugs: (slugs) => ({ owner: 'Source', path: 'restsOnlyOn', slugs }),
  },
  occurred: {
    where: occurredWithin,
    matches: ({ within, certainty }, { content: { occurred } }) => {
      const range = parseFuzzyDate(within, 'within');
      return certainty === 'CERTAIN' ? liesWithin(occurred, range) : canLieWithin(occurred, range);
    },
  },
  recordedSince: {
    where: (since) => sql`it.recorded_at >= ${since}::timestamptz`,
    matches: (since, { recordedAt }) => recordedAt >= since,
  },
  minConfidence: {
    where: (confidence) => sql`it.confidence >= ${confidence}::"Confidence"`,
    matches: (confidence, { content }) => RANK[content.confidence] >= RANK[confidence],
  },
  disputed: {
    where: (disputed) => sql`it.disputed = ${disputed}`,
    matches: (disputed, { content }) => isDisputed(content.claims) === disputed,
  },
  text: {
    where: (text, { queries }) => {
      const query = queries.get(text);
      if (!query) throw new Error(`The text ${JSON.stringify(text)} was not prepared.`);
      return foundBy(query);
    },
    matches: (text, { texts }) => texts.has(text),
  },
};

const FIELDS = Object.keys(CONDITIONS) as ConditionField[];

/** Returns the conditions that a filter sets, without those of the filters within it. */
export function conditionsOf(filter: DevelopmentFilter): { condition: Condition<unknown>; value: unknown }[] {
  return FIELDS.flatMap((field) => {
    const value = filter[field];
    return value == null ? [] : [{ condition: CONDITIONS[field] as Condition<unknown>, value }];
  });
}

/** The `subject_id` of an object with an id. */
export const subjectOf = (id: string): Prisma.Sql => sql`${id}::uuid`;

const RANK: Readonly<Record<Confidence, number>> = { LOW: 0, MODERATE: 1, HIGH: 2 };

/** A single value is compared by `=`, which keeps rows in the order of an index that begins with the column. */
function oneOf<Term extends string>(
  column: string,
  type: string,
  termOf: (facts: DevelopmentFacts) => Term | undefined,
): Condition<readonly Term[]> {
  const [it, as] = [Prisma.raw(`it.${column}`), Prisma.raw(`"${type}"`)];
  return {
    where: (terms) =>
      terms.length === 1
        ? sql`${it} = ${terms[0]}::text::${as}`
        : sql`${it} = ANY (${[...terms]}::text[]::${as}[])`,
    matches: (terms, facts) => {
      const term = termOf(facts);
      return term !== undefined && terms.includes(term);
    },
  };
}

function bySlug(
  path: ConditionField,
  owner: ReferenceOwner,
  idsIn: (content: DevelopmentContent) => readonly string[],
): Condition<readonly string[]> {
  const it = Prisma.raw(`it.${REFERENCE_KINDS[owner].ids}`);
  return {
    where: (slugs, { refs, isNegated }) =>
      hasOneOf(sql`${it}`, { values: idsOf(refs, owner, slugs), type: 'uuid' }, isNegated),
    matches: (slugs, { content }, refs) => intersects(idsOf(refs, owner, slugs), idsIn(content)),
    slugs: (slugs) => ({ owner, path, slugs }),
    subject: (slugs, refs) => {
      const [id] = idsOf(refs, owner, slugs);
      return id !== undefined && slugs.length === 1 ? subjectOf(id) : undefined;
    },
  };
}

const idsOf = (refs: References, owner: ReferenceOwner, slugs: readonly string[]) =>
  slugs.map((slug) => refs.id(owner, slug));

const intersects = (wanted: readonly string[], held: readonly string[]) =>
  wanted.some((one) => held.includes(one));

const parseCountry = (code: string) => parseInput(countryCode, code, 'country');

/** The present countries of participants, and those of places. */
function countriesOf({ content, countries }: DevelopmentFacts): string[] {
  const ofActors = content.participants.map(({ actorId }) => countries.get(actorId));
  const ofPlaces =
    content.detail.kind === 'EVENT' ? content.detail.places.map(({ countryCode: code }) => code) : [];
  return [...ofActors, ...ofPlaces].filter((code) => code != null);
}

function sourcesOf({ citations }: DevelopmentContent): string[] {
  return citations.map(({ sourceId }) => sourceId);
}
