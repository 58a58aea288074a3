import { counted } from '../../../wire/words.js';
import type { FieldName, FormValues } from './form-values.js';

/** Writes the value of a field for a comparison, one line for each item. */
export function shownValue(values: FormValues, name: FieldName): string {
  switch (name) {
    case 'participants':
      return values.participants
        .map(({ actor, role, capacity }) =>
          [actor?.name ?? '?', role.toLowerCase(), capacity].filter(Boolean).join(', '),
        )
        .join('\n');
    case 'citations':
      return values.citations
        .map(({ source, stance, credibility, locator, excerpt, claims }) =>
          [
            `${source?.name ?? '?'} (${source?.reliability ?? '?'}${credibility}, ${stance.toLowerCase()})`,
            locator,
            excerpt && `“${excerpt}”`,
            claims.length > 0 && counted(claims.length, 'claim'),
          ]
            .filter(Boolean)
            .join(', '),
        )
        .join('\n');
    case 'places':
      return values.places
        .map((place) => [place.name, place.countryCode].filter(Boolean).join(', '))
        .join('\n');
    case 'quantities':
      return values.quantities
        .map(({ name: what, low, best, high, unit }) =>
          [`${what}:`, best || [low, high].filter(Boolean).join(' to '), unit].filter(Boolean).join(' '),
        )
        .join('\n');
    case 'topics':
    case 'treaties':
    case 'weaponSystems':
    case 'doctrines':
      return values[name].map((one) => one.name).join('\n');
    case 'doctrine':
      return values.doctrine?.name ?? '';
    default:
      return values[name];
  }
}
