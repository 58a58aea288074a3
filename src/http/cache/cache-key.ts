import { canPropose } from '../../domain/access.js';
import type { RequestContext } from '../context.js';
import { checkVariables } from '../limits/variable-limits.js';

/**
 * Returns everything that an answer depends on but the record; undefined for viewers who see drafts or proposals, and for documents that
 * can ask who the viewer is.
 */
export function cacheKeyOf({ viewer, params, query }: RequestContext): string | undefined {
  if (canPropose(viewer) || ASKS_FOR_VIEWER.test(query) || checkVariables(params.variables)) return undefined;
  return `${params.operationName ?? ''}\n${JSON.stringify(params.variables ?? null)}\n${query}`;
}

/** Names in documents have no escapes, so a document without the word cannot select the field. */
const ASKS_FOR_VIEWER = /\bviewer\b/;
