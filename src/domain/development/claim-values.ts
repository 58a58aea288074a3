import type { ChangeType } from '../../generated/prisma/client.js';
import { readFuzzyDate } from '../dates/fuzzy-date.js';
import { describeFuzzyDate } from '../dates/fuzzy-date-text.js';
import type { PlaceContent, QuantityContent } from './content.js';
import type { ClaimField } from './vocabulary.js';

/** The value of a claim by its field, as the input of the field takes it: every key is there, null where empty. */
export interface ClaimValues {
  /** EDTF text, as are the other dates. */
  readonly OCCURRED: string;
  readonly PLACES: readonly PlaceContent[];
  readonly QUANTITIES: readonly QuantityContent[];
  /** The lowest and the highest of an event's quantity named "range" with the unit "km". */
  readonly RANGE: { readonly low: number | null; readonly high: number | null };
  /** The slugs of the participants who speak. Slugs of actors never change. */
  readonly SPEAKER: readonly string[];
  /** The offices of speakers. */
  readonly ROLE: readonly { readonly actor: string; readonly capacity: string }[];
  readonly QUOTATION: string;
  readonly CHANGE_TYPE: ChangeType;
  readonly EFFECTIVE_DATE: string;
  readonly BEFORE: string;
  readonly AFTER: string;
}

export type ClaimValue = ClaimValues[ClaimField];

/** Longer texts are cut: the whole is in the value. */
const MAX_LETTERS = 200;

/**
 * Says the value of a claim in one line of English: "about August 2019", "Kapustin Yar (RU)", "missiles: 10
 * to 14", "500 to 5,500 km". Actors are named by slug. Takes values that the record has accepted.
 */
export function claimText(field: ClaimField, value: unknown): string {
  return inOneLine(textOf(field, value));
}

/**
 * Whether a value is in the field's notation. The record's first version took any text for a claim; what it
 * took stays as it was written.
 */
export function isLegible(field: ClaimField, value: unknown): boolean {
  switch (field) {
    case 'OCCURRED':
    case 'EFFECTIVE_DATE':
      return typeof value === 'string' && readFuzzyDate(value) !== undefined;
    case 'PLACES':
    case 'QUANTITIES':
    case 'SPEAKER':
    case 'ROLE':
      return Array.isArray(value);
    case 'RANGE':
      return typeof value === 'object';
    default:
      return typeof value === 'string';
  }
}

function textOf(field: ClaimField, value: unknown): string {
  if (!isLegible(field, value)) return String(value);
  switch (field) {
    case 'OCCURRED':
    case 'EFFECTIVE_DATE':
      return describeFuzzyDate(value as ClaimValues['OCCURRED']);
    case 'PLACES':
      return (value as ClaimValues['PLACES']).map(describePlace).join(', ');
    case 'QUANTITIES':
      return (value as ClaimValues['QUANTITIES']).map(describeQuantity).join('; ');
    case 'RANGE':
      return `${describeRange({ ...(value as ClaimValues['RANGE']), best: null })} km`;
    case 'SPEAKER':
      return (value as ClaimValues['SPEAKER']).join(', ');
    case 'ROLE':
      return (value as ClaimValues['ROLE']).map(({ actor, capacity }) => `${actor}: ${capacity}`).join('; ');
    case 'CHANGE_TYPE':
      return (value as ClaimValues['CHANGE_TYPE']).toLowerCase();
    default:
      return value as string;
  }
}

const describePlace = ({ name, countryCode }: PlaceContent) =>
  countryCode === null ? name : `${name} (${countryCode})`;

function describeQuantity({ name, unit, ...range }: QuantityContent): string {
  const text = `${name}: ${describeRange(range)}`;
  return unit === null ? text : `${text} ${unit}`;
}

function describeRange({ low, best, high }: Pick<QuantityContent, 'low' | 'best' | 'high'>): string {
  const bounds = describeBounds(low, high);
  if (best === null) return bounds ?? 'number unknown';
  return bounds === undefined || (low === best && high === best)
    ? number(best)
    : `${number(best)} (${bounds})`;
}

function describeBounds(low: number | null, high: number | null): string | undefined {
  if (low === null) return high === null ? undefined : `at most ${number(high)}`;
  if (high === null) return `at least ${number(low)}`;
  return low === high ? number(low) : `${number(low)} to ${number(high)}`;
}

const FORMAT = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 15 });
const number = (value: number) => FORMAT.format(value);

function inOneLine(text: string): string {
  const letters = Array.from(text.replace(/\s+/g, ' ').trim());
  return letters.length > MAX_LETTERS ? `${letters.slice(0, MAX_LETTERS - 1).join('')}…` : letters.join('');
}
