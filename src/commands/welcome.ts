import { createToken } from '../domain/token.js';
import type { RunningServer } from '../server.js';

/** Creates the first editor token and returns the console message of a first start. */
export async function welcome({ url, db }: Pick<RunningServer, 'url' | 'db'>): Promise<string> {
  const token = await createToken(db, { name: 'first-start', role: 'EDITOR' });
  const query = JSON.stringify({
    query:
      'mutation { upsertSource(input: { slug: "my-notes", title: "My notes" }) { __typename } recordStatement(input: { headline: "My first statement", occurred: "2026", citations: [{ source: "my-notes" }], publish: true }) { ... on RecordStatementSuccess { development { slug } } ... on Error { message } } }',
  });
  return `
Doctrine Wire is ready: open ${new URL('/', url)} to read the record, and ${url} for GraphiQL.

Your editor token is shown only once:

  ${token}

Try it:

  curl ${url} -H 'Content-Type: application/json' \\
    -H 'Authorization: Bearer ${token}' \\
    -d '${query}'
`;
}
