import type { Transaction } from '../database/open.js';
import { BadArgumentError } from '../errors.js';
import type {
  ChangeType,
  Confidence,
  DevelopmentKind,
  DevelopmentStatus,
  EventType,
  ParticipantRole,
  Prisma,
} from '../generated/prisma/client.js';
import { type DevelopmentFacts, matchesFilter } from './filter-match.js';
import { asDate, NO_EARLIEST, NO_LATEST, parseFuzzyDate } from './fuzzy-date.js';
import { countryCode, isStorable, parseInput, shown } from './input.js';
import { findReferences, parseSlug, type ReferenceOwner, type References } from './references.js';

/** Whether a fuzzy date must lie in the range, or only can. */
export type Certainty = 'CERTAIN' | 'POSSIBLE';

type Optional<T> = T | null | undefined;

/** Which developments are asked for; all conditions given must hold. One filter serves lists and feeds. */
export interface DevelopmentFilter {
  readonly kind?: Optional<readonly DevelopmentKind[]>;
  readonly eventType?: Optional<readonly EventType[]>;
  readonly changeType?: Optional<readonly ChangeType[]>;
  readonly participant?: Optional<{ actor: string; role?: Optional<readonly ParticipantRole[]> }>;
  readonly country?: Optional<readonly string[]>;
  readonly topic?: Optional<readonly string[]>;
  readonly treaty?: Optional<readonly string[]>;
  readonly weaponSystem?: Optional<readonly string[]>;
  readonly doctrine?: Optional<readonly string[]>;
  readonly source?: Optional<readonly string[]>;
  readonly occurred?: Optional<{ within: string; certainty?: Optional<Certainty> }>;
  readonly recordedSince?: Optional<Date>;
  readonly minConfidence?: Optional<Confidence>;
  readonly disputed?: Optional<boolean>;
  readonly status?: Optional<readonly DevelopmentStatus[]>;
  readonly text?: Optional<string>;
  readonly and?: Optional<readonly DevelopmentFilter[]>;
  readonly or?: Optional<readonly DevelopmentFilter[]>;
  readonly not?: Optional<DevelopmentFilter>;
}

type Where = Prisma.DevelopmentWhereInput;

const MAX_CONDITIONS = 100;
const MAX_DEPTH = 16;
const MAX_WORDS = 16;
const MAX_TEXT = 1_000;

/**
 * Prepares a filter for use: looks up the slugs that it names, one statement for each kind of thing
 * named, and checks its dates and codes.
 *
 * @throws {UnknownSlugError} For a slug that is not in the record.
 * @throws {InvalidInputError} For a malformed date, slug or country code.
 * @throws {BadArgumentError} For a filter of more than 100 parts, or nested more than 16 deep.
 */
export async function prepareFilter(
  db: Transaction,
  filter: Optional<DevelopmentFilter>,
): Promise<PreparedFilter> {
  if (!filter) return { where: {}, asksForCountry: false, matches: () => true };
  const parts = flatten(filter);
  const refs = await findReferences(db, {
    Actor: parts.flatMap(({ participant }) => (participant ? [parseSlug(participant.actor, 'actor')] : [])),
    ...Object.fromEntries(
      SLUG_LISTS.map(([owner, field]) => [
        owner,
        parts.flatMap((part) => (part[field] ?? []).map((slug) => parseSlug(slug, field))),
      ]),
    ),
  });
  return {
    where: whereOf(filter, refs),
    asksForCountry: parts.some(({ country }) => country != null),
    matches: (facts) => matchesFilter(filter, facts, refs),
  };
}

/** A filter whose slugs have been looked up and whose values have been checked. */
export interface PreparedFilter {
  /** The filter as a Prisma condition, for rows. */
  readonly where: Where;
  /** The filter as a test, for what a revision left: the same answer as `where` gives. */
  matches(facts: DevelopmentFacts): boolean;
  /** Whether the facts must tell the countries of actors. */
  readonly asksForCountry: boolean;
}

const SLUG_LISTS = [
  ['Topic', 'topic'],
  ['Treaty', 'treaty'],
  ['WeaponSystem', 'weaponSystem'],
  ['Doctrine', 'doctrine'],
  ['Source', 'source'],
] as const satisfies readonly (readonly [ReferenceOwner, keyof DevelopmentFilter])[];

/** The filter and all filters within it. */
function flatten(filter: DevelopmentFilter): DevelopmentFilter[] {
  const parts: DevelopmentFilter[] = [];
  let level = [filter];
  for (let depth = 0; level.length > 0; depth += 1) {
    parts.push(...level);
    if (parts.length > MAX_CONDITIONS || depth > MAX_DEPTH) {
      throw new BadArgumentError(
        `Expected a filter of at most ${MAX_CONDITIONS} parts, nested at most ${MAX_DEPTH} deep, and/or/not counted; got more.`,
      );
    }
    level = level.flatMap(({ and, or, not }) => [...(and ?? []), ...(or ?? []), ...(not ? [not] : [])]);
  }
  return parts;
}

/** Whether the filter, or one within it, asks for a status. */
export function namesStatus(filter: Optional<DevelopmentFilter>): boolean {
  return filter ? flatten(filter).some(({ status }) => status != null) : false;
}

