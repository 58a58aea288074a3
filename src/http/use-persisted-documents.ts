import type { GraphQLParams, Plugin } from 'graphql-yoga';
import type { DocumentParams, PersistedDocuments } from './persisted-documents.js';

/**
 * Finds the documents that requests name. What a GET by name answers to everybody may be kept by caches for
 * `maxAge` seconds.
 */
export function usePersistedDocuments(documents: PersistedDocuments, maxAge: number): Plugin {
  const named = new WeakSet<Request>();
  const cacheable = new WeakSet<Request>();
  return {
    onParams: ({ request, params, setParams }) => {
      const { documentId = inUrl(request), ...rest } = params as GraphQLParams & DocumentParams;
      const { query, isPersisted } = documents.find({ ...rest, documentId });
      // An empty query is Yoga's to refuse.
      setParams({ ...rest, ...(query !== '' && { query }) });
      if (isPersisted && request.method === 'GET' && !request.headers.has('authorization'))
        named.add(request);
    },
    onResultProcess: ({ request, result }) => {
      if (named.has(request) && 'data' in result && !result.errors) cacheable.add(request);
    },
    onResponse: ({ request, response }) => {
      if (!cacheable.has(request)) return;
      response.headers.set('Cache-Control', `public, max-age=${maxAge}`);
      response.headers.set('Vary', 'Accept, Authorization, Origin');
    },
  };
}

/** Yoga reads no parameters of a URL but those that it knows. */
const inUrl = ({ method, url }: Request): string | undefined =>
  method === 'GET' ? (new URL(url).searchParams.get('documentId') ?? undefined) : undefined;
