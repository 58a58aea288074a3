import type { References } from '../../references/lookup.js';
import { reviseContent } from '../content/compose.js';
import type { DevelopmentContent } from '../content/content.js';
import type { ReviseFields } from '../content/input.js';
import { inputName, keepUnits, takeUnits, textOf, unitOf, unitsOf } from '../content/units.js';
import { type Grades, withConfidence } from '../evidence/confidence.js';
import type { History } from '../read/histories.js';

/** The result of a merge. */
export interface Merge {
  readonly content: DevelopmentContent;
  /** The content with the conflicting fields as the author says them. */
  readonly proposed: DevelopmentContent;
  /** The fields, by their names in inputs, that the author and another editor have both changed. */
  readonly conflicts: readonly string[];
  /** The fields that the merge changes. */
  readonly changed: readonly string[];
}

/**
 * Merges what an author says now into a development that others may have edited since.
 *
 * A field that only the author has changed takes the new value. A field that somebody else changed stays, if the author
 * says the same about it as before; otherwise it is a conflict.
 *
 * @param author The editor of the author's revisions.
 * @throws {InvalidInputError}
 */
export function mergeFields(
  { state: { content: current }, revisions }: History,
  author: string,
  fields: ReviseFields,
  { refs, grades }: { readonly refs: References; readonly grades: Grades },
): Merge {
  const said = withConfidence(reviseContent(current, fields, refs), fields, grades);
  const changed = unitsOf(current).filter((unit) => textOf(unit, said) !== textOf(unit, current));
  const others = changed.filter((unit) => !isLastChangedBy(author, unit, revisions));
  const conflicts = others.filter((unit) => lastSaid(author, unit, revisions) !== textOf(unit, said));
  if (others.length === 0) {
    const content = changed.length === 0 ? current : said;
    return { content, proposed: content, conflicts: [], changed: changed.map(inputName) };
  }
  const kept = new Set(others);
  const merged = keepUnits(said, current, kept);
  const own = kept.has('confidence') ? {} : fields;
  const content = kept.size === changed.length ? current : withConfidence(merged, own, grades);
  return {
    content,
    proposed: takeUnits(content, said, new Set(conflicts)),
    conflicts: conflicts.map(inputName),
    changed: changed.filter((unit) => !kept.has(unit)).map(inputName),
  };
}

function isLastChangedBy(author: string, unit: string, revisions: History['revisions']): boolean {
  const last = revisions.findLast(({ changedFields }) => changes(changedFields, unit));
  return (last ?? revisions[0])?.editor === author;
}

/** Returns the value that the author gave last, in a revision that changed it or in the first one. */
function lastSaid(author: string, unit: string, revisions: History['revisions']): string | undefined {
  const own = revisions.filter(({ editor }) => editor === author);
  const last = own.findLast(({ changedFields }) => changes(changedFields, unit)) ?? own[0];
  return last && textOf(unit, last.snapshot);
}

const changes = (fields: readonly string[], unit: string) => fields.some((field) => unitOf(field) === unit);
