import { z } from 'zod';
import { ChangeType, Confidence, EventType } from '../../../generated/prisma/enums.js';
import { fuzzyDate, language, listOf, shown, slug, slugsOf, text, textOrNone } from '../../input.js';
import { whyNotOn, withValueRead } from '../evidence/claim-schemas.js';
import {
  capacity,
  doctrineText,
  id,
  listed,
  MAX_CITATIONS,
  MAX_CLAIMS,
  MAX_CLAIMS_OF_CITATION,
  MAX_PARTICIPANTS,
  optional,
  places,
  quantities,
  words,
} from './field-schemas.js';
import { CitationStance, ClaimField, ClaimRank, LinkRelation, ParticipantRole } from './vocabulary.js';

const participant = z.strictObject({
  actor: slug,
  role: z.enum(ParticipantRole),
  capacity: optional(capacity),
});

function refuseSameRoleTwice(
  participants: readonly { readonly actor: string; readonly role: ParticipantRole }[],
  context: z.RefinementCtx,
): void {
  const known = new Set<string>();
  for (const [index, { actor, role }] of participants.entries()) {
    if (known.has(`${actor} ${role}`)) {
      const message = `Expected each actor once in a role; got "${actor}" as ${role} again.`;
      context.addIssue({ code: 'custom', path: [index], message });
    }
    known.add(`${actor} ${role}`);
  }
}

const claimed = { field: z.enum(ClaimField), value: z.unknown(), note: optional(text(1_000)) };

const claim = z.strictObject({ ...claimed, rank: z.enum(ClaimRank).nullish() }).transform(withValueRead);

/** A claim to add to a citation. */
export const claimInput = z.strictObject({ ...claimed, citation: id }).transform(withValueRead);

/** The new rank of a claim. */
export const rankInput = z.strictObject({ claim: id, rank: z.enum(ClaimRank) });

/** An existing link. */
export const unlinkInput = z.strictObject({ to: slug, relation: z.enum(LinkRelation) });

/** A link to another development, by slug. */
export const linkInput = unlinkInput.extend({ note: optional(text(1_000)), citation: optional(id) });

/** A citation and its claims. */
export const citationInput = z.strictObject({
  source: slug,
  locator: optional(text(200)),
  excerpt: optional(text(1_000)),
  language: optional(language),
  stance: z.enum(CitationStance).nullish(),
  credibility: z
    .int({ error: 'Expected a whole number from 1 (confirmed) to 6 (cannot be judged).' })
    .min(1, 'Expected 1 (confirmed) to 6 (cannot be judged).')
    .max(6, 'Expected 1 (confirmed) to 6 (cannot be judged).')
    .nullish(),
  claims: listed(claim, MAX_CLAIMS_OF_CITATION),
});

/** Citations of a kind of development: their claims concern its fields, with at most one preferred each. */
const citationsOf = (kind: Kind) =>
  listOf(citationInput, MAX_CITATIONS)
    .superRefine((citations, context) => {
      const claims = citations.flatMap((citation, index) =>
        (citation.claims ?? []).map((one, number) => ({ ...one, path: [index, 'claims', number] })),
      );
      for (const { claim, key, message } of wrongClaims(kind, claims)) {
        context.addIssue({ code: 'custom', path: [...claim.path, key], message });
      }
      if (claims.length > MAX_CLAIMS) {
        const message = `Expected at most ${MAX_CLAIMS} claims in total; got ${claims.length}.`;
        context.addIssue({ code: 'custom', path: [], message });
      }
    })
    .nullish();

/** A problem of a claim, and the key it concerns. */
interface WrongClaim<C> {
  readonly claim: C;
  readonly key: 'field' | 'rank';
  readonly message: string;
}

/**
 * Finds claims that a kind of development cannot have.
 *
 * @param preferred The fields that have a preferred claim already.
 */
export function wrongClaims<
  C extends { readonly field: ClaimField; readonly rank?: ClaimRank | null | undefined },
