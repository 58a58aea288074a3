import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect } from 'vitest';
import { trimText } from '../../../src/domain/trim-text.js';
import { CITED } from '../../support/example-source.js';
import { describeWithDatabase } from '../../support/fixtures.js';
import { complaints, refuseFailure } from '../../support/hostile/raw.js';
import { runs } from '../../support/random/runs.js';
import { test } from '../../support/shared.js';

describeWithDatabase('odd text', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc
      .array(fc.constantFrom(...'\u0000\ud800\udfff\ufeff\u202e\u0001İſKß%_\\\'";-–/?~X.2019 aA'), {
        maxLength: 12,
      })
      .map((units) => units.join('')),
  );

  test('is trimmed and else returned byte for byte, or is refused with an error that says what was expected', async ({
    server,
  }) => {
    await fc.assert(
      fc.asyncProperty(anyText, anyText, async (headline, occurred) => {
        const mark = `marked${randomUUID().replaceAll('-', '')}`; // A word to search for: random text may have none.
        const answer = await server.request<{
          result: { development?: { headline: string; slug: string }; code?: string };
        }>(
          `mutation ($input: RecordStatementInput!) {
            result: recordStatement(input: $input) {
              ... on RecordStatementSuccess { development { headline slug quotation } }
              ... on Error { code message }
            }
          }`,
          {
            variables: {
              input: {
                headline,
                quotation: headline,
                summary: mark,
                occurred: '2020',
                publish: true,
                ...CITED,
              },
            },
          },
        );
        refuseFailure(server, answer);
        const trimmed = trimText(headline);
        const isText = trimmed !== '' && headline.isWellFormed() && !headline.includes('\u0000');
        if (isText) {
          expect(answer.data?.result).toMatchObject({
            development: { headline: trimmed, quotation: trimmed },
          });
          expect(answer.data?.result.development?.slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
        } else expect(complaints(answer)).toMatch(/Expected/);

        for (const [query, value] of [
          ['query ($value: String!) { development(slug: $value) { slug } }', headline],
          [
            'query ($value: String!) { developments(filter: { occurred: { within: $value } }) { totalCount } }',
            occurred,
          ],
          ['query ($value: String!) { developments(filter: { topic: [$value] }) { totalCount } }', occurred],
        ] as const) {
          const read = await server.request(query, { variables: { value } });
          refuseFailure(server, read);
          expect(read.errors === undefined || /Expected|No topic/.test(complaints(read))).toBe(true);
        }
        const search = (text: string) =>
          server.request<{ developments: { nodes: { headline: string }[] } }>(
            'query ($text: String!) { developments(filter: { text: $text }, first: 100) { nodes { headline } } }',
            { variables: { text } },
          );
        refuseFailure(server, await search(headline));
        const found = await search(mark);
        expect(found.data?.developments.nodes).toEqual(isText ? [{ headline: trimmed }] : []);
      }),
      { numRuns: runs(60), seed: 20260101 },
    );
  });
});
