import { buildSchema, parse, print } from 'graphql';
import { describe, expect, test } from 'vitest';
import { createHoldings } from '../../src/http/limits/held-subscriptions.js';
import { FilterPool } from '../../src/http/subscriptions/filter-pool.js';
import { itemSelectionOf } from '../../src/http/subscriptions/item-selection.js';

describe('what the subscriptions of a client hold', () => {
  test('is bounded for each client, and equal subscriptions count once', () => {
    const holdings = createHoldings(100);
    const weigh = () => 60;
    holdings.hold('one', 'group', weigh);
    holdings.hold('one', 'group', () => {
      throw new Error('It is known.');
    });
    expect(() => holdings.hold('one', 'other', weigh)).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(
          /^Expected at most 100 bytes \(MAX_SUBSCRIPTION_BYTES\); got 120\. End sub/,
        ),
        extensions: expect.objectContaining({ code: 'LIMIT_EXCEEDED', limit: 'MAX_SUBSCRIPTION_BYTES' }),
      }),
    );
    holdings.hold('two', 'other', weigh);
    holdings.release('one', 'group');
    expect(() => holdings.hold('one', 'other', weigh)).toThrow();
    holdings.release('one', 'group');
    holdings.hold('one', 'other', weigh);
    holdings.release('one', 'other');
    holdings.release('two', 'other');
    expect(holdings.clients).toBe(0);
  });

  test('has equal filters once, as long as somebody uses them', () => {
    const pool = new FilterPool();
    const filter = (canonical: string) => ({
      canonical,
      conditions: 1,
      values: 1,
      texts: [],
      asksForCountry: false,
      matches: () => true,
    });
    const [first, equal, other] = [filter('a'), filter('a'), filter('b')];
    expect(pool.hold(first)).toBe(first);
    expect(pool.hold(equal)).toBe(first);
    expect(pool.hold(other)).toBe(other);
    expect(pool.size).toBe(2);
    for (const one of [first, first, other]) pool.release(one);
    expect(pool.size).toBe(0);
  });

  test('leaves out the arguments of the root field and what only they use', () => {
    const document = parse(`
      subscription ($after: ID, $filter: F, $n: Int) { ...Root }
      fragment Root on Subscription { items: feed(after: $after, filter: $filter) { links(first: $n) { slug } } }
    `);
    const selection = itemSelectionOf({
      schema: buildSchema('type Query { a: Int }'),
      document,
      variableValues: { after: 'x', filter: { topic: ['a'] }, n: 3 },
    });
    expect(selection.variableValues).toEqual({ n: 3 });
    expect(print(selection.document)).toBe(
      print(
        parse(`
          subscription ($n: Int) { ...Root }
          fragment Root on Subscription { items: feed { links(first: $n) { slug } } }
        `),
      ),
    );
  });
});
