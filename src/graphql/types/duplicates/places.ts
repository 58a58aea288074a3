import type { Place } from '../../../domain/duplicates/suggestion.js';
import type { DuplicateKind } from '../../../generated/prisma/enums.js';
import type { Order } from '../../page-cursor.js';

const column = (index: number, type: Order<Place>['columns'][number]['type']) => ({
  field: String(index),
  type,
  direction: 'asc' as const,
  value: (place: Place) => place[index] ?? '',
});

/** Returns the order of a list of suggestions, for its cursors. */
export const placesOf = (kind: DuplicateKind): Order<Place> => ({
  name: `duplicates ${kind}`,
  columns: [column(0, kind === 'DEVELOPMENT' ? 'instant' : 'text'), column(1, 'uuid'), column(2, 'uuid')],
});
