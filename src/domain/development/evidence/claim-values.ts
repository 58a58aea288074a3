import type { ChangeType } from '../../../generated/prisma/client.js';
import { readFuzzyDate } from '../../dates/fuzzy-date.js';
import { describeFuzzyDate } from '../../dates/fuzzy-date-text.js';
import type { PlaceContent, QuantityContent } from '../content/content.js';
import type { ClaimField } from '../content/vocabulary.js';

/** The value of a claim for each field, in the format of inputs. Every key is present, null if empty. */
export interface ClaimValues {
  /** EDTF, like the other dates. */
  readonly OCCURRED: string;
  readonly PLACES: readonly PlaceContent[];
  readonly QUANTITIES: readonly QuantityContent[];
  /** The bounds of the quantity named "range" with the unit "km". */
  readonly RANGE: { readonly low: number | null; readonly high: number | null };
  /** Slugs of the speakers. An erasure alone changes the slug of an actor, and claims with it. */
  readonly SPEAKER: readonly string[];
  /** Offices of the speakers. */
  readonly ROLE: readonly { readonly actor: string; readonly capacity: string }[];
  readonly QUOTATION: string;
  readonly CHANGE_TYPE: ChangeType;
  readonly EFFECTIVE_DATE: string;
  readonly BEFORE: string;
  readonly AFTER: string;
}

export type ClaimValue = ClaimValues[ClaimField];

/** Longer texts are truncated; the value contains the whole. */
const MAX_LETTERS = 200;

/**
 * Formats a value in English: "about August 2019", "Kapustin Yar (RU)", "missiles: 10 to 14", "500 to 5,500
 * km". Actors are shown by slug.
 */
export function claimText(field: ClaimField, value: unknown): string {
  return inOneLine(textOf(field, value));
}

/** Returns whether a value has the format of its field. Old records can contain arbitrary text. */
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
