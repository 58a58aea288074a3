import { readFile } from 'node:fs/promises';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import type { Kind } from '../../domain/development/content/input.js';
import { unreadable } from '../../files/errors.js';
import { MappingError } from '../errors.js';
import { faultOfAliases } from './aliases.js';
import { type Expression, expression } from './expression.js';
import { type FieldTemplates, fieldTemplates } from './templates.js';

export type Format = 'json' | 'ndjson' | 'csv';

interface Reading {
  readonly format?: Format | undefined;
  /** The separator of CSV columns. Default: a comma. */
  readonly delimiter?: string | undefined;
  /** Texts that mean no value, besides blanks. */
  readonly absent: readonly string[];
}

/** Maps rows to developments of one kind. */
export interface DevelopmentMapping extends Reading {
  readonly record: 'statement' | 'event' | 'doctrine-change';
  /** The row's id in the data set. A second import skips rows whose id is in the record. */
  readonly id: { readonly dataset: string; readonly value: Expression };
  /** Publish at once, or record drafts. */
  readonly publish: boolean;
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

export type Mapping = DevelopmentMapping | ActorMapping;

export const KINDS: Readonly<Record<DevelopmentMapping['record'], Kind>> = {
  statement: 'STATEMENT',
  event: 'EVENT',
  'doctrine-change': 'DOCTRINE_CHANGE',
};

const reading = {
  format: z.enum(['json', 'ndjson', 'csv']).optional(),
  delimiter: z.string().length(1, 'Expected one character.').optional(),
  absent: z.array(z.string()).default([]),
};

const development = (record: DevelopmentMapping['record']) =>
  z.strictObject({
    ...reading,
    record: z.literal(record),
    id: z.strictObject({
      dataset: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,99}$/, 'Expected a name such as "resistinua".'),
      value: expression,
    }),
    publish: z.boolean().default(false),
    reason: z.string().min(1).max(1_000).optional(),
    fields: fieldTemplates[record],
  });

const actor = z.strictObject({
  ...reading,
  record: z.literal('actor'),
  match: z.enum(['slug', 'countryCode3', 'wikidataId']).default('slug'),
  existing: z.enum(['fill', 'update']).default('fill'),
  fields: fieldTemplates.actor,
});

const mapping = z.discriminatedUnion(
  'record',
  [development('statement'), development('event'), development('doctrine-change'), actor],
  { error: 'Expected `record: statement`, `event`, `doctrine-change` or `actor`.' },
);

/**
 * Reads a mapping from YAML text; `name` is what errors call it.
 *
 * @throws {MappingError} With every rule that it breaks, by its line and its path in the mapping.
 */
export function parseMapping(text: string, name = 'given'): Mapping {
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
  const parsed = mapping.safeParse(document.toJS({ maxAliasCount: -1 })); // Bounded above.
  if (parsed.success) return parsed.data;
  throw new MappingError(
    name,
    parsed.error.issues.map(({ path, message }) => {
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
  return parseMapping(text, path);
}
