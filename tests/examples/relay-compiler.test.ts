import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const run = promisify(execFile);

/** Fields of each type that can be loaded again. */
const REFETCHABLE = {
  Development: 'headline revisions(first: 2) { nodes { number } }',
  Event: 'headline occurred { text }',
  Actor: 'name',
  Node: '__typename',
};

/** A fragment that can be loaded again by itself, and a query that includes it. */
const moduleOf = (type: string, fields: string) => `import { graphql } from 'relay-runtime';
export const fragment = graphql\`
  fragment ${type}Part_object on ${type} @refetchable(queryName: "${type}PartRefetchQuery") {
    id
    ${fields}
  }
\`;
export const query = graphql\`
  query ${type}PartQuery($id: ID!) { node(id: $id) { ...${type}Part_object @alias } }
\`;
`;

test('the Relay compiler takes the schema, with fragments that can be loaded again', async () => {
  const project = await mkdtemp(join(tmpdir(), 'relay-'));
  try {
    const source = join(project, 'src');
    await mkdir(join(source, '__generated__'), { recursive: true });
    const schema = join(ROOT, 'schema.graphql');
    await writeFile(
      join(project, 'relay.config.json'),
      JSON.stringify({ src: './src', schema, language: 'typescript', noFutureProofEnums: true }),
    );
    for (const [type, fields] of Object.entries(REFETCHABLE)) {
      await writeFile(join(source, `${type}Part.ts`), moduleOf(type, fields));
    }
    await run(join(ROOT, 'node_modules/.bin/relay-compiler'), [], { cwd: project });
    const generated = await readdir(join(source, '__generated__'));
    for (const type of Object.keys(REFETCHABLE)) {
      const name = `${type}PartRefetchQuery.graphql.ts`;
      expect(generated).toContain(name);
      expect(await readFile(join(source, '__generated__', name), 'utf8')).toContain(`"name": "node"`);
    }
  } finally {
    await rm(project, { recursive: true });
  }
});
