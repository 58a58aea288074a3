import { parseFuzzyDate } from '../../dates/fuzzy-date.js';
import { InvalidInputError } from '../../errors.js';
import { shown } from '../../input.js';
import type { References } from '../../references/lookup.js';
import {
  canonical,
  type Detail,
  type DevelopmentContent,
  type ParticipantContent,
  type QuantityContent,
} from '../content/content.js';
import type { SlugsById } from '../content/decompose.js';
import type { ClaimField } from '../content/vocabulary.js';
import type { ClaimValue, ClaimValues } from './claim-values.js';

/** The input fields that set the development's own values. */
export const INPUT_FIELDS: Readonly<Record<ClaimField, string>> = {
  OCCURRED: 'occurred',
  PLACES: 'places',
  QUANTITIES: 'quantities',
  RANGE: 'quantities',
  SPEAKER: 'participants',
  ROLE: 'participants',
  QUOTATION: 'quotation',
  CHANGE_TYPE: 'changeType',
  EFFECTIVE_DATE: 'effective',
  BEFORE: 'before',
  AFTER: 'after',
};

/**
 * Returns the development's own value of a field in the format of claims; null if it has none.
 *
 * @param slugs Returns the slugs of speakers.
 */
export function ownValue(
  content: DevelopmentContent,
  field: ClaimField,
  slugs: SlugsById,
): ClaimValue | null {
  const value = filledOrNot(content, field, slugs);
  return value === undefined || (Array.isArray(value) && value.length === 0) ? null : value;
}

function filledOrNot(
  { occurred, participants, detail }: DevelopmentContent,
  field: ClaimField,
  slugs: SlugsById,
): ClaimValue | null | undefined {
  if (field === 'OCCURRED') return occurred.edtf;
  if (detail.kind === 'STATEMENT') {
    const speakers = participants.filter(isSpeaker);
    const actor = ({ actorId }: ParticipantContent) => slugs.get('Actor', actorId);
    if (field === 'SPEAKER') return speakers.map(actor);
    if (field === 'ROLE') {
      return speakers.flatMap((speaker) =>
        speaker.capacity === null ? [] : { actor: actor(speaker), capacity: speaker.capacity },
      );
    }
    return field === 'QUOTATION' ? detail.quotation : undefined;
  }
  if (detail.kind === 'EVENT') {
    if (field === 'PLACES') return detail.places;
    if (field === 'QUANTITIES') return detail.quantities;
    return field === 'RANGE' ? rangeOf(detail.quantities.find(isRange)) : undefined;
  }
  if (field === 'CHANGE_TYPE') return detail.changeType;
  if (field === 'EFFECTIVE_DATE') return detail.effective?.edtf;
  if (field === 'BEFORE') return detail.before;
  return field === 'AFTER' ? detail.after : undefined;
}

/**
 * Sets the development's own value of a field. Returns the same content if it has the value already.
 *
 * Speakers keep their positions among the participants, and their offices. A range keeps its best estimate
 * if it is within the new bounds.
 *
 * @throws {InvalidInputError} At `claim`, for the office of an actor who is not a speaker.
 */
export function withOwnValue(
  content: DevelopmentContent,
  field: ClaimField,
  value: ClaimValue,
  refs: References,
): DevelopmentContent {
  const { detail, participants } = content;
  const inDetail = (part: Partial<Record<string, unknown>>) => ({
    ...content,
    detail: { ...detail, ...part } as Detail,
  });
  switch (field) {
    case 'OCCURRED':
      return { ...content, occurred: parseFuzzyDate(value as ClaimValues['OCCURRED'], 'value') };
    case 'SPEAKER': {
      const ids = (value as ClaimValues['SPEAKER']).map((slug) => refs.id('Actor', slug));
      return { ...content, participants: withSpeakers(participants, ids) };
    }
    case 'ROLE':
      return { ...content, participants: withOffices(participants, value as ClaimValues['ROLE'], refs) };
    case 'RANGE':
      if (detail.kind !== 'EVENT') return content;
      return inDetail({ quantities: withRange(detail.quantities, value as ClaimValues['RANGE']) });
    case 'EFFECTIVE_DATE':
      return inDetail({ effective: parseFuzzyDate(value as ClaimValues['EFFECTIVE_DATE'], 'value') });
    default:
      return inDetail({ [INPUT_FIELDS[field]]: value });
  }
}

export const isSpeaker = ({ role }: ParticipantContent) => role === 'SPEAKER';

function withSpeakers(
  participants: readonly ParticipantContent[],
  ids: readonly string[],
): ParticipantContent[] {
  const known = new Map(participants.filter(isSpeaker).map((speaker) => [speaker.actorId, speaker]));
  const speakers = ids.map(
    (actorId) => known.get(actorId) ?? { actorId, role: 'SPEAKER' as const, capacity: null },
  );
  const last = participants.findLastIndex(isSpeaker);
  if (last === -1) return [...speakers, ...participants];
  return participants.flatMap((participant, index) => {
    if (!isSpeaker(participant)) return [participant];
    return index === last ? speakers.splice(0) : speakers.splice(0, 1);
  });
}

/** Returns whether all actors with an office are speakers. */
export function areSpeakers(
  participants: readonly ParticipantContent[],
  offices: ClaimValues['ROLE'],
  refs: References,
): boolean {
  const ids = new Set(participants.filter(isSpeaker).map(({ actorId }) => actorId));
  return offices.every(({ actor }) => ids.has(refs.id('Actor', actor)));
}

function withOffices(
  participants: readonly ParticipantContent[],
  offices: ClaimValues['ROLE'],
  refs: References,
): ParticipantContent[] {
  if (!areSpeakers(participants, offices, refs)) {
    const message = `Expected offices of the statement's speakers; got ${shown(offices)}. Prefer a claim on SPEAKER first.`;
    throw InvalidInputError.at('claim', message);
  }
  const capacities = new Map(offices.map(({ actor, capacity }) => [refs.id('Actor', actor), capacity]));
  return participants.map((participant) =>
    isSpeaker(participant)
      ? { ...participant, capacity: capacities.get(participant.actorId) ?? null }
      : participant,
  );
}

const isRange = ({ name, unit }: QuantityContent) => name === 'range' && unit === 'km';

/** A lone best estimate is both bounds. */
function rangeOf(quantity: QuantityContent | undefined): ClaimValues['RANGE'] | undefined {
  if (!quantity) return undefined;
  const { low, best, high } = quantity;
  if (low !== null || high !== null) return { low, high };
  return best === null ? undefined : { low: best, high: best };
}

function withRange(
  quantities: readonly QuantityContent[],
  { low, high }: ClaimValues['RANGE'],
): readonly QuantityContent[] {
  const own = quantities.find(isRange);
  if (canonical(rangeOf(own)) === canonical({ low, high })) return quantities;
  if (!own) return [...quantities, { name: 'range', unit: 'km', low, best: null, high }];
  const isWithin = own.best !== null && own.best >= (low ?? own.best) && own.best <= (high ?? own.best);
  const changed = { ...own, low, best: isWithin ? own.best : null, high };
  return quantities.map((quantity) => (quantity === own ? changed : quantity));
}
