import { z } from 'zod';
import { fuzzyDate } from '../../domain/input.js';
import type {
  ChangeType,
  DevelopmentSuggestion,
  EventType,
  NameSuggestion,
  Participant,
  Speaker,
} from '../extract/types.js';

/** The body of the request to the operator's language model. */
export interface ModelRequest {
  readonly version: 1;
  readonly title: string;
  readonly text: string;
  readonly language: string | null;
  /** The day of publication, `YYYY-MM-DD`. */
  readonly published: string | null;
  /** The names of the record that the text has. */
  readonly names: readonly { readonly kind: string; readonly slug: string; readonly name: string }[];
}

/** The most suggestions of an answer that are read. */
const MAX_SUGGESTIONS = 200;
/** The longest excerpt, in UTF-16 code units. */
const MAX_EXCERPT = 5_000;
const MAX_WORDS = 300;

const EVENT_TYPES = [
  'TREATY_ACTION',
  'DEPLOYMENT',
  'EXERCISE',
  'TEST',
  'PRODUCTION',
  'STRIKE',
  'NEGOTIATION',
  'OTHER',
] as const satisfies readonly EventType[];
const CHANGE_TYPES = [
  'ADOPTED',
  'AMENDED',
  'SUSPENDED',
  'ABANDONED',
  'REAFFIRMED',
] as const satisfies readonly ChangeType[];

const words = z.string().min(1).max(MAX_WORDS);
const shared = {
  excerpt: z.string().min(1).max(MAX_EXCERPT),
  /** Where the excerpt stands, if it stands there more than once. */
  start: z.int().min(0).nullish(),
  occurred: z
    .string()
    .max(100)
    .refine((edtf) => fuzzyDate.safeParse(edtf).success)
    .nullish(),
  isDenial: z.boolean().nullish(),
};
const participants = z
  .array(z.object({ role: z.enum(['ACTOR', 'TARGET', 'PARTNER', 'LOCATION']), slug: words }))
  .max(50)
  .nullish();

const suggestion = z.discriminatedUnion('kind', [
  z.object({
    ...{ kind: z.literal('STATEMENT'), ...shared },
    quotation: z.enum(['DIRECT', 'MIXED', 'REPORTED']),
    quoted: z.array(z.string().min(1).max(MAX_EXCERPT)).max(20).nullish(),
    speaker: z.object({ text: words, slug: words.nullish(), office: words.nullish() }).nullish(),
  }),
  z.object({ ...{ kind: z.literal('EVENT'), ...shared }, eventType: z.enum(EVENT_TYPES), participants }),
  z.object({
    ...{ kind: z.literal('DOCTRINE_CHANGE'), ...shared },
    changeType: z.enum(CHANGE_TYPES),
    doctrine: words,
    slug: words.nullish(),
    participants,
  }),
]);

const answer = z.object({ suggestions: z.array(z.unknown()) });

type Given = z.output<typeof suggestion>;

/**
 * Returns the suggestions whose words are literally in the text, in the format of the rules' suggestions. Leaves out
 * the others: with other words, unknown slugs, or fields that cannot be read.
 *
 * @param names The names that the text has.
 * @returns Undefined if the answer is not in the format of docs/intake.md at all.
 */
export function readModelAnswer(
  body: unknown,
  text: string,
  names: readonly NameSuggestion[],
): DevelopmentSuggestion[] | undefined {
  const parsed = answer.safeParse(body);
  if (!parsed.success) return undefined;
  const known = new Map(names.flatMap(({ fields }) => (fields.slug === null ? [] : [[fields.slug, fields]])));
  const found = new Map<string, DevelopmentSuggestion>();
  for (const one of parsed.data.suggestions.slice(0, MAX_SUGGESTIONS)) {
    const given = suggestion.safeParse(one);
    const checked = given.success ? check(given.data, text, known) : null;
    // Another one of this kind at this place would have the same key.
    if (checked) found.set(`${checked.kind} ${checked.start} ${checked.end}`, checked);
  }
  return [...found.values()].toSorted((a, b) => a.start - b.start || a.end - b.end);
}

