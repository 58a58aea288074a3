import { CERTAINTY, ROLE } from './conditions.js';
import type { FilterInput } from './filter-input.js';
import type { Given } from './given.js';
import { ParameterError } from './parameter-error.js';
import { isCalendarDate, SLUG, TEXT } from './value-types.js';

/** Texts by the name of their parameter. */
export type Texts = Readonly<Record<string, string>>;

/** A condition that several parameters set together. */
interface Compound {
  readonly field: 'participant' | 'occurred' | 'externalId';
  read(given: Given): unknown;
  /** Returns undefined for a value that only JSON can hold. */
  write(filter: FilterInput): Texts | undefined;
}

/** Refuses a parameter that means nothing without another one. */
function refuseAlone(given: Given, name: string, needed: string): void {
  const text = given.text(name);
  if (text !== undefined) throw new ParameterError(name, `${name} only together with ${needed}`, text);
}

/** `actor` with `role`. */
const participant: Compound = {
  field: 'participant',
  read: (given) => {
    const actor = given.value('actor', SLUG);
    if (actor === undefined) return refuseAlone(given, 'role', 'actor');
    const role = given.list('role', ROLE);
    return role ? { actor, role } : { actor };
  },
  write: ({ participant: wanted }) => {
    if (!wanted || SLUG.toText(wanted.actor) === undefined) return undefined;
    const { actor, role } = wanted;
    if (role === undefined) return { actor };
    return role && role.length > 0 ? { actor, role: role.join(',') } : undefined;
  },
};

const OPEN = '..';
const CALENDAR_DATE = 'a year, month or day such as 2019, 2019-08 or 2019-08-02';

function readEnd(given: Given, name: 'since' | 'until'): string {
  const text = given.text(name);
  if (text !== undefined && !isCalendarDate(text)) {
    throw new ParameterError(name, `${name} to be ${CALENDAR_DATE}`, text);
  }
  return text ?? OPEN;
}

/** `since` and `until`, or `within` for any other range in EDTF, with `certainty`. */
const occurred: Compound = {
  field: 'occurred',
  read: (given) => {
    const since = readEnd(given, 'since');
    const until = readEnd(given, 'until');
    const isRange = since !== OPEN || until !== OPEN;
    const text = given.text('within');
    if (isRange && text !== undefined) {
      throw new ParameterError('within', 'either within, or since and until', text);
    }
    const within = isRange ? `${since}/${until}` : text;
    if (within === undefined) return refuseAlone(given, 'certainty', 'since, until or within');
    const certainty = given.value('certainty', CERTAINTY);
    return certainty === undefined ? { within } : { within, certainty };
  },
  write: ({ occurred: wanted }) => {
    if (!wanted || wanted.certainty === null || TEXT.toText(wanted.within) === undefined) return undefined;
    const { within, certainty } = wanted;
    return { ...(endsOf(within) ?? { within }), ...(certainty && { certainty }) };
  },
};

/** Returns `since` and `until` of a range, if they can express it. */
function endsOf(within: string): Texts | undefined {
  const [since = '', until = '', ...more] = within.split('/');
  const isEnd = (text: string) => text === OPEN || isCalendarDate(text);
  if (!isEnd(since) || !isEnd(until) || more.length > 0 || (since === OPEN && until === OPEN))
    return undefined;
  return { ...(since !== OPEN && { since }), ...(until !== OPEN && { until }) };
}

/** `dataset` with `externalId`. */
const externalId: Compound = {
  field: 'externalId',
  read: (given) => {
    const [dataset, id] = [given.text('dataset'), given.text('externalId')];
    if (dataset === undefined) return refuseAlone(given, 'externalId', 'dataset');
    if (id === undefined) return refuseAlone(given, 'dataset', 'externalId');
    return { dataset, id };
  },
  write: ({ externalId: wanted }) => {
    const [dataset, id] = [TEXT.toText(wanted?.dataset), TEXT.toText(wanted?.id)];
    return dataset !== undefined && id !== undefined ? { dataset, externalId: id } : undefined;
  },
};

export const COMPOUNDS: readonly Compound[] = [participant, occurred, externalId];
