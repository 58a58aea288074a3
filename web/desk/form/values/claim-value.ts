import type { ClaimRow, ParticipantRow, PlaceRow, QuantityRow, Ref } from './form-values.js';

/** How the value of a claim is entered. */
export type ClaimEntry =
  | 'text'
  | 'date'
  | 'changeType'
  | 'actors'
  | 'roles'
  | 'places'
  | 'quantities'
  | 'range';

const ENTRIES: Readonly<Record<string, ClaimEntry>> = {
  OCCURRED: 'date',
  EFFECTIVE_DATE: 'date',
  PLACES: 'places',
  QUANTITIES: 'quantities',
  RANGE: 'range',
  SPEAKER: 'actors',
  ROLE: 'roles',
  CHANGE_TYPE: 'changeType',
};

export const entryOf = (field: string): ClaimEntry => ENTRIES[field] ?? 'text';

/** Returns the value of a claim in the format that its field has in the API. */
export function claimValueOf({ field, text, actors, roles, places, quantities }: ClaimRow): unknown {
  switch (entryOf(field)) {
    case 'actors':
      return actors.map(({ slug }) => slug);
    case 'roles':
      return roles.map(({ actor, capacity }) => ({
        actor: actor?.slug ?? '',
        capacity: capacity.trim() || null,
      }));
    case 'places':
      return places.map(placeValue);
    case 'quantities':
      return quantities.map(quantityValue);
    case 'range':
      return { low: numberOrNull(quantities[0]?.low), high: numberOrNull(quantities[0]?.high) };
    default:
      return text.trim();
  }
}

const numberOrNull = (text = ''): number | null => (text.trim() === '' ? null : Number(text));

const defined = (fields: object) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== ''));

const placeValue = ({ name, countryCode, latitude, longitude, precision }: PlaceRow) =>
  defined({
    ...{ name, countryCode, precision },
    ...{ latitude: numberOrNull(latitude), longitude: numberOrNull(longitude) },
  });

const quantityValue = ({ name, unit, low, best, high }: QuantityRow) =>
  defined({
    ...{ name, unit, low: numberOrNull(low), best: numberOrNull(best), high: numberOrNull(high) },
  });

type ClaimParts = Pick<ClaimRow, 'text' | 'actors' | 'roles' | 'places' | 'quantities'>;

const NO_PARTS: ClaimParts = { text: '', actors: [], roles: [], places: [], quantities: [] };

/** Reads the value of a claim for a form. Actors have their slugs as names: the API does not name them here. */
export function claimPartsOf(field: string, value: unknown): ClaimParts {
  const list = Array.isArray(value) ? value : [];
  const keyed = <T extends object>(row: T) => ({ key: crypto.randomUUID(), ...row });
  switch (entryOf(field)) {
    case 'actors':
      return { ...NO_PARTS, actors: list.map((slug: string): Ref => ({ slug, name: slug })) };
    case 'roles':
      return {
        ...NO_PARTS,
        roles: list.map(
          ({ actor, capacity }: { actor: string; capacity?: string | null }): ParticipantRow =>
            keyed({ actor: { slug: actor, name: actor }, role: 'SPEAKER', capacity: capacity ?? '' }),
        ),
      };
    case 'places':
      return { ...NO_PARTS, places: list.map((place) => keyed(placeRow(place))) };
    case 'quantities':
      return { ...NO_PARTS, quantities: list.map((quantity) => keyed(quantityRow(quantity))) };
    case 'range':
      return {
        ...NO_PARTS,
        quantities: [keyed(quantityRow({ name: 'range', unit: 'km', ...(value as object) }))],
      };
    default:
      return { ...NO_PARTS, text: String(value ?? '') };
  }
}

type Loose<Name extends string> = { readonly [Key in Name]?: string | number | null };

const shown = (value: string | number | null | undefined): string => (value == null ? '' : String(value));

export const placeRow = (
  place: Loose<'name' | 'countryCode' | 'latitude' | 'longitude' | 'precision'>,
): Omit<PlaceRow, 'key'> => ({
  name: shown(place.name),
  countryCode: shown(place.countryCode),
  latitude: shown(place.latitude),
  longitude: shown(place.longitude),
  precision: shown(place.precision) || 'LOCALITY',
});

export const quantityRow = (
  quantity: Loose<'name' | 'unit' | 'low' | 'best' | 'high'>,
): Omit<QuantityRow, 'key'> => ({
  name: shown(quantity.name),
  unit: shown(quantity.unit),
  low: shown(quantity.low),
  best: shown(quantity.best),
  high: shown(quantity.high),
});
