import { buildSchema, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { groupKey } from '../../src/http/subscriptions/group-key.js';

const schema = buildSchema('type Query { a: Int }');
const key = (text: string, variableValues: Record<string, unknown>, view = 'published') =>
  groupKey({ schema, document: parse(text), variableValues }, view);

const FEED = 'subscription ($from: ID, $n: Int) { feed(after: $from) { a(first: $n) } }';

describe('the group key', () => {
  test('ignores the start cursor, whatever the order of the variables', () => {
    expect(key(FEED, { from: 'x', n: 1 })).toBe(key(FEED, { n: 1, from: 'y' }));
    expect(key(FEED, { from: 'x', n: 1 })).toBe(key(FEED, { n: 1 }));
  });

  test('distinguishes variables, documents and views', () => {
    const keys = [
      key(FEED, { n: 1 }),
      key(FEED, { n: 2 }),
      key(FEED, { n: 1 }, 'all'),
      key(`${FEED} `, { n: 1 }),
    ];
    expect(new Set(keys).size).toBe(4);
  });

  test('includes the start cursor if its variable is also used elsewhere', () => {
    const twice = 'subscription ($from: ID) { feed(after: $from) { a(after: $from) } }';
    expect(key(twice, { from: 'x' })).not.toBe(key(twice, { from: 'y' }));
    const alias = 'subscription ($from: ID) { feed(after: $from) { ...F } } fragment F on X { b(c: $from) }';
    expect(key(alias, { from: 'x' })).not.toBe(key(alias, { from: 'y' }));
  });

  test('includes cursors of fields other than the feed', () => {
    const other = 'subscription ($from: ID) { feed { links(after: $from) { a } } }';
    expect(key(other, { from: 'x' })).not.toBe(key(other, { from: 'y' }));
  });
});
