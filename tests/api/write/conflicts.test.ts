import { expect } from 'vitest';
import { describeWithDatabase, publishStatement, test } from '../../support/fixtures.js';
import { editorToken, recordDraft, send } from '../desk/desk-client.js';

const CONFLICT = `... on RevisionConflictError {
  expected current changedFields
  changes { field before after }
  development { headline summary revision }
}`;

describeWithDatabase('a revision conflict', () => {
  test('shows their version field by field, of drafts and published developments', async ({ server }) => {
    const jo = await editorToken(server, 'Jo');
    for (const slug of [await recordDraft(server, 'Mine'), await publishStatement(server, 'Mine')]) {
      const theirs = { slug, headline: 'Theirs', summary: 'Added.' };
      await send(server, 'reviseStatement', theirs, '__typename', jo);
      await send(server, 'reviseStatement', { slug, summary: 'Corrected.' }, '__typename', jo);
      const { data } = await server.request<any>(
        `mutation ($input: ReviseStatementInput!) { it: reviseStatement(input: $input) { __typename ${CONFLICT} } }`,
        { variables: { input: { slug, headline: 'Mine, better', expectedRevision: 1 } } },
      );
      expect(data.it).toEqual({
        __typename: 'RevisionConflictError',
        expected: 1,
        current: 3,
        changedFields: ['headline', 'summary'],
        changes: [
          { field: 'headline', before: 'Mine', after: 'Theirs' },
          { field: 'summary', before: null, after: 'Corrected.' },
        ],
        development: { headline: 'Theirs', summary: 'Corrected.', revision: 3 },
      });
    }
  });

  test('has no changes for a revision that does not exist', async ({ server }) => {
    const slug = await recordDraft(server, 'One');
    const { data } = await server.request<any>(
      `mutation { it: publishDevelopment(input: { slug: "${slug}", expectedRevision: 7 }) { ${CONFLICT} } }`,
    );
    expect(data.it).toMatchObject({ expected: 7, current: 1, changedFields: [], changes: [] });
  });
});
