import type { Database } from '../../src/database/open.js';
import { upsertSource } from '../../src/domain/references/source.js';

/** Makes the source that {@link CITED} cites. */
export const makeSource = (db: Database) =>
  upsertSource({ db, editor: 'test', wake: () => {} }, { slug: 'source', title: 'Source' });

/** The citation that a development needs to be published. */
export const CITED = { citations: [{ source: 'source' }] };

/** Makes the source over GraphQL, for servers in their own process. */
export const MAKE_SOURCE =
  'mutation { upsertSource(input: { slug: "source", title: "Source" }) { __typename } }';
