import type { ReferenceKind } from '../format.js';

interface Merged {
  readonly kind: ReferenceKind;
  readonly slug: string;
  readonly into: string;
}

/** Validates that merged references lead to one of their kind that is not merged. Memory grows with merges. */
export class MergeRules {
  readonly #merged = new Map<string, Merged>();

  add(kind: ReferenceKind, row: Readonly<Record<string, unknown>>): void {
    const into = row['mergedIntoId'];
    if (typeof into === 'string')
      this.#merged.set(String(row['id']), { kind, slug: String(row['slug']), into });
  }

  /**
   * Returns the first merged reference that leads nowhere.
   *
   * @param has Whether the export has a reference of this kind and id.
   */
  end(has: (kind: ReferenceKind, id: string) => boolean): string | undefined {
    for (const { kind, slug, into } of this.#merged.values()) {
      if (!has(kind, into))
        return `"${slug}": mergedIntoId: Expected the id of another ${kind}; got ${into}.`;
      if (!this.#ends(into)) return `"${slug}": mergedIntoId: Expected an end of merges; got a cycle.`;
    }
    return undefined;
  }

  /** Steps are at most as many as merges, or there is a cycle. */
  #ends(start: string): boolean {
    let [id, steps] = [start, 0];
    for (let next = this.#merged.get(id); next; next = this.#merged.get(id)) {
      if (++steps > this.#merged.size) return false;
      id = next.into;
    }
    return true;
  }
}
