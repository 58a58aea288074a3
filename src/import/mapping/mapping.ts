import { readFile } from 'node:fs/promises';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import type { Kind } from '../../domain/development/content/input.js';
import { unreadable } from '../../files/errors.js';
import { MappingError } from '../errors.js';
import { faultOfAliases } from './aliases.js';
import { faultsOfConstants, type MappingFault } from './constants.js';
import { INPUTS } from './inputs.js';
import { type Reading, reading } from './reading.js';
import { type FieldTemplates, fieldTemplates } from './templates.js';
import { type Expression, expression } from './values/expression.js';
import { withTables } from './values/tables.js';

/** Maps rows to developments of one kind. */
export interface DevelopmentMapping extends Reading {
  readonly record: 'statement' | 'event' | 'doctrine-change';
  /** The row's id in the data set. A second import skips rows whose id is in the record. */
  readonly id: { readonly dataset: string; readonly value: Expression };
  /** Publish at once, or record drafts. */
  readonly publish: boolean;
  /** Treatment of a row whose id the record has, if it differs from the last import. */
  readonly existing: 'skip' | 'revise' | 'report';
  /** Treatment of a development whose row is gone. Needs `existing: revise` or `report`. */
  readonly missing: 'list' | 'retract';
  readonly reason?: string | undefined;
  readonly fields: FieldTemplates;
}

/** Maps rows to actors. */
export interface ActorMapping extends Reading {
  readonly record: 'actor';
  /** The field by which an actor is found in the record. */
  readonly match: 'slug' | 'countryCode3' | 'wikidataId';
  /** On an existing actor, fill its empty fields or set all given ones. */
  readonly existing: 'fill' | 'update';
  readonly fields: FieldTemplates;
}

/** Maps rows to references that are known by their slugs. */
export interface ReferenceMapping extends Reading {
  readonly record: 'treaty' | 'weapon-system' | 'doctrine' | 'source' | 'topic';
  /** Leave existing references as they are, or set all given fields. */
  readonly existing: 'skip' | 'update';
  readonly fields: FieldTemplates;
}

/** Maps rows to links between developments. */
export interface LinkMapping extends Reading {
  readonly record: 'link';
  readonly reason?: string | undefined;
  readonly fields: FieldTemplates;
}

/** Mappings whose rows are written one by one. */
export type DirectMapping = ActorMapping | ReferenceMapping | LinkMapping;

export type Mapping = DevelopmentMapping | DirectMapping;

/** Returns true if rows become developments, which have ids in their data set. */
export const hasId = (mapping: Mapping): mapping is DevelopmentMapping => 'id' in mapping;

export const KINDS: Readonly<Record<DevelopmentMapping['record'], Kind>> = {
  statement: 'STATEMENT',
  event: 'EVENT',
  'doctrine-change': 'DOCTRINE_CHANGE',
};

const reason = z
  .string()
  .min(1)
  .max(1_000)
  .optional()
  .meta({
    description: 'The reason that each revision shows.',
    examples: ['Speeches of 2019'],
  });

const development = (record: DevelopmentMapping['record']) =>
  z
    .strictObject({
      record: z.literal(record),
      id: z
        .strictObject({
          dataset: z
            .string()
            .regex(/^[a-z0-9][a-z0-9._-]{0,99}$/, 'Expected a name such as "resistinua".')
            .meta({ description: 'The name of the data set.', examples: ['speeches'] }),
          value: expression.meta({ description: "The row's id in the data set.", examples: ['$no'] }),
        })
        .meta({ description: 'Identifies a row, so that it is imported once.' }),
      publish: z.boolean().default(false).meta({ description: 'Publish at once, or record drafts.' }),
      existing: z.enum(['skip', 'revise', 'report']).default('skip').meta({
        description: 'Treatment of a row whose id the record has, if it differs from the last import.',
      }),
      missing: z.enum(['list', 'retract']).default('list').meta({
        description:
          'What to do with developments whose rows are gone. `retract` goes with `existing: revise`.',
      }),
      reason,
      ...reading,
      fields: fieldTemplates(record),
    })
    .refine(({ missing, existing }) => missing === 'list' || existing === 'revise', {
      path: ['missing'],
      error: 'Goes with `existing: revise`.',
    });

