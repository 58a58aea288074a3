import type { Kind, RecordInput } from '../domain/development/input.js';

/** A development of the example record: its kind, and its input with the slug that links name. */
export interface Entry<K extends Kind> {
  readonly kind: K;
  readonly input: RecordInput<K> & { readonly slug: string };
}
