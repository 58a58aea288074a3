// Writes mapping.schema.json and docs/import-reference.md from the schema of mappings.

import { writeFile } from 'node:fs/promises';

const root = new URL('../', import.meta.url);
// URLs, because the type check must not need the build.
const { mappingJsonSchema } = await import(new URL('dist/import/mapping/json-schema.js', root).href);
const { mappingReference } = await import(new URL('dist/import/mapping/reference.js', root).href);

await writeFile(new URL('mapping.schema.json', root), `${JSON.stringify(mappingJsonSchema(), null, 2)}\n`);
await writeFile(new URL('docs/import-reference.md', root), mappingReference());
