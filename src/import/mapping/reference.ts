import type { z } from 'zod';
import { fieldsOf, type Json, keysOf } from './json-schema.js';
import { MAPPINGS } from './mapping.js';
import { reading } from './reading.js';
import { REQUIRED } from './templates.js';
import { PIPELINE_KEYS } from './values/expression.js';

const HEAD = `# Reference of mappings

\`npm run schema\` writes this page from the schema that checks mappings (\`src/import/mapping/\`). [import.md](import.md) is
the guide. Editors complete and check a mapping that begins with

    # yaml-language-server: $schema=…/mapping.schema.json

and the path to [mapping.schema.json](../mapping.schema.json), which lies beside package.json.

A *value* is a constant, \`$column\`, \`$\` (the item of an \`each\`), \`{ from: … }\`, \`{ join: … }\` or \`{ columns: … }\`.
`;

type Shape = Readonly<Record<string, z.ZodType>>;

/** Returns the reference of mappings in Markdown. */
export function mappingReference(): string {
  const records = Object.keys(MAPPINGS) as (keyof typeof MAPPINGS)[];
  const own = (record: keyof typeof MAPPINGS): Shape => {
    const shape: Shape = MAPPINGS[record].shape;
    return Object.fromEntries(
      Object.entries(shape).filter(([key]) => !(key in reading) && !['record', 'fields', 'id'].includes(key)),
    );
  };
  const id: Shape = MAPPINGS.event.shape.id.shape;
  return [
    HEAD,
    section(
      'How files are read',
      'All mappings have these keys, beside `record` and `fields`.',
      tableOf(keysOf(reading)),
    ),
    section(
      'Developments',
      '`record:` is `statement`, `event` or `doctrine-change`.',
      tableOf({ ...prefixed('id', keysOf(id)), ...keysOf(own('event')) }),
    ),
    section('Actors', '`record: actor`', tableOf(keysOf(own('actor')))),
    section(
      'Treaties, weapon systems, doctrines, sources and topics',
      '`record:` is `treaty`, `weapon-system`, `doctrine`, `source` or `topic`. Rows are found by their slug.',
      tableOf(keysOf(own('treaty'))),
    ),
    section(
      'Links',
      '`record: link`. Each row links two developments, by their slugs or by their ids in data sets: ' +
        '`from: { dataset: tests, id: $source }`.',
      tableOf(keysOf(own('link'))),
    ),
    section('Values', 'The keys of `{ from: … }`, applied in this order.', tableOf(keysOf(PIPELINE_KEYS))),
    '## Fields\n\nFields in bold are required. A field with words takes one of them, or a value that gives one.\n',
    ...records.map((record) => `### ${record}\n\n${fieldTable(record)}\n`),
  ].join('\n');
}

const section = (title: string, text: string, table: string) => `## ${title}\n\n${text}\n\n${table}\n`;

const prefixed = (name: string, keys: Record<string, Json>) =>
  Object.fromEntries(Object.entries(keys).map(([key, json]) => [`${name}.${key}`, json]));

function tableOf(keys: Readonly<Record<string, Json>>): string {
  const rows = Object.entries(keys).map(([key, json]) => {
    const {
      description = '',
      default: standard,
      examples = [],
    } = json as {
      description?: string;
      default?: unknown;
      examples?: readonly unknown[];
    };
    const given = examples.map((example) => code(example)).join(' ');
    const shown = standard === undefined ? '' : code(standard);
    return `| \`${key}\` | ${typeOf(json)} | ${shown} | ${cell(description)} | ${given} |`;
  });
  return ['| key | type | default | meaning | example |', '|---|---|---|---|---|', ...rows].join('\n');
}

function fieldTable(record: keyof typeof MAPPINGS): string {
  const required: readonly string[] = REQUIRED[record];
  const rows = Object.entries(fieldsOf(record)).map(([field, json]) => {
    const name = required.includes(field) ? `**\`${field}\`**` : `\`${field}\``;
    return `| ${name} | ${typeOf(json)} |`;
  });
  return ['| field | takes |', '|---|---|', ...rows].join('\n');
}

/** Describes what a JSON Schema takes. */
function typeOf(json: Json): string {
  const {
    anyOf,
    items,
    properties,
    $ref,
    type,
    const: constant,
  } = json as {
    anyOf?: readonly Json[];
    items?: Json;
    properties?: Readonly<Record<string, Json>>;
    $ref?: string;
    type?: string | readonly string[];
    const?: unknown;
  };
  const words = json['enum'] as readonly unknown[] | undefined;
  if (words) return words.map((word) => code(word)).join(', ');
  if (constant !== undefined) return code(constant);
  if ($ref) return NAMES[$ref.replace('#/definitions/', '')] ?? 'value';
  if (anyOf) {
    return [...new Set(anyOf.map(typeOf))].join(' or ');
  }
  if (items) return `list of ${typeOf(items)}`;
  if (properties) {
    const keys = Object.entries(properties)
      .filter(([key]) => key !== 'each')
      .map(([key, part]) => (typeOf(part) === 'value' ? `\`${key}\`` : `\`${key}\` (${typeOf(part)})`));
    return `{ ${keys.join(', ')} }`;
  }
  if (type === undefined) return 'value';
  return [type]
    .flat()
    .map((one) => (one === 'integer' ? 'whole number' : one === 'string' ? 'text' : one))
    .join(' or ');
}

const NAMES: Readonly<Record<string, string>> = {
  expression: 'value',
  condition: 'condition',
  tableFile: '{ `file`, `key`, `value` }',
  actorByName: '{ `byName`, `kind`, `language`, `country`, `slug`, `code`, `wikidata` }',
  topicByName: '{ `byName`, `language`, `slug`, `wikidata` }',
  sourceByUrl:
    '{ `byUrl`, `title`, `publisher`, `language`, `reliability`, `published`, `slug`, `wikidata` }',
};

const cell = (text: string) => text.replaceAll('|', '\\|');

const code = (value: unknown) => {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `\`${cell(text === '' ? '""' : text)}\``;
};