type Known = ReadonlyMap<string, NameSuggestion['fields']>;

/** Null if the text does not have its words. */
function check(given: Given, text: string, known: Known): DevelopmentSuggestion | null {
  const { excerpt } = given;
  const occurred = given.occurred ?? null;
  const start = placeOf(excerpt, text, given.start ?? null);
  if (start === null || excerpt.trim() === '') return null;
  const end = start + excerpt.length;
  const base = { excerpt, start, end, rule: 'model', grade: 'D' as const };
  const isDenial = given.isDenial ?? false;
  switch (given.kind) {
    case 'STATEMENT': {
      const quoted = given.quoted ?? [];
      const speaker = given.speaker ? speakerOf(given.speaker, text, start, known) : null;
      if (speaker === undefined || quoted.some((part) => !excerpt.includes(part))) return null;
      if ((given.quotation === 'REPORTED') !== (quoted.length === 0)) return null;
      return {
        ...{ ...base, kind: 'STATEMENT', key: `model-statement:${start}-${end}` },
        fields: {
          ...{ quotation: given.quotation, parts: [{ start, end }], quoted, cue: null, speaker },
          ...{ occurred, isDenial, isStance: false, setting: null },
        },
      };
    }
    case 'EVENT': {
      const taking = participantsOf(given.participants, known);
      if (!taking) return null;
      return {
        ...{ ...base, kind: 'EVENT', key: `model-event:${start}-${end}` },
        fields: { eventType: given.eventType, participants: taking, about: [], occurred, isDenial },
      };
    }
    case 'DOCTRINE_CHANGE': {
      const { changeType, doctrine, slug = null } = given;
      const taking = participantsOf(given.participants, known);
      const isKnown = slug === null || known.get(slug)?.referenceKind === 'DOCTRINE';
      if (!taking || !isKnown || !text.includes(doctrine)) return null;
      return {
        ...{ ...base, kind: 'DOCTRINE_CHANGE', key: `model-change:${start}-${end}` },
        fields: { changeType, doctrine, slug, participants: taking, occurred, isDenial },
      };
    }
  }
}

/** Where words stand: at the place given, or else the first one. Null if the text does not have them. */
function placeOf(excerpt: string, text: string, given: number | null): number | null {
  if (given !== null && text.startsWith(excerpt, given)) return given;
  const first = text.indexOf(excerpt);
  return first === -1 ? null : first;
}

const ACTORS: ReadonlySet<string> = new Set(['PERSON', 'STATE', 'ORGANISATION', 'ALLIANCE', 'OUTLET']);

/** Undefined if the text does not name the speaker so. */
function speakerOf(
  given: {
    readonly text: string;
    readonly slug?: string | null | undefined;
    readonly office?: string | null | undefined;
  },
  text: string,
  near: number,
  known: Known,
): Speaker | undefined {
  const before = text.lastIndexOf(given.text, near);
  const start = before === -1 ? text.indexOf(given.text) : before;
  const entry = given.slug == null ? null : known.get(given.slug);
  const office = given.office ?? null;
  const isBorneOut =
    start !== -1 &&
    entry !== undefined &&
    (entry === null || ACTORS.has(entry.referenceKind)) &&
    (office === null || text.includes(office));
  if (!isBorneOut) return undefined;
  const slug = given.slug ?? null;
  return { text: given.text, start, end: start + given.text.length, name: entry?.name ?? null, slug, office };
}

/** Undefined if one of them is not an actor that the text names. */
function participantsOf(
  given: readonly { readonly role: Participant['role']; readonly slug: string }[] | null | undefined,
  known: Known,
): Participant[] | undefined {
  const found = (given ?? []).map(({ role, slug }) => ({ role, slug, entry: known.get(slug) }));
  if (found.some(({ entry }) => !entry || !ACTORS.has(entry.referenceKind))) return undefined;
  return found.map(({ role, slug, entry }) => ({ role, slug, name: entry?.name ?? slug }));
}