const actor = z.strictObject({
  record: z.literal('actor'),
  match: z.enum(['slug', 'countryCode3', 'wikidataId']).default('slug').meta({
    description: 'The field by which an actor of the same kind is found in the record.',
  }),
  existing: z.enum(['fill', 'update']).default('fill').meta({
    description: 'Fill in what an existing actor lacks, or set every field that the row has.',
  }),
  ...reading,
  fields: fieldTemplates('actor'),
});

const reference = (record: ReferenceMapping['record']) =>
  z.strictObject({
    record: z.literal(record),
    existing: z.enum(['skip', 'update']).default('skip').meta({
      description: 'Leave an existing one with the slug as it is, or set every field that the row has.',
    }),
    ...reading,
    fields: fieldTemplates(record),
  });

const link = z.strictObject({
  record: z.literal('link'),
  reason,
  ...reading,
  fields: fieldTemplates('link'),
});

/** The schemas of mappings by their `record:`. */
export const MAPPINGS = {
  statement: development('statement'),
  event: development('event'),
  'doctrine-change': development('doctrine-change'),
  actor,
  treaty: reference('treaty'),
  'weapon-system': reference('weapon-system'),
  doctrine: reference('doctrine'),
  source: reference('source'),
  topic: reference('topic'),
  link,
} as const;

const mapping = z.discriminatedUnion(
  'record',
  Object.values(MAPPINGS) as [typeof MAPPINGS.event, typeof actor, typeof MAPPINGS.treaty, typeof link],
  {
    error:
      'Expected `record: statement`, `event`, `doctrine-change`, `actor`, `treaty`, `weapon-system`, `doctrine`, ' +
      '`source`, `topic` or `link`.',
  },
);

/**
 * Reads a mapping from YAML text; `name` is what errors call it.
 *
 * @throws {MappingError} With every rule that it breaks, by its line and its path in the mapping.
 */
export function parseMapping(text: string, name = 'given'): Mapping {
  const document = readDocument(text, name);
  return checkMapping(document, document.value, [], name);
}

interface MappingDocument {
  readonly document: Document;
  readonly lineCounter: LineCounter;
  /** As parsed. */
  readonly value: unknown;
}

/** @throws {MappingError} */
function readDocument(text: string, name: string): MappingDocument {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  if (document.errors.length > 0) {
    const faults = document.errors.map(
      ({ message, pos }) => `line ${lineCounter.linePos(pos[0]).line}: ${message}`,
    );
    throw new MappingError(name, faults);
  }
  const fault = faultOfAliases(document);
  if (fault) throw new MappingError(name, [`${lineOf(fault.at, lineCounter)}: ${fault.message}`]);
  return { document, lineCounter, value: document.toJS({ maxAliasCount: -1 }) }; // Bounded above.
}

/** @throws {MappingError} With the faults that are known, or every rule that the mapping breaks. */
function checkMapping(
  { document, lineCounter }: MappingDocument,
  value: unknown,
  known: readonly MappingFault[],
  name: string,
): Mapping {
  const parsed = mapping.safeParse(value);
  const faults = [
    ...known,
    ...(parsed.success ? faultsOfConstants(value, INPUTS[parsed.data.record]) : parsed.error.issues),
  ];
  if (parsed.success && faults.length === 0) return parsed.data;
  throw new MappingError(
    name,
    faults.map(({ path, message }) => {
      if (path.length === 0) return `all of it: ${message}`;
      return `${lineOf(nodeAt(document, path), lineCounter)}: ${path.join('.')}: ${message}`;
    }),
  );
}

/** Returns the node at a path, or the last one on the way to it. */
function nodeAt(document: Document, path: readonly PropertyKey[]): unknown {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node)) return node;
  }
  return document.contents;
}

function lineOf(node: unknown, lines: LineCounter): string {
  const start = isNode(node) ? node.range?.[0] : undefined;
  return `line ${lines.linePos(start ?? 0).line}`;
}

/**
 * @throws {MappingError}
 * @throws {UnreadableFileError}
 */
export async function loadMapping(path: string): Promise<Mapping> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw unreadable(path, error);
  });
  const document = readDocument(text, path);
  const { value, faults } = await withTables(document.value, path);
  return checkMapping(document, value, faults, path);
}
