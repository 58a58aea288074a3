import type { Client } from '@urql/core';
import type { Kind } from '../../address.js';
import type { KeptForm } from '../kept/kept-forms.js';
import type { FormValues } from '../values/form-values.js';
import { changedFields, inputValueOf, recordInput } from '../values/input.js';
import { checkBefore } from './check-before.js';
import type { Problem } from './problems.js';

/** What became of a form that was sent. */
export type Sent =
  | { readonly kind: 'saved'; readonly slug: string; readonly status: string }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

export interface Sending {
  readonly kind: Kind;
  readonly values: FormValues;
  /** What the form revises. Undefined: it records a new development. */
  readonly base: KeptForm['base'];
  /** The suggestion of an article that it accepts. */
  readonly suggestion?: { readonly item: string; readonly key: string } | undefined;
  readonly publish: boolean;
  readonly reason: string;
  /** Equal for repeated attempts with the same values. */
  readonly idempotencyKey: string;
}

interface Answer {
  readonly result?: {
    readonly __typename: string;
    readonly development?: { readonly slug: string; readonly status: string };
    readonly path?: string;
    readonly message?: string;
    readonly issues?: readonly Problem[];
  } | null;
}

const TYPES: Readonly<Record<Kind, string>> = {
  STATEMENT: 'Statement',
  EVENT: 'Event',
  DOCTRINE_CHANGE: 'DoctrineChange',
};

/** Sends a form as the mutation of its kind: `record…`, or `revise…` with the fields that have changed. */
export async function send(client: Client, sending: Sending): Promise<Sent> {
  const { kind, values, base, suggestion, publish, reason, idempotencyKey } = sending;
  const problems = checkBefore(kind, values);
  if (problems.length > 0) return { kind: 'refused', problems };
  const name = suggestion ? 'acceptSuggestion' : `${base ? 'revise' : 'record'}${TYPES[kind]}`;
  const edited = lowerFirst(TYPES[kind]);
  const shared = { idempotencyKey, ...(reason.trim() && { reason: reason.trim() }) };
  const input = base
    ? { ...shared, slug: base.slug, expectedRevision: base.revision, ...changes(kind, base.values, values) }
    : suggestion
      ? { ...shared, ...suggestion, publish, [edited]: recordInput(kind, values) }
      : { ...shared, publish, ...recordInput(kind, values) };
  const { data, error } = await client.mutation<Answer>(documentOf(name), { input }).toPromise();
  const result = data?.result;
  if (result?.development) return { kind: 'saved', ...result.development };
  if (result?.__typename === 'RevisionConflictError') return { kind: 'conflict' };
  const {
    issues,
    path = '',
    message = error?.message ?? 'The server did not answer. Try again.',
  } = result ?? {};
  const found = issues ?? [{ path, message }];
  return { kind: 'refused', problems: suggestion ? found.map((one) => within(edited, one)) : found };
}

const changes = (kind: Kind, before: FormValues, after: FormValues) =>
  Object.fromEntries(changedFields(kind, before, after).map((name) => [name, inputValueOf(after, name)]));

const lowerFirst = (name: string) => `${name.charAt(0).toLowerCase()}${name.slice(1)}`;

/** The form has the paths within the development. */
const within = (field: string, { path, message }: Problem): Problem => ({
  path: path.startsWith(`${field}.`) ? path.slice(field.length + 1) : path,
  message,
});

function documentOf(name: string): string {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return `mutation ${type}($input: ${type}Input!) {
    result: ${name}(input: $input) {
      __typename
      ... on ${type}Success { development { slug status } }
      ... on Error { path message }
      ... on InvalidInputError { issues { path message } }
    }
  }`;
}
