import { z } from 'zod';
import { actorInput } from '../../domain/references/actor.js';
import { sourceInput } from '../../domain/references/source.js';
import { topicInput } from '../../domain/references/topic.js';
import { INPUTS } from './inputs.js';
import { MAPPINGS } from './mapping.js';
import { REQUIRED } from './templates.js';
import { PIPELINE_KEYS } from './values/expression.js';

export type Json = Readonly<Record<string, unknown>>;

const ref = (name: string): Json => ({ $ref: `#/definitions/${name}` });

const EXPRESSION = ref('expression');

/** Keys of mappings and pipelines whose values are not plain. */
const SPECIAL: Readonly<Record<string, Json>> = {
  from: { anyOf: [EXPRESSION, { type: 'array', items: EXPRESSION, minItems: 1 }] },
  unlessEqual: EXPRESSION,
  otherwise: EXPRESSION,
  lookup: { anyOf: [ref('tableFile'), { type: 'object', additionalProperties: EXPRESSION }] },
  format: { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] },
  where: { type: 'array', items: ref('condition') },
};

/** Returns the keys of an object's schema with their JSON Schemas, descriptions, defaults and examples. */
export function keysOf(shape: Readonly<Record<string, z.ZodType>>, special = SPECIAL): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(shape).map(([key, schema]): [string, Json] => {
      const plain = jsonOf(schema);
      const { description, examples } = schema.meta() ?? {};
      const own = special[key];
      const words = { ...(description && { description }), ...(examples ? { examples } : {}) };
      return [
        key,
        own
          ? { ...words, ...own, ...('default' in plain && { default: plain['default'] }) }
          : { ...plain, ...words },
      ];
    }),
  );
}

function jsonOf(schema: z.ZodType): Json {
  const { $schema, ...json } = z.toJSONSchema(schema, {
    io: 'input',
    target: 'draft-7',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  }) as Record<string, unknown>;
  return json;
}

interface Definition {
  readonly type: string;
  readonly innerType?: z.ZodType;
  readonly in?: z.ZodType;
  readonly element?: z.ZodType;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
}

const bare = (schema: z.ZodType): z.ZodType => {
  const { type, innerType, in: first } = schema.def as unknown as Definition;
  if (innerType) return bare(innerType);
  return type === 'pipe' && first ? bare(first) : schema;
};

/** The keys of `fields:` that name references, by the definition of what may stand in place of a slug. */
const NAMED: Readonly<Record<string, string>> = {
  actor: 'actorByName',
  topics: 'topicByName',
  source: 'sourceByUrl',
};

/** A development by its id in a data set. */
const LINK_END: Json = {
  type: 'object',
  required: ['dataset', 'id'],
  additionalProperties: false,
  properties: { dataset: EXPRESSION, id: EXPRESSION },
};

/** The key of a repeated item in lists of slugs. */
const ITEMS: Readonly<Record<string, string>> = {
  topics: 'topic',
  treaties: 'treaty',
  weaponSystems: 'weaponSystem',
  doctrines: 'doctrine',
  parties: 'party',
  classes: 'class',
  delivery: 'platform',
};

/** Returns the JSON Schema of the template of a field: an expression, its words, or a list or object of templates. */
function templateOf(field: string, schema: z.ZodType, isNamed = true): Json {
  const inner = bare(schema);
  const { type, element, shape } = inner.def as unknown as Definition;
  if (type === 'array' && element) {
    const item = templateOf(field, element, isNamed);
    const key = ITEMS[field];
    const repeated = key && {
      type: 'object',
      required: [key],
      additionalProperties: false,
      properties: { each: EXPRESSION, [key]: item },
    };
    return { type: 'array', items: repeated ? { anyOf: [item, repeated] } : item };
  }
  if (type === 'object' && shape) {
    const properties = Object.entries(shape).map(([key, part]) => [key, templateOf(key, part, isNamed)]);
    return {
      type: 'object',
      additionalProperties: false,
      properties: { each: EXPRESSION, ...Object.fromEntries(properties) },
    };
  }
  const words = (inner as unknown as { readonly options?: readonly unknown[] }).options;
  const isEnum = type === 'enum' && words !== undefined;
  const named = isNamed ? NAMED[field] : undefined;
  if (type === 'union') return { anyOf: [EXPRESSION, LINK_END] };
  if (!isEnum && named === undefined) return type === 'unknown' ? {} : EXPRESSION;
  return { anyOf: [...(isEnum ? [{ enum: words }] : []), ...(named ? [ref(named)] : []), EXPRESSION] };
}

