import { buildSchema, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { groupKey } from '../../src/http/subscriptions/group-key.js';

const schema = buildSchema('type Query { a: Int }');
const key = (text: string, variableValues: Record<string, unknown>, view = 'published') =>
  groupKey({ schema, document: parse(text), variableValues }, view);

const FEED = 'subscription ($from: ID, $n: Int) { feed(after: $from) { a(first: $n) } }';

describe('what makes a group', () => {
  test('leaves the place out, whatever its variable is called and in whatever order variables come', () => {
    expect(key(FEED, { from: 'x', n: 1 })).toBe(key(FEED, { n: 1, from: 'y' }));
    expect(key(FEED, { from: 'x', n: 1 })).toBe(key(FEED, { n: 1 }));
  });

  test('tells apart other variables, documents, views', () => {
    const keys = [
      key(FEED, { n: 1 }),
      key(FEED, { n: 2 }),
      key(FEED, { n: 1 }, 'all'),
      key(`${FEED} `, { n: 1 }),
    ];
    expect(new Set(keys).size).toBe(4);
  });

  test('keeps the place where it is used for something else too', () => {
    const twice = 'subscription ($from: ID) { feed(after: $from) { a(after: $from) } }';
    expect(key(twice, { from: 'x' })).not.toBe(key(twice, { from: 'y' }));
    const alias = 'subscription ($from: ID) { feed(after: $from) { ...F } } fragment F on X { b(c: $from) }';
    expect(key(alias, { from: 'x' })).not.toBe(key(alias, { from: 'y' }));
  });

  test('does not take another field for the feed', () => {
    const other = 'subscription ($from: ID) { feed { links(after: $from) { a } } }';
    expect(key(other, { from: 'x' })).not.toBe(key(other, { from: 'y' }));
  });
});
