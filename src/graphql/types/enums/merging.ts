import type { MergeRefusal } from '../../../domain/merging/errors.js';
import { builder } from '../../builder.js';

export const MergeKindEnum = builder.enumType('MergeKind', {
  description: 'The type of entries that can be merged.',
  values: {
    ACTOR: { description: 'Actors of one kind.' },
    SOURCE: { description: 'Sources.' },
    TOPIC: { description: 'Topics.' },
    WEAPON_SYSTEM: { description: 'Weapon systems.' },
    DOCTRINE: { description: 'Doctrines.' },
    DEVELOPMENT: { description: 'Published developments of one kind.' },
  } as const,
});

const REFUSALS: Readonly<Record<MergeRefusal, string>> = {
  SAME: 'Both slugs name the same entry.',
  ALREADY_MERGED: 'One of the two was merged into another reference.',
  NEWER_REVISION: 'One of the two is at another revision than `expectedRevisions` says.',
  OTHER_ACTOR_KIND: 'The actors are of different kinds.',
  OTHER_ISO_CODE: 'The actors have different ISO codes.',
  OTHER_WIKIDATA_ITEM: 'The two have different Wikidata items.',
  KEEPS_NO_CODE: 'Only `from` has an ISO 3166-1 alpha-3 code: merge the other way round.',
  TOO_MANY_DEVELOPMENTS: 'More developments refer to `from` than one merge revises.',
  NOT_PUBLISHED: 'One of the two developments is a draft or retracted.',
  OTHER_DEVELOPMENT_KIND: 'The developments are of different kinds.',
  TOO_MUCH_EVIDENCE: 'The survivor would have more citations, claims or links than a development can have.',
  LINK_CYCLE: 'Links through a third development would form a cycle.',
  REVIEW_REQUIRED:
    'The record requires review, and no other editor has judged that the two are the SAME. The merge returns `ReviewRequiredError`.',
};

export const MergeRefusalEnum = builder.enumType('MergeRefusal', {
  description: 'Why two entries cannot be merged.',
  values: Object.fromEntries(
    (Object.keys(REFUSALS) as MergeRefusal[]).map((value) => [
      value,
      { value, description: REFUSALS[value] },
    ]),
  ) as Record<MergeRefusal, { value: MergeRefusal; description: string }>,
});