/** Returns the JSON Schemas of the fields of a kind of record. */
export function fieldsOf(record: keyof typeof INPUTS): Record<string, Json> {
  const { shape = {} } = bare(INPUTS[record]).def as unknown as Definition;
  return Object.fromEntries(
    Object.entries(shape).map(([field, schema]) => [field, templateOf(field, schema, 'citations' in shape)]),
  );
}

const named = (schema: z.ZodType, required: string, keys: Readonly<Record<string, string>>): Json => {
  const { shape = {} } = bare(schema).def as unknown as Definition;
  const properties = Object.entries(keys).map(([key, field]) => {
    const part = shape[field];
    return [key, part ? templateOf(key, part) : EXPRESSION];
  });
  return {
    type: 'object',
    required: [required],
    additionalProperties: false,
    properties: Object.fromEntries(properties),
  };
};

const object = (properties: Json, required: readonly string[]): Json => ({
  type: 'object',
  required,
  additionalProperties: false,
  properties,
});

const tests = {
  value: EXPRESSION,
  ...Object.fromEntries(
    ['is', 'isNot'].map((key) => [key, { type: ['string', 'number', 'boolean', 'array'] }]),
  ),
  matches: { type: 'string' },
  present: { type: 'boolean' },
  atLeast: { type: ['string', 'number'] },
  atMost: { type: ['string', 'number'] },
};

const DEFINITIONS: Json = {
  expression: {
    description:
      'A constant, $column, $ (the item of an `each`), { from: … }, { join: … } or { columns: … }.',
    anyOf: [{ type: ['string', 'number', 'boolean', 'null'] }, ref('pipeline'), ref('join'), ref('columns')],
  },
  pipeline: object(keysOf(PIPELINE_KEYS), ['from']),
  join: object(
    { join: { type: 'array', items: EXPRESSION, minItems: 1 }, with: { type: 'string', default: '' } },
    ['join'],
  ),
  columns: object({ columns: { type: 'string', examples: ['Country*'] } }, ['columns']),
  tableFile: object({ file: { type: 'string' }, key: { type: 'string' }, value: { type: 'string' } }, [
    'file',
    'key',
    'value',
  ]),
  condition: {
    anyOf: [object(tests, ['value']), object({ any: { type: 'array', items: ref('condition') } }, ['any'])],
  },
  actorByName: named(actorInput, 'byName', {
    ...{ byName: '', kind: 'kind', language: '', country: 'countryCode', slug: 'slug' },
    ...{ code: 'countryCode3', wikidata: 'wikidataId' },
  }),
  topicByName: named(topicInput, 'byName', {
    ...{ byName: '', language: '', slug: 'slug', wikidata: 'wikidataId' },
  }),
  sourceByUrl: named(sourceInput, 'title', {
    ...{ byUrl: '', title: 'title', publisher: 'publisher', language: 'language' },
    ...{ reliability: 'reliability', published: 'published', slug: 'slug', wikidata: 'wikidataId' },
  }),
};

/** Returns the JSON Schema of mappings, with which editors complete and check their YAML. */
export function mappingJsonSchema(): Json {
  const records = Object.entries(MAPPINGS) as [keyof typeof MAPPINGS, z.ZodType][];
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'A mapping of doctrine-wire import',
    type: 'object',
    required: ['record', 'fields'],
    properties: { record: { enum: records.map(([record]) => record) } },
    allOf: records.map(([record]) => ({
      if: { properties: { record: { const: record } } },
      // biome-ignore lint/suspicious/noThenProperty: A key of JSON Schema.
      then: ref(record),
    })),
    definitions: {
      ...DEFINITIONS,
      ...Object.fromEntries(
        records.map(([record, schema]) => {
          const { shape = {} } = schema.def as unknown as Definition;
          const { record: _, fields, id, ...keys } = shape;
          const own = {
            record: { const: record },
            ...(id && {
              id: object({ dataset: { type: 'string' }, value: EXPRESSION }, ['dataset', 'value']),
            }),
            ...keysOf(keys),
            fields: object(fieldsOf(record), REQUIRED[record]),
          };
          return [record, object(own, ['record', ...(id ? ['id'] : []), 'fields'])];
        }),
      ),
    },
  };
}
