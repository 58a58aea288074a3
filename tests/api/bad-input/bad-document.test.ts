import { expect } from 'vitest';
import { describeWithDatabase } from '../../support/fixtures.js';
import { complaints, refuseFailure, sendRaw } from '../../support/hostile/raw.js';
import { test } from '../../support/shared.js';

describeWithDatabase('a request is refused for', () => {
  test.for<[string, string, RegExp]>([
    [
      'an unknown field',
      '{ developments { price } }',
      /Cannot query field "price" on type "DevelopmentConnection"/,
    ],
    ['an unknown argument', '{ developments(where: 1) { totalCount } }', /Unknown argument "where"/],
    [
      'an unknown enum value',
      '{ developments(filter: { kind: [WAR] }) { totalCount } }',
      /Value "WAR" does not exist in "DevelopmentKind"/,
    ],
    [
      'a string for an enum',
      '{ developments(filter: { kind: ["EVENT"] }) { totalCount } }',
      /Enum "DevelopmentKind" cannot represent/,
    ],
    [
      'an unknown field of an input',
      '{ developments(filter: { price: 1 }) { totalCount } }',
      /Field "price" is not defined/,
    ],
    [
      'a string for an input object',
      '{ developments(filter: "x") { totalCount } }',
      /Expected value of type "DevelopmentFilter"/,
    ],
    ['a missing argument', '{ development { slug } }', /argument "slug" of type "String!" is required/],
    [
      'a number for a slug',
      '{ development(slug: 1) { slug } }',
      /String cannot represent a non string value: 1/,
    ],
    [
      'an infinite number',
      'mutation { recordEvent(input: { headline: "x", occurred: "2020", type: TEST, quantities: [{ name: "n", low: 1e999 }] }) { ... on Error { message } } }',
      /low: Expected a number/,
    ],
    ['an empty query', '', /Syntax Error|query/],
    ['a truncated query', '{ developments {', /Syntax Error: Expected Name/],
    ['4,000 opening braces', '{'.repeat(4_000), /at most 200 brackets open at once; got 201/],
    ['too many tokens', `{ ${'a '.repeat(6_000)} }`, /at most 2000 tokens \(MAX_TOKENS\); got 2001/],
    ['fields nested 900 deep', `${'{ a '.repeat(900)}${'}'.repeat(900)}`, /at most 200 brackets/],
    ['NUL in a string of the query', '{ development(slug: "a\\u0000") { slug } }', /Expected a slug/],
    [
      'a lone surrogate in a string of the query',
      '{ development(slug: "a\\ud800") { slug } }',
      /Invalid Unicode|Expected a slug/,
    ],
    ['a raw NUL', '{ development(slug: "\u0000") { slug } }', /Invalid character|Expected a slug/],
    ['two operations without an operationName', 'query A { __typename } query B { __typename }', /operation/],
  ])('%s', async ([, query, message], { server }) => {
    const answer = await server.request(query);
    refuseFailure(server, answer);
    expect(complaints(answer)).toMatch(message);
  });

  test.for([
    ['truncated JSON', '{"query":', /JSON/],
    ['nothing', '', /JSON/],
    ['null', 'null', /Expected a body that is a JSON object/],
    ['a list', '[{"query":"{__typename}"}]', /Expected one request; got a list/],
    ['an object without a query', '{}', /Expected "query", or the id of a persisted document/],
    ['an object whose query is a number', '{"query":5}', /Expected "query" to be a string/],
    [
      'an object whose variables are a string',
      '{"query":"{__typename}","variables":"x"}',
      /Expected "variables" to be a JSON object/,
    ],
    [
      'an object with an unknown parameter',
      '{"query":"{__typename}","price":1}',
      /Expected the parameters query, .*; got "price"/,
    ],
  ] as const)('%s as the body', async ([, body, message], { server }) => {
    const answer = await sendRaw(server, body);
    refuseFailure(server, answer);
    expect(complaints(answer)).toMatch(message);
  });

  test.for(['text/plain', 'application/xml', 'image/png'])('a body of type %s', async (type, { server }) => {
    const answer = await sendRaw(server, '{"query":"{__typename}"}', { 'content-type': type });
    refuseFailure(server, answer);
    expect(answer.status).toBe(415);
  });

  test('variables with input objects nested 10,000 deep', async ({ server }) => {
    const query = JSON.stringify(
      'query ($filter: DevelopmentFilter) { developments(filter: $filter) { totalCount } }',
    );
    const filter = `${'{"not":'.repeat(10_000)}{}${'}'.repeat(10_000)}`;
    const answer = await sendRaw(server, `{"query":${query},"variables":{"filter":${filter}}}`);
    refuseFailure(server, answer);
    expect(complaints(answer)).toMatch(/nested at most 100 deep/);
  });

  test('variables with lists nested 100,000 deep', async ({ server }) => {
    const query = JSON.stringify(
      'query ($slugs: [String!]) { developments(filter: { topic: $slugs }) { totalCount } }',
    );
    const answer = await sendRaw(
      server,
      `{"query":${query},"variables":{"slugs":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`,
    );
    refuseFailure(server, answer);
    expect(complaints(answer)).toMatch(/nested at most 100 deep/);
  });
});
