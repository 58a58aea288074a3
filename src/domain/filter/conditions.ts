import { z } from 'zod';
import { type Confidence, Prisma } from '../../generated/prisma/client.js';
import { canLieWithin, liesWithin, parseFuzzyDate } from '../dates/fuzzy-date.js';
import { type DevelopmentContent, kindOf } from '../development/content/content.js';
import { isDisputed } from '../development/evidence/disputes.js';
import { countryCode, name, parseInput } from '../input.js';
import { foundBy } from '../search/query.js';
import {
  anyOf,
  bySlug,
  type Condition,
  heldIn,
  idsOf,
  instant,
  one,
  oneOf,
  subjectOf,
} from './comparisons.js';
import { hasOneOf, hasOnly } from './lists.js';
import { occurredWithin } from './occurred.js';
import type { ConditionField, DevelopmentFacts, DevelopmentFilter } from './types.js';

const { sql } = Prisma;

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
      const id = refs.find('Actor', actor);
      if (id === undefined) return sql`false`;
      const takesPart = sql`it.actor_ids @> ${[id]}::uuid[]`;
      return role
        ? sql`(${takesPart} AND it.parts && ${role.map((one) => `${one}:${id}`)}::text[])`
        : takesPart;
    },
    test: (wanted, refs) => {
      const id = refs.id('Actor', wanted.actor);
      const roles = wanted.role && new Set(wanted.role);
      return {
        key: [id, roles ? [...roles].sort() : null],
        values: 1,
        matches: ({ content }) =>
          content.participants.some(({ actorId, role }) => actorId === id && (!roles || roles.has(role))),
      };
    },
    slugs: ({ actor }) => ({ owner: 'Actor', path: 'actor', slugs: [actor] }),
    // With a role, most mentions of the actor may have to be filtered out: the planner chooses better.
    subject: ({ actor, role }, refs) => {
      const id = role ? undefined : refs.find('Actor', actor);
      return id === undefined ? undefined : subjectOf(id);
    },
  },
  country: {
    where: (codes, { isNegated }) =>
      hasOneOf(sql`it.countries`, { values: codes.map(parseCountry), type: 'text' }, isNegated),
    test: (codes) => anyOf(codes.map(parseCountry), countriesOf),
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
    test: (slugs, refs) => {
      const ids = new Set(idsOf(refs, 'Source', slugs));
      return {
        ...heldIn(ids),
        matches: ({ content: { citations } }) =>
          citations.length > 0 && citations.every(({ sourceId }) => ids.has(sourceId)),
      };
    },
    slugs: (slugs) => ({ owner: 'Source', path: 'restsOnlyOn', slugs }),
  },
  occurred: {
    where: occurredWithin,
    test: ({ within, certainty }) => {
      const range = parseFuzzyDate(within, 'within');
      const isCertain = certainty === 'CERTAIN';
      return {
        key: [within, isCertain],
        values: 1,
        matches: ({ content: { occurred } }) =>
          isCertain ? liesWithin(occurred, range) : canLieWithin(occurred, range),
      };
    },
  },
  recordedSince: instant('recorded_at', 'since', ({ recordedAt }) => recordedAt),
  publishedSince: instant('published_at', 'since', ({ publishedAt }) => publishedAt),
  publishedBefore: instant('published_at', 'before', ({ publishedAt }) => publishedAt),
  changedSince: instant('changed_at', 'since', ({ changedAt }) => changedAt),
  changedBefore: instant('changed_at', 'before', ({ changedAt }) => changedAt),
  externalId: {
    // An id belongs to its development from the first revision on, so the table answers for the past too.
    where: (key) => {
      const { dataset, id } = parseExternalId(key);
      return sql`it.id = (SELECT development_id FROM external_id WHERE dataset = ${dataset} AND value = ${id})`;
    },
    test: (key) => {
      const { dataset, id } = parseExternalId(key);
      return one([dataset, id], ({ content: { externalIds } }) =>
        externalIds.some((known) => known.dataset === dataset && known.value === id),
      );
    },
  },
  minConfidence: {
    where: (confidence) => sql`it.confidence >= ${confidence}::"Confidence"`,
    test: (confidence) => one(confidence, ({ content }) => RANK[content.confidence] >= RANK[confidence]),
  },
  disputed: {
    where: (disputed) => sql`it.disputed = ${disputed}`,
    test: (disputed) => one(disputed, ({ content }) => isDisputed(content.claims) === disputed),
  },
  text: {
    where: (text, { queries, isNegated, period }) => {
      const query = queries.get(text);
      if (!query) throw new Error(`The text ${JSON.stringify(text)} was not prepared.`);
      return foundBy(query, isNegated ? undefined : period);
    },
    test: (text) => one(text, ({ texts }) => texts.has(text)),
  },
};

const FIELDS = Object.keys(CONDITIONS) as ConditionField[];

/** Returns the conditions that a filter sets, without those of the filters within it. */
export function conditionsOf(filter: DevelopmentFilter): SetCondition[] {
  return FIELDS.flatMap((field) => {
    const value = filter[field];
    return value == null ? [] : [{ field, condition: CONDITIONS[field] as Condition<unknown>, value }];
  });
}

interface SetCondition {
  readonly field: ConditionField;
  readonly condition: Condition<unknown>;
  readonly value: unknown;
}

const RANK: Readonly<Record<Confidence, number>> = { LOW: 0, MODERATE: 1, HIGH: 2 };

const externalId = z.object({ dataset: name(1_000), id: name(1_000) });
const parseExternalId = (key: { dataset: string; id: string }) => parseInput(externalId, key, 'externalId');

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
