import { slugsIn } from '../../domain/development/content/compose.js';
import type { RecordFields } from '../../domain/development/content/input.js';
import { type DomainError, InvalidInputError, UnknownSlugError } from '../../domain/errors.js';
import type { ReferenceOwner } from '../../domain/references/lookup.js';
import type { MappedRow } from '../mapping/row-mapper.js';
import type { Defect } from '../read/row.js';

/** Called with each row that is not written, and what is wrong with it. */
export type Refuse = (candidate: Pick<MappedRow, 'row' | 'id'>, defects: readonly Defect[]) => void;

export const referencesOf = (fields: RecordFields) =>
  Object.entries(slugsIn(fields)) as [ReferenceOwner, string[]][];

/** Finds slugs that are not in the record. `ids` has the others, by `Owner:slug`. */
export function unknownSlugs(fields: RecordFields, ids: ReadonlyMap<string, string>): Defect[] {
  return referencesOf(fields).flatMap(([owner, slugs]): Defect[] =>
    [...new Set(slugs)]
      .filter((slug) => !ids.has(`${owner}:${slug}`))
      .map((slug) => {
        const { message: reason } = new UnknownSlugError(owner, slug);
        return { field: fieldOf(fields, owner, slug), value: slug, reason, kind: 'UNKNOWN_SLUG' };
      }),
  );
}

/** Returns the field of the input that names a reference. */
function fieldOf(fields: RecordFields, owner: ReferenceOwner, slug: string): string {
  switch (owner) {
    case 'Actor':
      return fields.participants?.some(({ actor }) => actor === slug) ? 'participants' : 'citations';
    case 'Doctrine':
      return fields.doctrines?.includes(slug) ? 'doctrines' : 'doctrine';
    case 'Source':
      return 'citations';
    case 'Topic':
      return 'topics';
    case 'Treaty':
      return 'treaties';
    case 'WeaponSystem':
      return 'weaponSystems';
  }
}

/** Rules of the domain that take several fields to check. */
export function defectsOf(error: DomainError, fields: RecordFields): Defect[] {
  if (!(error instanceof InvalidInputError)) {
    return [{ field: 'citations', value: undefined, reason: error.message, kind: 'NO_VALUE' }];
  }
  return error.issues.map(({ path, message }) => {
    const field = path === '' ? 'row' : path;
    const value = (fields as Readonly<Record<string, unknown>>)[field];
    return { field, value: value ?? undefined, reason: message, kind: 'BROKEN_RULE' };
  });
}
