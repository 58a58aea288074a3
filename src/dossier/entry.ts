import type { Kind, RecordInput } from '../domain/development/content/input.js';

/** A development of the example record: its kind and input, with the slug that links refer to. */
export interface Entry<K extends Kind> {
  readonly kind: K;
  readonly input: RecordInput<K> & { readonly slug: string };
}
