import type { ReferenceKind } from '../../../generated/prisma/client.js';
import { canonical } from '../../development/content/content.js';
import type { ReferenceContent, ReferenceContents } from './content.js';

/** Returns the slug of an erased reference. Slugs are made of names, so its own goes. */
export const erasedSlug = (id: string): string => `erased-${id}`;

/** Returns the name of an erased reference. It has a part of the id, so that two of them stay apart. */
const erasedName = (id: string): string => `Erased ${id.slice(-12)}`;

type Erase<K extends ReferenceKind> = (
  named: { readonly slug: string; readonly name: string },
  content: ReferenceContents[K],
) => ReferenceContents[K];

const ERASE: { readonly [K in ReferenceKind]: Erase<K> } = {
  ACTOR: (named, { kind, mergedIntoId }) => ({
    ...{ ...named, kind, description: null, countryCode: null, countryCode3: null, wikidataId: null },
    ...{ names: [], mergedIntoId },
  }),
  SOURCE: ({ slug, name: title }, { reliability, mergedIntoId }) => ({
    ...{ slug, title, publisher: null, url: null, language: null, reliability, published: null },
    ...{ retrievedAt: null, wikidataId: null, names: [], mergedIntoId },
  }),
  TOPIC: (named, { mergedIntoId }) => ({
    ...{ ...named, description: null, wikidataId: null, names: [], mergedIntoId },
  }),
  TREATY: (named) => ({
    ...{ ...named, abbreviation: null, summary: null, partyIds: [], states: [] },
  }),
  WEAPON_SYSTEM: (named, { mergedIntoId }) => ({
    ...{ ...named, summary: null, classes: [], delivery: [], rangeMinKm: null, rangeMaxKm: null },
    ...{ aliases: [], mergedIntoId },
  }),
  DOCTRINE: (named, { mergedIntoId }) => ({
    ...{ ...named, summary: null, actorId: null, mergedIntoId },
  }),
};

/**
 * Returns the content of a reference after its erasure, as `erased_reference` in the database does. The kind of an actor, the
 * grade of a source and merges remain.
 */
export const erasedReference = <K extends ReferenceKind>(
  kind: K,
  id: string,
  content: ReferenceContents[K],
): ReferenceContent => ERASE[kind]({ slug: erasedSlug(id), name: erasedName(id) }, content);

/** Whether a revision of a reference has the content of an erased one. Its snapshot has the right shape. */
export const hasNoReferenceContent = ({ kind, referenceId, snapshot }: ErasableRevision): boolean =>
  canonical(snapshot) === canonical(erasedReference(kind, referenceId, snapshot as never));

interface ErasableRevision {
  readonly kind: ReferenceKind;
  readonly referenceId: string;
  readonly snapshot: unknown;
}
