import type { PageError } from '../../../src/http/page/module.js';
import { linkToDevelopment, linkToReference } from '../links.js';
import type { PageState } from '../page-state.js';
import type { PageData } from '../plan.js';
import type { DevelopmentData } from '../queries/development.js';
import type { ReferenceData } from '../queries/reference.js';
import { foundIn } from '../references/reference-header.js';
import { REFERENCE_WORDS } from '../words.js';

/** How a page is answered. */
export type Verdict =
  | { readonly kind: 'found'; readonly status: number }
  | { readonly kind: 'moved'; readonly to: string }
  | { readonly kind: 'missing'; readonly problem: PageError };

const FOUND: Verdict = { kind: 'found', status: 200 };

/** Decides by the data of a page. */
export function findVerdict(state: PageState, data: PageData): Verdict {
  if (state.page === 'reference') {
    const reference = foundIn(data['reference'] as ReferenceData);
    // The slug of a merged reference leads to the one that stands for it. The past may show it as it was.
    if (reference && reference.slug !== state.slug && !state.selection.asOf) {
      return { kind: 'moved', to: linkToReference(state.kind, reference.slug) };
    }
    if (reference) return FOUND;
    const when = state.selection.asOf ? ' at that time' : '';
    const message = `The record has no ${REFERENCE_WORDS[state.kind]} with the name "${state.slug}"${when}.`;
    return { kind: 'missing', problem: { status: 404, code: 'NOT_FOUND', message } };
  }
  if (state.page !== 'development') return FOUND;
  const { development } = data['development'] as DevelopmentData;
  if (!development) {
    const when = state.asOf ? ' at that time' : '';
    const message = `No development has the name "${state.slug}"${when}.`;
    return { kind: 'missing', problem: { status: 404, code: 'NOT_FOUND', message } };
  }
  // The record finds a development by its old names too. An earlier state keeps the name that it had.
  if (development.slug !== state.slug && !state.asOf) {
    return { kind: 'moved', to: linkToDevelopment(development.slug) };
  }
  return development.status === 'RETRACTED' ? { kind: 'found', status: 410 } : FOUND;
}
