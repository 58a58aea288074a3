import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { GraphQLError, parse, validate } from 'graphql';
import { z } from 'zod';
import { schema } from '../../graphql/schema.js';
import { StartError } from '../../start-error.js';
import { createDocumentCache } from '../execution/document-cache.js';
import { refuse } from '../response/refusal.js';

/** The parameters that select the document of a request. */
export interface DocumentParams {
  readonly query?: string | null | undefined;
  /** The id of a document, by the appendix of GraphQL over HTTP: `sha256:…`, or an id of the manifest. */
  readonly documentId?: unknown;
  /** `persistedQuery: { version: 1, sha256Hash }`: Apollo's automatic persisted queries. */
  readonly extensions?: Readonly<Record<string, unknown>> | null | undefined;
}

interface Found {
  readonly query: string;
  /** Whether the request sent the id without the text. */
  readonly isPersisted: boolean;
}

/** Documents that clients refer to by id. */
export interface PersistedDocuments {
  /** @throws {GraphQLError} For an unknown id, or if only trusted documents are executed. */
  find(params: DocumentParams): Found;
}

/** The manifest cannot be read, or has an invalid document. */
class ManifestError extends StartError {
  override readonly name = 'ManifestError';

  constructor(file: string, reason: string) {
    super(`PERSISTED_DOCUMENTS: ${file} cannot be used: ${reason}`);
  }
}

export interface PersistedDocumentsOptions {
  /** The manifest of trusted documents. */
  readonly file: string | undefined;
  /** Whether only documents of the manifest are executed. */
  readonly isExclusive: boolean;
}

/**
 * Loads the trusted documents of the manifest. Clients can register more by their hash (automatic persisted queries),
 * which are evicted when the cache is full: a client that gets PERSISTED_QUERY_NOT_FOUND sends the document again.
 *
 * @throws {ManifestError} If the file is not a manifest, or a document is not valid against the schema.
 */
export function loadPersistedDocuments({ file, isExclusive }: PersistedDocumentsOptions): PersistedDocuments {
  const trusted = file === undefined ? new Map<string, string>() : readManifest(file);
  const registered = createDocumentCache<{ query: string }>();
  return {
    find: (params) => {
      const id = idOf(params);
      const query = params.query || undefined;
      const known = id === undefined ? undefined : (trusted.get(id) ?? registered.get(id)?.query);
      if (isExclusive && (known === undefined || (query !== undefined && query !== known))) {
        throw refuse(
          'Expected the id of a persisted document, because this server executes no others. Send it as documentId, or ' +
            'as extensions.persistedQuery.sha256Hash, without a query.',
          { code: 'PERSISTED_QUERY_REQUIRED' },
          { status: 403, spec: true },
        );
      }
      if (id === undefined) return { query: query ?? '', isPersisted: false };
      if (query === undefined) {
        if (known === undefined) throw notFound();
        return { query: known, isPersisted: true };
      }
      if (hashOf(query) !== id) throw mismatch(id);
      registered.set(id, { query });
      return { query, isPersisted: false };
    },
  };
}

const notFound = () =>
  refuse(
    'PersistedQueryNotFound', // Clients look for this word before they send the document.
    { code: 'PERSISTED_QUERY_NOT_FOUND' },
    { status: 404, spec: true },
  );

const mismatch = (id: string) =>
  refuse(
    `Expected the SHA-256 of the query, in hexadecimal digits; got "${id.slice(0, 80)}".`,
    { code: 'PERSISTED_QUERY_MISMATCH' },
    { status: 400, spec: true },
  );

const Extension = z.object({ persistedQuery: z.object({ version: z.literal(1), sha256Hash: z.string() }) });

function idOf({ documentId, extensions }: DocumentParams): string | undefined {
  if (typeof documentId === 'string') return documentId.replace(/^sha256:/, '');
  return extensions == null ? undefined : Extension.safeParse(extensions).data?.persistedQuery.sha256Hash;
}

const hashOf = (query: string): string => createHash('sha256').update(query).digest('hex');

// GraphQL Code Generator and Relay write an object, Apollo a list.
const Manifest = z.union([
  z.object({
    format: z.literal('apollo-persisted-query-manifest'),
    operations: z.array(z.object({ id: z.string(), body: z.string() })),
  }),
  z.record(z.string(), z.string()),
]);

/** Returns the documents by their ids. */
function readManifest(file: string): ReadonlyMap<string, string> {
  const manifest = Manifest.safeParse(readJson(file));
  if (!manifest.success) {
    throw new ManifestError(
      file,
      'expected { "<id>": "<document>" }, or an apollo-persisted-query-manifest.',
    );
  }
  const { data } = manifest;
  const entries: (readonly [string, string])[] = Array.isArray(data['operations'])
    ? data['operations'].map(({ id, body }) => [id, body] as const)
    : Object.entries(data as Record<string, string>);
  for (const [id, document] of entries) {
    const problem = problemOf(document);
    if (problem) throw new ManifestError(file, `the document ${id} is not valid: ${problem}`);
  }
  return new Map(entries.map(([id, document]) => [id.replace(/^sha256:/, ''), document]));
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ManifestError(file, error instanceof Error ? error.message : String(error));
  }
}

function problemOf(document: string): string | undefined {
  try {
    return validate(schema, parse(document))[0]?.message;
  } catch (error) {
    if (error instanceof GraphQLError) return error.message;
    throw error;
  }
}
