import type { DevelopmentContent } from '../../domain/development/content/content.js';
import { MAY_FORM_CYCLES } from '../../domain/development/write/link-cycles.js';

/** The edges that must not lead back: links of some relations, and successors of retracted developments. */
type Edges = Readonly<Record<string, readonly string[]>>;

/** The edges of the newest revision of each development. Only developments with edges take memory. */
export class CycleRules {
  readonly #edges = new Map<string, Edges>();

  /** Replaces the edges of an earlier revision. */
  add(id: string, { links, successorId }: DevelopmentContent): void {
    const edges: Record<string, string[]> = {};
    for (const { relation, toId } of links) {
      if (MAY_FORM_CYCLES.has(relation)) continue;
      edges[relation] ??= [];
      edges[relation].push(toId);
    }
    if (successorId !== null) edges['successor'] = [successorId];
    if (Object.keys(edges).length > 0) this.#edges.set(id, edges);
    else this.#edges.delete(id);
  }

  /** Returns a development that its own edges lead back to, with their relation; undefined if there is none. */
  find(): { readonly id: string; readonly relation: string } | undefined {
    const done = new Map<string, Set<string>>();
    for (const [id, edges] of this.#edges) {
      for (const relation of Object.keys(edges)) {
        const known = done.get(relation) ?? new Set();
        done.set(relation, known);
        const found = this.#walk(id, relation, known);
        if (found !== undefined) return { id: found, relation };
      }
    }
    return undefined;
  }

  /**
   * Walks along a relation, depth first and without recursion: chains may be long.
   *
   * @param done Developments from which no way leads back. Grows.
   * @returns A development that is met again on the way from it.
   */
  #walk(start: string, relation: string, done: Set<string>): string | undefined {
    const way = [start];
    const onWay = new Set(way);
    const left = [[...this.#next(start, relation)]];
    while (way.length > 0) {
      const next = left.at(-1)?.pop();
      if (next === undefined) {
        const end = way.pop() ?? start;
        onWay.delete(end);
        done.add(end);
        left.pop();
      } else if (onWay.has(next)) {
        return next;
      } else if (!done.has(next)) {
        way.push(next);
        onWay.add(next);
        left.push([...this.#next(next, relation)]);
      }
    }
    return undefined;
  }

  #next(id: string, relation: string): readonly string[] {
    return this.#edges.get(id)?.[relation] ?? [];
  }
}
