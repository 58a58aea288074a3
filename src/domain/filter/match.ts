import type { Confidence, DevelopmentStatus } from '../../generated/prisma/client.js';
import { canLieWithin, liesWithin, parseFuzzyDate } from '../dates/fuzzy-date.js';
import { type DevelopmentContent, kindOf } from '../development/content.js';
import { isDisputed } from '../development/disputes.js';
import type { References } from '../references/lookup.js';
import type { DevelopmentFilter } from './prepare.js';

/** What a filter is held against where there is no row: a development as one of its revisions left it. */
export interface DevelopmentFacts {
  readonly content: DevelopmentContent;
  readonly status: DevelopmentStatus;
  /** When the development was first written down. */
  readonly recordedAt: Date;
  /** Countries of actors, by actor id; what is not there has none. */
  readonly countries: ReadonlyMap<string, string>;
  /** The filter's texts that find it: only the database can say. */
  readonly texts: ReadonlySet<string>;
}

/** Whether the filter picks the development: the same answer as its `where` gives in SQL. */
export function matchesFilter(filter: DevelopmentFilter, facts: DevelopmentFacts, refs: References): boolean {
  const { content, status, recordedAt } = facts;
  const { detail } = content;
  const one = <T>(wanted: readonly T[] | null | undefined, value: T) => !wanted || wanted.includes(value);
  const some = <T>(wanted: readonly T[] | null | undefined, has: (value: T) => boolean) =>
    !wanted || wanted.some(has);
  return (
    one(filter.kind, kindOf(content)) &&
    one(filter.status, status) &&
    some(filter.eventType, (type) => detail.kind === 'EVENT' && detail.type === type) &&
    some(filter.changeType, (type) => detail.kind === 'DOCTRINE_CHANGE' && detail.changeType === type) &&
    hasParticipant(filter.participant, content, refs) &&
    some(filter.country, (code) => countriesOf(facts).includes(code)) &&
    some(filter.topic, (slug) => content.topicIds.includes(refs.id('Topic', slug))) &&
    some(filter.treaty, (slug) => content.treatyIds.includes(refs.id('Treaty', slug))) &&
    some(filter.weaponSystem, (slug) => content.weaponSystemIds.includes(refs.id('WeaponSystem', slug))) &&
    some(filter.doctrine, (slug) => doctrinesOf(content).includes(refs.id('Doctrine', slug))) &&
    some(filter.source, (slug) =>
      content.citations.some(({ sourceId }) => sourceId === refs.id('Source', slug)),
    ) &&
    restsOnlyOn(filter.restsOnlyOn, content, refs) &&
    isWithin(filter.occurred, content) &&
    (!filter.recordedSince || recordedAt >= filter.recordedSince) &&
    (!filter.minConfidence || RANK[content.confidence] >= RANK[filter.minConfidence]) &&
    (filter.disputed == null || isDisputed(content.claims) === filter.disputed) &&
    (filter.text == null || facts.texts.has(filter.text)) &&
    some(filter.or, (part) => matchesFilter(part, facts, refs)) &&
    (!filter.not || !matchesFilter(filter.not, facts, refs)) &&
    (filter.and ?? []).every((part) => matchesFilter(part, facts, refs))
  );
}

const RANK: Readonly<Record<Confidence, number>> = { LOW: 0, MODERATE: 1, HIGH: 2 };

function hasParticipant(
  wanted: DevelopmentFilter['participant'],
  { participants }: DevelopmentContent,
  refs: References,
): boolean {
  if (!wanted) return true;
  const id = refs.id('Actor', wanted.actor);
  return participants.some(
    ({ actorId, role }) => actorId === id && (!wanted.role || wanted.role.includes(role)),
  );
}

function restsOnlyOn(
  wanted: DevelopmentFilter['restsOnlyOn'],
  { citations }: DevelopmentContent,
  refs: References,
): boolean {
  if (!wanted) return true;
  const ids = wanted.map((slug) => refs.id('Source', slug));
  return citations.length > 0 && citations.every(({ sourceId }) => ids.includes(sourceId));
}

function countriesOf({ content, countries }: DevelopmentFacts): string[] {
  const ofActors = content.participants.map(({ actorId }) => countries.get(actorId));
  const ofPlaces =
    content.detail.kind === 'EVENT' ? content.detail.places.map(({ countryCode }) => countryCode) : [];
  return [...ofActors, ...ofPlaces].filter((code) => code != null);
}

function doctrinesOf({ doctrineIds, detail }: DevelopmentContent): readonly string[] {
  return detail.kind === 'DOCTRINE_CHANGE' ? [...doctrineIds, detail.doctrineId] : doctrineIds;
}

function isWithin(wanted: DevelopmentFilter['occurred'], { occurred }: DevelopmentContent): boolean {
  if (!wanted) return true;
  const range = parseFuzzyDate(wanted.within, 'within');
  return wanted.certainty === 'CERTAIN' ? liesWithin(occurred, range) : canLieWithin(occurred, range);
}
