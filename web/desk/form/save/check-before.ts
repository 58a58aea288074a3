import type { Kind } from '../../address.js';
import type { FormValues, PlaceRow, QuantityRow } from '../values/form-values.js';
import type { Problem } from './problems.js';

const isNumber = (text: string): boolean => text.trim() === '' || Number.isFinite(Number(text));

/**
 * Checks what GraphQL itself would refuse, without a path: a choice that is not made, a number that is none. The server
 * checks everything else.
 */
export function checkBefore(kind: Kind, values: FormValues): readonly Problem[] {
  switch (kind) {
    case 'STATEMENT':
      return [];
    case 'EVENT':
      return [
        ...chosen('type', values.type),
        ...numbers('places', values.places, ['latitude', 'longitude']),
        ...numbers('quantities', values.quantities, ['low', 'best', 'high']),
      ];
    case 'DOCTRINE_CHANGE':
      return chosen('changeType', values.changeType);
  }
}

const chosen = (path: string, value: string): readonly Problem[] =>
  value === '' ? [{ path, message: 'Choose one.' }] : [];

const numbers = <Row extends PlaceRow | QuantityRow>(
  path: string,
  rows: readonly Row[],
  names: readonly (keyof Row & string)[],
): readonly Problem[] =>
  rows.flatMap((row, index) =>
    names
      .filter((name) => !isNumber(String(row[name])))
      .map((name) => ({
        path: `${path}.${index}.${name}`,
        message: `Expected a number such as 48.65; got “${row[name]}”.`,
      })),
  );