function whereOf(filter: DevelopmentFilter, refs: References): Where {
  const ids = (owner: ReferenceOwner, slugs: readonly string[]) => ({
    in: slugs.map((slug) => refs.id(owner, slug)),
  });
  const conditions: (Where | undefined | null | false)[] = [
    filter.kind && { kind: { in: [...filter.kind] } },
    filter.status && { status: { in: [...filter.status] } },
    filter.eventType && { event: { type: { in: [...filter.eventType] } } },
    filter.changeType && { doctrineChange: { changeType: { in: [...filter.changeType] } } },
    filter.participant && {
      participations: {
        some: {
          actorId: refs.id('Actor', filter.participant.actor),
          ...(filter.participant.role && { role: { in: [...filter.participant.role] } }),
        },
      },
    },
    filter.country && inCountries(filter.country),
    filter.topic && { topics: { some: { topicId: ids('Topic', filter.topic) } } },
    filter.treaty && { treaties: { some: { treatyId: ids('Treaty', filter.treaty) } } },
    filter.weaponSystem && {
      weaponSystems: { some: { weaponSystemId: ids('WeaponSystem', filter.weaponSystem) } },
    },
    filter.doctrine && {
      OR: [
        { doctrines: { some: { doctrineId: ids('Doctrine', filter.doctrine) } } },
        { doctrineChange: { doctrineId: ids('Doctrine', filter.doctrine) } },
      ],
    },
    filter.source && { citations: { some: { sourceId: ids('Source', filter.source) } } },
    filter.occurred && occurredWithin(filter.occurred.within, filter.occurred.certainty ?? 'POSSIBLE'),
    filter.recordedSince && { recordedAt: { gte: filter.recordedSince } },
    filter.minConfidence && { confidence: { in: AT_LEAST[filter.minConfidence] } },
    filter.disputed != null && { disputed: filter.disputed },
    filter.text != null && hasWords(filter.text),
    filter.or && (filter.or.length > 0 ? { OR: filter.or.map((part) => whereOf(part, refs)) } : NONE),
    filter.not && { NOT: whereOf(filter.not, refs) },
    ...(filter.and ?? []).map((part) => whereOf(part, refs)),
  ];
  return every(conditions.filter((condition) => condition != null && condition !== false));
}

/** No development: Prisma takes an empty OR for no condition. */
const NONE: Where = { id: { in: [] } };

/** Every development, in words: Prisma drops the NOT of an empty condition. */
const ALL: Where = { NOT: NONE };

const every = (conditions: Where[]): Where => (conditions.length > 0 ? { AND: conditions } : ALL);

const AT_LEAST: Record<Confidence, Confidence[]> = {
  LOW: ['LOW', 'MODERATE', 'HIGH'],
  MODERATE: ['MODERATE', 'HIGH'],
  HIGH: ['HIGH'],
};

/** A participant belongs to one of the countries, or a place lies in one. */
function inCountries(codes: readonly string[]): Where {
  const among = { in: codes.map((code) => parseInput(countryCode, code, 'country')) };
  return {
    OR: [
      { participations: { some: { actor: { countryCode: among } } } },
      { event: { places: { some: { place: { countryCode: among } } } } },
    ],
  };
}

/** CERTAIN: every day that it can be lies within. POSSIBLE: at least one does. */
function occurredWithin(text: string, certainty: Certainty): Where {
  const { earliest, latest } = parseFuzzyDate(text, 'within');
  const from = earliest === NO_EARLIEST ? undefined : asDate(earliest);
  const to = latest === NO_LATEST ? undefined : asDate(latest);
  const [start, end] =
    certainty === 'CERTAIN'
      ? (['occurredEarliest', 'occurredLatest'] as const)
      : (['occurredLatest', 'occurredEarliest'] as const);
  return every([...(from ? [{ [start]: { gte: from } }] : []), ...(to ? [{ [end]: { lte: to } }] : [])]);
}

/** Every word stands in the headline, the summary or the words said, in any case. */
function hasWords(text: string): Where {
  const words = text.split(/\s+/).filter((word) => word !== '');
  const got = isStorable(text) ? `${words.length} words, ${text.length} characters` : shown(text);
  if (words.length > MAX_WORDS || text.length > MAX_TEXT || !isStorable(text)) {
    throw new BadArgumentError(
      `Expected text of at most ${MAX_WORDS} words and ${MAX_TEXT} characters, without NUL and lone surrogates; got ${got}.`,
    );
  }
  // Prisma hands the word to ILIKE as it is.
  const holds = (word: string) => ({
    contains: word.replace(/[\\%_]/g, '\\$&'),
    mode: 'insensitive' as const,
  });
  // Null is excluded by name: NULL ILIKE '…' is not false but NULL, and so is its negation.
  const said = (word: string) => ({ not: null, ...holds(word) });
  return every(
    words.map((word) => ({
      OR: [
        { headline: holds(word) },
        { summary: holds(word) },
        { statement: { OR: [{ quotation: said(word) }, { translation: said(word) }] } },
      ],
    })),
  );
}
