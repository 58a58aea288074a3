import { expect } from 'vitest';
import { createToken } from '../../../src/domain/token.js';
import { createDatabase } from '../../support/database.js';
import { describeWithDatabase, test } from '../../support/fixtures.js';
import { pdfOfLength } from '../../support/pdf.js';
import { startTestServer, type TestServer } from '../../support/server.js';
import { editorToken } from '../desk/desk-client.js';

const MAX = 10 * 1024 * 1024;
const PATIENT = { REQUEST_TIMEOUT: '100', RECEIVE_TIMEOUT: '100' };
const ADD = `mutation ($input: AddArticleInput!) {
  addArticle(input: $input) { ... on AddArticleSuccess { item { text } } ... on Error { code path message } } }`;

/** A PDF of exactly so many bytes, in base64. */
const pdf = (length: number) => pdfOfLength(['The site is', 'open.'], length).toString('base64');

const bodyOf = (input: object) => JSON.stringify({ query: ADD, variables: { input } });

async function post(server: TestServer, body: string | ReadableStream, token?: string) {
  const response = await fetch(server.url, {
    method: 'POST',
    headers: {
      ...{ 'content-type': 'application/json', accept: 'application/graphql-response+json' },
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body,
    ...(typeof body !== 'string' && { duplex: 'half' }),
  });
  return { status: response.status, ...((await response.json()) as { data?: any; errors?: any[] }) };
}

describeWithDatabase('articles of some megabytes', () => {
  test('are taken from editors up to the limit that the server states', async () => {
    await using database = await createDatabase();
    // A busy machine takes more than the 10 s that a request has by default.
    await using server = await startTestServer(database.location, PATIENT);
    const { viewer } = await server.data('{ viewer { maxArticleBytes } }');
    expect(viewer.maxArticleBytes).toBe(MAX);
    const token = await editorToken(server, 'ada');
    const largest = await post(server, bodyOf({ pdf: pdf(MAX) }), token);
    expect(largest).toMatchObject({ data: { addArticle: { item: { text: 'The site is open.' } } } });
    const text = `${'The site is open. '.repeat(MAX / 18)}`;
    const long = await post(server, bodyOf({ text }), token);
    expect(long.data?.addArticle.item.text).toHaveLength(500_000);

    const { data } = await post(server, bodyOf({ pdf: pdf(MAX + 3) }), token);
    expect(data?.addArticle).toEqual({
      ...{ code: 'INVALID_INPUT', path: 'pdf' },
      message: `The input is not valid. pdf: Expected at most ${MAX} bytes (10 MB); got ${MAX + 3}. Give the address of the article as url, its text without pictures, or read the file with \`doctrine-wire draft FILE\`.`,
    });
    const { status, errors } = await post(server, bodyOf({ pdf: pdf(MAX + 1024 ** 2) }), token);
    expect(status).toBe(413);
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining('by its url, or read the file with `doctrine-wire draft FILE`.'),
        extensions: { code: 'LIMIT_EXCEEDED', limit: 'MAX_UPLOAD_BYTES', maximum: 14 * 1024 ** 2 },
      },
    ]);
  });

  test('are not read from others, nor without their length', async ({ server }) => {
    const body = bodyOf({ pdf: pdf(1024 ** 2) });
    const reader = await createToken(server.db, { name: 'reader', role: 'READER' });
    const contributor = await createToken(server.db, { name: 'contributor', role: 'CONTRIBUTOR' });
    const editor = await editorToken(server, 'ada');
    for (const [sent, token] of [
      [body, undefined],
      [body, reader],
      [body, contributor],
      [new Blob([body]).stream(), editor],
    ] as const) {
      const { status, errors } = await post(server, sent, token);
      expect(status).toBe(413);
      expect(errors).toMatchObject([{ extensions: { limit: 'MAX_BODY_BYTES', maximum: 262_144 } }]);
    }
    const { status, errors } = await post(server, body, 'forged');
    expect(status).toBe(401);
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });

  test('are bounded by what the operator sets, and the stated limit is what fits', async () => {
    await using database = await createDatabase();
    await using server = await startTestServer(database.location, {
      ...PATIENT,
      MAX_UPLOAD_BYTES: '1000000',
    });
    const { viewer } = await server.data('{ viewer { maxArticleBytes } }');
    expect(viewer.maxArticleBytes).toBe(746_928);
    const token = await editorToken(server, 'ada');
    const { data } = await post(server, bodyOf({ pdf: pdf(746_928) }), token);
    expect(data?.addArticle).toEqual({ item: { text: 'The site is open.' } });
    const more = await post(server, bodyOf({ pdf: pdf(746_931) }), token);
    expect(more.data?.addArticle).toMatchObject({ code: 'INVALID_INPUT', path: 'pdf' });
  });
});
