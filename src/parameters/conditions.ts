import type { FilterInput } from './filter-input.js';
import { BOOLEAN, COUNTRY, INSTANT, SLUG, TEXT, type ValueType, wordOf } from './value-types.js';

/** A condition that one parameter of the URL sets. */
export interface Condition {
  readonly parameter: string;
  readonly field: keyof FilterInput;
  readonly type: ValueType;
  /** Whether it takes several values, joined by commas or in repeated parameters. */
  readonly isList: boolean;
}

const list = (field: keyof FilterInput, type: ValueType, parameter: string = field): Condition => ({
  parameter,
  field,
  type,
  isList: true,
});

const single = (field: keyof FilterInput, type: ValueType, parameter: string = field): Condition => ({
  parameter,
  field,
  type,
  isList: false,
});

/** The conditions of one parameter each, in the order in which a URL has them. */
export const CONDITIONS: readonly Condition[] = [
  single('text', TEXT, 'q'),
  list('kind', wordOf('DevelopmentKind')),
  list('eventType', wordOf('EventType')),
  list('changeType', wordOf('ChangeType')),
  list('country', COUNTRY),
  list('topic', SLUG),
  list('treaty', SLUG),
  list('weaponSystem', SLUG),
  list('doctrine', SLUG),
  list('source', SLUG),
  list('restsOnlyOn', SLUG),
  single('disputed', BOOLEAN),
  single('minConfidence', wordOf('Confidence'), 'confidence'),
  list('status', wordOf('DevelopmentStatus')),
  single('recordedSince', INSTANT),
  single('publishedSince', INSTANT),
  single('publishedBefore', INSTANT),
  single('changedSince', INSTANT),
  single('changedBefore', INSTANT),
];

export const ROLE = wordOf('ParticipantRole');
export const CERTAINTY = wordOf('Certainty');

/** The parameters of conditions that need several: {@link COMPOUNDS} reads and writes them. */
export const COMPOUND_PARAMETERS = {
  single: ['actor', 'since', 'until', 'within', 'certainty', 'dataset', 'externalId'],
  list: ['role'],
} as const;