>(kind: Kind, claims: readonly C[], preferred: readonly ClaimField[] = []): WrongClaim<C>[] {
  const taken = new Set(preferred);
  return claims.flatMap((claim): WrongClaim<C>[] => {
    const { field, rank } = claim;
    const foreign = whyNotOn(field, kind);
    if (foreign !== undefined) return [{ claim, key: 'field', message: foreign }];
    if (rank !== 'PREFERRED') return [];
    if (taken.has(field)) {
      const message =
        `Expected at most one PREFERRED claim about ${field}; got another. Send this one as NORMAL; rankClaim ` +
        'puts one in the place of another.';
      return [{ claim, key: 'rank', message }];
    }
    taken.add(field);
    return [];
  });
}

/** The fields of every kind of development. All are optional in a revision. */
const base = {
  slug: slug.nullish(),
  headline: text(300),
  summary: textOrNone(5_000).nullish(),
  occurred: fuzzyDate,
  confidence: z.enum(Confidence).nullish(),
  confidenceReason: text(1_000).nullish(),
  participants: listOf(participant, MAX_PARTICIPANTS).superRefine(refuseSameRoleTwice).nullish(),
  topics: slugsOf(100).nullish(),
  treaties: slugsOf(50).nullish(),
  weaponSystems: slugsOf(50).nullish(),
  doctrines: slugsOf(50).nullish(),
};

const event = {
  type: z.enum(EventType),
  places: places.nullish(),
  quantities: quantities.nullish(),
  citations: citationsOf('EVENT'),
};

const script = z.string().regex(/^[A-Z][a-z]{3}$/, {
  error: (issue) => `Expected an ISO 15924 code such as "Cyrl"; got ${shown(issue.input)}.`,
});

const statement = {
  attribution: text(300).nullish(),
  setting: text(300).nullish(),
  originalLanguage: language.nullish(),
  originalScript: script.nullish(),
  quotation: words.nullish(),
  translation: words.nullish(),
  translator: text(300).nullish(),
  citations: citationsOf('STATEMENT'),
};

const doctrineChange = {
  doctrine: slug,
  changeType: z.enum(ChangeType),
  before: doctrineText.nullish(),
  after: doctrineText.nullish(),
  effective: fuzzyDate.nullish(),
  citations: citationsOf('DOCTRINE_CHANGE'),
};

export type Kind = 'EVENT' | 'STATEMENT' | 'DOCTRINE_CHANGE';

/** The inputs that record a development. */
export const recordInputs = {
  EVENT: z.strictObject({ ...base, ...event }),
  STATEMENT: z.strictObject({ ...base, ...statement }),
  DOCTRINE_CHANGE: z.strictObject({ ...base, ...doctrineChange }),
};

const renamed = { newSlug: slug.nullish() };

/** The inputs that revise a development. Null clears a field that can be empty. */
export const reviseInputs = {
  EVENT: recordInputs.EVENT.omit({ slug: true }).partial().extend(renamed),
  STATEMENT: recordInputs.STATEMENT.omit({ slug: true }).partial().extend(renamed),
  DOCTRINE_CHANGE: recordInputs.DOCTRINE_CHANGE.omit({ slug: true }).partial().extend(renamed),
};

export type RecordFields = z.output<(typeof recordInputs)[Kind]>;
export type ReviseFields = z.output<(typeof reviseInputs)[Kind]>;
export type CitationFields = z.output<typeof citationInput>;
/** The input before validation. */
export type RecordInput<K extends Kind> = z.input<(typeof recordInputs)[K]>;
export type ReviseInput<K extends Kind> = Nullable<z.input<(typeof reviseInputs)[K]>>;
export type CitationInput = z.input<typeof citationInput>;
export type ClaimInput = z.input<typeof claimInput>;
export type RankInput = z.input<typeof rankInput>;
export type LinkInput = z.input<typeof linkInput>;
export type UnlinkInput = z.input<typeof unlinkInput>;

/** Callers can send null for any field; the schema refuses it where a field must not be empty. */
type Nullable<T> = { [K in keyof T]: T[K] | null };
