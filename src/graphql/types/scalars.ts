import { GraphQLError, Kind, type ValueNode, valueFromASTUntyped } from 'graphql';
import { shown } from '../../domain/input.js';
import { builder } from '../builder.js';
import { inexact, isExact } from '../exact-number.js';

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** Checks the day, because `Date` parses 30 February as 2 March. Years start at 1. */
function beginsWithDay(text: string): boolean {
  const day = text.slice(0, 10);
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day) && day >= '0001-01-01';
}

function expected(what: string, value: unknown): GraphQLError {
  return new GraphQLError(`Expected ${what}; got ${shown(value)}.`, {
    extensions: { code: 'BAD_USER_INPUT' },
  });
}

builder.scalarType('Cursor', {
  specifiedByURL: 'https://relay.dev/graphql/connections.htm#sec-Cursor',
  description:
    'A position in a list or in the feed. Opaque: pass it back unchanged, and never construct one.',
  serialize: (value) => value,
  parseValue: (value) => {
    if (typeof value !== 'string') throw expected('a cursor returned by this API', value);
    return value;
  },
});

builder.scalarType('Date', {
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339#section-5.6',
  description: 'A calendar day in ISO 8601, e.g. `2019-08-02`.',
  serialize: (value) => value,
  parseValue: (value) => {
    if (typeof value !== 'string' || value.length !== 10 || !beginsWithDay(value)) {
      throw expected('a day such as 2019-08-02', value);
    }
    return value;
  },
});

builder.scalarType('DateTime', {
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339#section-5.6',
  description:
    'An instant in ISO 8601 with an offset, e.g. `2025-08-04T09:30:00Z`. Returned in UTC with milliseconds.',
  serialize: (value) => value.toISOString() as unknown as Date,
  parseValue: (value) => {
    const isInstant = typeof value === 'string' && INSTANT.test(value) && beginsWithDay(value);
    const instant = isInstant ? new Date(value) : undefined;
    const year = instant?.getUTCFullYear() ?? Number.NaN; // The offset can move it out of range.
    if (!instant || !(year >= 1 && year <= 9999)) {
      throw expected('an instant such as 2025-08-04T09:30:00Z', value);
    }
    return instant;
  },
});

type JsonInput = (typeof builder.$inferSchemaTypes)['Scalars']['JSON']['Input'];

builder.scalarType('JSON', {
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc8259',
  description:
    'Any JSON value: a string, number, boolean, list or object. Used for values whose type depends on another field. Enum values are strings.',
  serialize: (value) => value,
  parseValue: (value) => value as JsonInput, // GraphQL never passes null.
  parseLiteral: (node, variables) => jsonOf(node, variables ?? {}) as JsonInput,
});

/** Converts a literal to the JSON value that a variable would contain. */
function jsonOf(node: ValueNode, variables: Readonly<Record<string, unknown>>): unknown {
  if (node.kind === Kind.OBJECT) {
    return Object.fromEntries(node.fields.map(({ name, value }) => [name.value, jsonOf(value, variables)]));
  }
  if (node.kind === Kind.LIST) return node.values.map((value) => jsonOf(value, variables));
  if (node.kind === Kind.ENUM) return node.value;
  if ((node.kind === Kind.INT || node.kind === Kind.FLOAT) && !isExact(node.value)) {
    throw new GraphQLError(inexact(node.value), { nodes: node });
  }
  return valueFromASTUntyped(node, variables);
}
