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
import { asDate, NO_EARLIEST, NO_LATEST, parseFuzzyDate } from './fuzzy-date.js';
import { countryCode, parseInput } from './input.js';
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
const MAX_WORDS = 16;

/**
 * The filter as a Prisma condition. Looks up the slugs that it names, one statement for each kind
 * of thing named.
 *
 * @throws {UnknownSlugError} For a slug that is not in the record.
 * @throws {InvalidInputError} For a malformed date, slug or country code.
 * @throws {BadArgumentError} For a filter of more than 100 parts.
 */
export async function filterWhere(db: Transaction, filter: Optional<DevelopmentFilter>): Promise<Where> {
  if (!filter) return {};
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
  return whereOf(filter, refs);
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
  const waiting = [filter];
  for (let part = waiting.pop(); part; part = waiting.pop()) {
    if (parts.push(part) > MAX_CONDITIONS) {
      throw new BadArgumentError(
        `Expected a filter of at most ${MAX_CONDITIONS} parts, and/or/not counted; got more.`,
      );
    }
    waiting.push(...(part.and ?? []), ...(part.or ?? []), ...(part.not ? [part.not] : []));
  }
  return parts;
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
    filter.or && { OR: filter.or.map((part) => whereOf(part, refs)) },
    filter.not && { NOT: whereOf(filter.not, refs) },
    ...(filter.and ?? []).map((part) => whereOf(part, refs)),
  ];
  return { AND: conditions.filter((condition) => condition != null && condition !== false) };
}

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
  return { AND: [from ? { [start]: { gte: from } } : {}, to ? { [end]: { lte: to } } : {}] };
}

/** Every word stands in the headline, the summary or the words said, in any case. */
function hasWords(text: string): Where {
  const words = text.split(/\s+/).filter((word) => word !== '');
  if (words.length > MAX_WORDS || text.includes('\u0000') || !text.isWellFormed()) {
    throw new BadArgumentError(
      `Expected text of at most ${MAX_WORDS} words, without NUL and lone surrogates; got ${words.length} words.`,
    );
  }
  const holds = (word: string) => ({ contains: word, mode: 'insensitive' as const });
  return {
    AND: words.map((word) => ({
      OR: [
        { headline: holds(word) },
        { summary: holds(word) },
        { statement: { OR: [{ quotation: holds(word) }, { translation: holds(word) }] } },
      ],
    })),
  };
}
