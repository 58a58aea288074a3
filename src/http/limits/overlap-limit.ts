import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { refuse } from '../response/refusal.js';

/**
 * How much work the comparison of overlapping fields may be, in units of 0.2 µs; so this bounds it to some 30 ms.
 * Comparing two fields with selections of their own takes GraphQL.js some 20 µs, comparing two without up to 0.8 µs: most
 * where they conflict.
 */
const MAX_WORK = 150_000;
const FIELD_WITH_SELECTION = 100;
const FIELD = 4;
const FRAGMENT = 60;

/**
 * Bounds the work of GraphQL.js's rule that fields with the same response name can be merged. It compares every
 * two of them, so its time grows with their square: 500 times `topics { slug }` would take two seconds.
 *
 * Counts the fields that share a response path, through fragments. A document that is too much work even to
 * count is refused as well.
 */
export function checkOverlaps({ definitions }: DocumentNode): GraphQLError | undefined {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const counter = new OverlapCounter(fragments);
  for (const definition of definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION && definition.kind !== Kind.FRAGMENT_DEFINITION)
      continue;
    counter.visit([definition.selectionSet]);
    if (counter.work > MAX_WORK) return tooMuch(counter.work);
  }
  return undefined;
}

const tooMuch = (got: number): GraphQLError =>
  refuse(
    `Expected at most ${MAX_WORK} points for comparing fields of the same name (OVERLAPS); got at least ${Math.ceil(got)}. ` +
      'Name each field once in a selection: merge the selections of fields with the same name, or give them aliases.',
    { code: 'LIMIT_EXCEEDED', limit: 'OVERLAPS', maximum: MAX_WORK, got: Math.ceil(got) },
    { status: 400, spec: true },
  );

class OverlapCounter {
  work = 0;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #ids = new Map<SelectionSetNode, number>();
  /** The groups of selection sets that were counted: fragments lead to the same ones on many paths. */
  readonly #seen = new Set<string>();

  constructor(fragments: ReadonlyMap<string, FragmentDefinitionNode>) {
    this.#fragments = fragments;
  }

  /** Counts the comparisons among the fields of selection sets on the same response path, and below. */
  visit(sets: readonly SelectionSetNode[]): void {
    const key = sets.map((set) => this.#idOf(set)).join();
    if (this.work > MAX_WORK || this.#seen.has(key)) return;
    this.#seen.add(key);
    const fields = new Map<string, FieldNode[]>();
    const spread = new Set<string>();
    for (const set of sets) this.#collect(set, fields, spread);
    this.work += (FRAGMENT * (spread.size * (spread.size - 1))) / 2;
    for (const group of fields.values()) {
      const below = group.flatMap(({ selectionSet }) => selectionSet ?? []);
      const weight = below.length > 0 ? FIELD_WITH_SELECTION : FIELD;
      this.work += 1 + (weight * group.length * (group.length - 1)) / 2;
      if (below.length > 0) this.visit([...new Set(below)]);
    }
  }

  #collect(set: SelectionSetNode, fields: Map<string, FieldNode[]>, spread: Set<string>): void {
    for (const selection of set.selections) {
      this.work += 1;
      if (selection.kind === Kind.FIELD) {
        const name = (selection.alias ?? selection.name).value;
        const group = fields.get(name);
        if (group) group.push(selection);
        else fields.set(name, [selection]);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        this.#collect(selection.selectionSet, fields, spread);
      } else if (!spread.has(selection.name.value)) {
        spread.add(selection.name.value);
        const fragment = this.#fragments.get(selection.name.value);
        if (fragment) this.#collect(fragment.selectionSet, fields, spread);
      }
    }
  }

  #idOf(set: SelectionSetNode): number {
    const id = this.#ids.get(set) ?? this.#ids.size;
    this.#ids.set(set, id);
    return id;
  }
}
