// Prints the schema of the compiled server: `npm run schema` writes it to schema.graphql.
import { lexicographicSortSchema, printSchema } from 'graphql';

// A URL, because the type check must not need the build.
const { schema } = await import(new URL('../dist/graphql/schema.js', import.meta.url).href);

process.stdout.write(`${printSchema(lexicographicSortSchema(schema))}\n`);
