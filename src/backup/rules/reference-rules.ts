import { z } from 'zod';
import { dateColumns } from '../../domain/dates/fuzzy-date.js';
import { fuzzyDate } from '../../domain/input.js';
import { actorInput } from '../../domain/references/actor.js';
import { doctrineInput } from '../../domain/references/doctrine.js';
import { sourceInput } from '../../domain/references/source.js';
import { topicInput } from '../../domain/references/topic.js';
import { treatyInput } from '../../domain/references/treaty.js';
import { weaponSystemInput } from '../../domain/references/weapon-system.js';
import type { ReferenceKind } from '../format.js';
import { problemOf } from './content-rules.js';

type Row = Readonly<Record<string, unknown>>;

/** Returns the slug of an actor or source of the export by its id; undefined if there is none. */
export type FindSlug = (owner: 'Actor' | 'Source', id: string) => string | undefined;

const INPUTS = {
  actor: actorInput,
  topic: topicInput,
  source: sourceInput,
  treaty: treatyInput,
  weaponSystem: weaponSystemInput,
  doctrine: doctrineInput,
} as const satisfies Readonly<Record<ReferenceKind, z.ZodType>>;

const row = z.record(z.string(), z.unknown());
const rows = z.array(row);
const instant = z.iso.datetime({ precision: 3 });

/** The columns that every reference has and no input. */
const own = z.object({ id: z.guid(), recordedAt: instant });

/** Treaties are not merged, and earlier exports have no merged references. */
const merging = z.object({ mergedIntoId: z.guid().nullable().optional() });

/**
 * Returns the first rule of the API that a reference breaks; undefined if it keeps all. The row is turned into the input
 * that would create it, and validated as that input. Unknown columns are refused too.
 */
export function brokenReferenceRule(
  kind: ReferenceKind,
  { id, recordedAt, ...rest }: Row,
  find: FindSlug,
): string | undefined {
  const { mergedIntoId, ...columns } = kind === 'treaty' ? { ...rest, mergedIntoId: null } : rest;
  const shape =
    problemOf(own, { id, recordedAt }) ?? problemOf(merging, { mergedIntoId }) ?? brokenShape(kind, columns);
  return shape ?? problemOf(INPUTS[kind], inputOf(kind, columns, find)) ?? brokenDates(kind, columns);
}

/** The lists of a reference, which {@link inputOf} reads. */
const LISTS = {
  actor: ['names'],
  topic: ['names'],
  source: ['names'],
  treaty: ['parties', 'states'],
  weaponSystem: ['aliases'],
  doctrine: [],
} as const satisfies Readonly<Record<ReferenceKind, readonly string[]>>;

function brokenShape(kind: ReferenceKind, columns: Row): string | undefined {
  for (const list of LISTS[kind]) {
    if (columns[list] === undefined && (kind === 'topic' || kind === 'source')) continue; // Earlier exports have none.
    const problem = problemOf(rows, columns[list], list);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

const listIn = (columns: Row, name: string): Row[] => rows.parse(columns[name] ?? []);

/** Keys that no input has stay, so that the input refuses them. */
function inputOf(kind: ReferenceKind, columns: Row, find: FindSlug): Row {
  // An id that leads nowhere becomes a text that is no slug.
  const slugOf = (owner: 'Actor' | 'Source', id: unknown) =>
    id === null ? null : (find(owner, String(id)) ?? `the missing ${owner} ${String(id)}`);
  switch (kind) {
    case 'actor':
    case 'topic':
      return { ...columns, names: listIn(columns, 'names').map(nameInput) };
    case 'source': {
      const { publishedEdtf, publishedEarliest, publishedLatest, publishedPrecision, retrievedAt, ...rest } =
        columns;
      const retrieved = instant.safeParse(retrievedAt).success ? new Date(String(retrievedAt)) : retrievedAt;
      const names = listIn(columns, 'names').map(nameInput);
      return { ...rest, published: publishedEdtf, retrievedAt: retrieved, names };
    }
    case 'treaty': {
      const parties = listIn(columns, 'parties').map(({ actorId, ordinal, ...rest }) =>
        Object.keys(rest).length > 0 || !Number.isInteger(ordinal) ? rest : slugOf('Actor', actorId),
      );
      const states = listIn(columns, 'states').map(
        ({ sinceEdtf, sinceEarliest, sinceLatest, sincePrecision, ...rest }) => ({
          ...rest,
          since: sinceEdtf,
        }),
      );
      return { ...columns, parties, states };
    }
    case 'weaponSystem': {
      const aliases = listIn(columns, 'aliases').map(({ sourceId, ...rest }) => ({
        ...nameInput(rest),
        source: slugOf('Source', sourceId),
      }));
      return { ...columns, aliases };
    }
    case 'doctrine': {
      const { actorId, ...rest } = columns;
      return { ...rest, actor: slugOf('Actor', actorId) };
    }
  }
}

/** The database keeps an unknown language as an empty text. */
/** A name as its input has it. Inputs give the place of a name by their order, and so do earlier exports. */
const nameInput = ({ language, ordinal, ...rest }: Row): Row => ({
  ...rest,
  language: language === '' ? null : language,
  ...(ordinal === undefined || Number.isInteger(ordinal) ? {} : { ordinal }),
});

/** The bounds and precision of a date follow from its text. */
function brokenDates(kind: ReferenceKind, columns: Row): string | undefined {
  if (kind === 'source') return brokenDate('published', columns);
  if (kind !== 'treaty') return undefined;
  for (const state of listIn(columns, 'states')) {
    const problem = brokenDate('since', state);
    if (problem !== undefined) return `states: ${problem}`;
  }
  return undefined;
}

function brokenDate(prefix: 'published' | 'since', columns: Row): string | undefined {
  const text = columns[`${prefix}Edtf`];
  const expected = dateColumns(prefix, text === null ? null : fuzzyDate.parse(text));
  for (const [column, value] of Object.entries(expected)) {
    const wanted = value instanceof Date ? value.toISOString() : value;
    if (columns[column] !== wanted)
      return `${column}: Expected ${String(wanted)}; got ${String(columns[column])}.`;
  }
  return undefined;
}
