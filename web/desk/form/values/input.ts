import type { Kind } from '../../address.js';
import { claimValueOf } from './claim-value.js';
import { fieldsOf } from './fields.js';
import type {
  CitationRow,
  FieldName,
  FormValues,
  ParticipantRow,
  PlaceRow,
  QuantityRow,
} from './form-values.js';

/** The value of a field as the mutations take it. */
type InputValue = string | number | null | readonly unknown[];

const orNull = (text: string): string | null => text.trim() || null;

const numberOf = (text: string): number | null => (text.trim() === '' ? null : Number(text));

const placeInput = ({ name, countryCode, latitude, longitude, precision }: PlaceRow) => ({
  ...{ name: name.trim(), countryCode: orNull(countryCode), precision },
  ...{ latitude: numberOf(latitude), longitude: numberOf(longitude) },
});

const quantityInput = ({ name, unit, low, best, high }: QuantityRow) => ({
  ...{ name: name.trim(), unit: orNull(unit) },
  ...{ low: numberOf(low), best: numberOf(best), high: numberOf(high) },
});

const participantInput = ({ actor, role, capacity }: ParticipantRow) => ({
  ...{ actor: actor?.slug ?? '', role, capacity: orNull(capacity) },
});

const citationInput = ({ source, stance, credibility, locator, excerpt, language, claims }: CitationRow) => ({
  ...{ source: source?.slug ?? '', stance, credibility: Number(credibility) },
  ...{ locator: orNull(locator), excerpt: orNull(excerpt), language: orNull(language) },
  claims: claims.map((claim) => ({
    ...{ field: claim.field, rank: claim.rank, note: orNull(claim.note), value: claimValueOf(claim) },
  })),
});

/** Returns the value of one field as the mutations take it. */
export function inputValueOf(values: FormValues, name: FieldName): InputValue {
  switch (name) {
    case 'participants':
      return values.participants.map(participantInput);
    case 'citations':
      return values.citations.map(citationInput);
    case 'places':
      return values.places.map(placeInput);
    case 'quantities':
      return values.quantities.map(quantityInput);
    case 'topics':
    case 'treaties':
    case 'weaponSystems':
    case 'doctrines':
      return values[name].map(({ slug }) => slug);
    case 'doctrine':
      return values.doctrine?.slug ?? '';
    case 'headline':
    case 'summary':
    case 'occurred':
      return values[name].trim();
    default:
      return orNull(values[name]);
  }
}

/** Returns the fields of a `record…` mutation's input. */
export function recordInput(kind: Kind, values: FormValues): Record<string, InputValue> {
  return Object.fromEntries(fieldsOf(kind).map((name) => [name, inputValueOf(values, name)]));
}

/** Returns the fields that differ between two states of a form, in the order of the form. */
export function changedFields(kind: Kind, one: FormValues, other: FormValues): readonly FieldName[] {
  const text = (values: FormValues, name: FieldName) => JSON.stringify(inputValueOf(values, name));
  return fieldsOf(kind).filter((name) => text(one, name) !== text(other, name));
}
