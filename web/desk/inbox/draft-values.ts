import { EMPTY_VALUES, newCitation, newParticipant } from '../form/values/empty-values.js';
import type { FormValues, Ref } from '../form/values/form-values.js';
import type { InboxArticle } from '../queries/inbox.js';

/** A draft as `InboxSuggestion.draft` has it. */
interface Draft {
  readonly headline?: string;
  readonly summary?: string;
  readonly occurred?: string;
  readonly participants?: readonly {
    readonly actor: string;
    readonly role: string;
    readonly capacity?: string | null;
  }[];
  readonly treaties?: readonly string[];
  readonly weaponSystems?: readonly string[];
  readonly doctrines?: readonly string[];
  readonly topics?: readonly string[];
  readonly citations?: readonly {
    readonly source: string;
    readonly excerpt?: string;
    readonly locator?: string;
    readonly language?: string;
  }[];
  readonly quotation?: string;
  readonly originalLanguage?: string;
  readonly setting?: string;
  readonly attribution?: string;
  readonly type?: string;
  readonly doctrine?: string;
  readonly changeType?: string;
}

/** Reads the draft of a suggestion into a form. */
export function draftValues(json: unknown, { names, title, url, feed }: InboxArticle): FormValues {
  const draft = json as Draft;
  const known = new Map(
    names.map(({ fields }) => {
      const { slug, name } = fields as { readonly slug: string | null; readonly name: string };
      return [slug, name];
    }),
  );
  for (const { slug, name } of feed?.topics ?? []) known.set(slug, name);
  const ref = (slug: string): Ref => ({ slug, name: known.get(slug) ?? slug });
  return {
    ...EMPTY_VALUES,
    headline: draft.headline ?? '',
    summary: draft.summary ?? '',
    occurred: draft.occurred ?? '',
    participants: (draft.participants ?? []).map(({ actor, role, capacity }) => ({
      ...newParticipant(role),
      actor: ref(actor),
      capacity: capacity ?? '',
    })),
    treaties: (draft.treaties ?? []).map(ref),
    weaponSystems: (draft.weaponSystems ?? []).map(ref),
    doctrines: (draft.doctrines ?? []).map(ref),
    topics: (draft.topics ?? []).map(ref),
    citations: (draft.citations ?? []).map(({ source, excerpt = '', locator = '', language = '' }) => ({
      ...newCitation(),
      source: {
        ...{ slug: source, name: title, reliability: feed?.source?.reliability ?? 'F' },
        publisher: feed?.source?.publisher ?? (url ? new URL(url).hostname.replace(/^www\./, '') : ''),
      },
      ...{ excerpt, locator, language },
    })),
    quotation: draft.quotation ?? '',
    originalLanguage: draft.originalLanguage ?? '',
    setting: draft.setting ?? '',
    attribution: draft.attribution ?? '',
    type: draft.type ?? '',
    doctrine: draft.doctrine === undefined ? null : ref(draft.doctrine),
    changeType: draft.changeType ?? '',
  };
}
