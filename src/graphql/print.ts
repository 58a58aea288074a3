import { lexicographicSortSchema, printSchema } from 'graphql';
import { schema } from './schema.js';

// `npm run schema` writes this to schema.graphql.
process.stdout.write(`${printSchema(lexicographicSortSchema(schema))}\n`);
