import type { Card } from './queries/card.js';

/** Writes the words of an enum as a reader would: `TREATY_ACTION` becomes `treaty action`. */
export const plain = (word: string): string => word.toLowerCase().replaceAll('_', ' ');

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const KINDS = { EVENT: 'Event', STATEMENT: 'Statement', DOCTRINE_CHANGE: 'Doctrine change' } as const;

export const REFERENCE_WORDS = {
  actor: 'actor',
  treaty: 'treaty',
  weaponSystem: 'weapon system',
  doctrine: 'doctrine',
  topic: 'topic',
  source: 'source',
} as const;

export const RELIABILITY = {
  A: 'completely reliable source',
  B: 'usually reliable source',
  C: 'fairly reliable source',
  D: 'source not usually reliable',
  E: 'unreliable source',
  F: 'source not judged',
} as const;

export const CREDIBILITY: Readonly<Record<number, string>> = {
  1: 'confirmed by others',
  2: 'probably true',
  3: 'possibly true',
  4: 'doubtful',
  5: 'improbable',
  6: 'truth not judged',
};

/** What a claim is about, as a reader would say. */
export const FIELDS: Readonly<Record<string, string>> = {
  OCCURRED: 'the date',
  EFFECTIVE_DATE: 'the date of effect',
  PLACES: 'the place',
  QUANTITIES: 'a number',
  RANGE: 'the range',
  SPEAKER: 'the speaker',
  ROLE: "the speaker's office",
  CHANGE_TYPE: 'the kind of change',
  QUOTATION: 'the words',
  BEFORE: 'the policy before',
  AFTER: 'the policy after',
};

export const CONFIDENCE = {
  HIGH: 'High confidence',
  MODERATE: 'Moderate confidence',
  LOW: 'Low confidence',
} as const;

/** Says what kind of development a card is about: `Event: test`. */
export function kindOf(card: Pick<Card, 'kind'> & { type?: string; changeType?: string; speech?: string }) {
  const detail = card.type ?? card.changeType;
  if (detail && detail !== 'OTHER') return `${KINDS[card.kind]}: ${plain(detail)}`;
  return card.speech === 'REPORTED' ? 'Statement: reported speech' : KINDS[card.kind];
}

export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

export function countryName(code: string): string {
  try {
    return new Intl.DisplayNames('en', { type: 'region' }).of(code) ?? code;
  } catch {
    return code;
  }
}

export const ROLES: Readonly<Record<string, string>> = {
  SPEAKER: 'Speaker',
  ON_BEHALF_OF: 'On behalf of',
  INITIATOR: 'Initiator',
  PARTICIPANT: 'Participant',
  TARGET: 'Target',
  ADDRESSEE: 'Addressee',
  HOST: 'Host',
  APPROVER: 'Approved by',
  OUTLET: 'Published in',
};

export const PRECISION = {
  EXACT: 'exact place',
  LOCALITY: 'somewhere in this town or base',
  REGION: 'somewhere in this region',
  COUNTRY: 'somewhere in this country',
} as const;

export const RANKS = { PREFERRED: 'preferred', NORMAL: 'not preferred', DEPRECATED: 'set aside' } as const;

/** How a link reads from its start, and from its end. */
export const RELATIONS = {
  ANNOUNCES: ['Announces', 'Announced by'],
  IMPLEMENTS: ['Carries out', 'Carried out by'],
  RESPONDS_TO: ['Responds to', 'Answered by'],
  CONTRADICTS: ['Contradicts', 'Contradicted by'],
  SUPERSEDES: ['Replaces', 'Replaced by'],
  PART_OF: ['Part of', 'Includes'],
} as const;

/** Why something was erased, as the end of a sentence. */
const GROUNDS = {
  COURT_ORDER: 'because a court ordered it',
  LAW: 'because the law requires it',
  LICENCE: 'because the record may not publish it',
  PERSONAL_DATA: 'to protect personal data',
  SAFETY: 'to protect somebody from danger',
} as const;

/** The ground of an erasure; null if it is not known. */
export type Ground = keyof typeof GROUNDS | null;

/** Says that something was erased while a page was open, and why. */
export function erasedWords(what: string, ground: Ground): string {
  return `${what} erased from the record just now${ground === null ? '' : `, ${GROUNDS[ground]}`}.`;
}
