import { Prisma } from '../../generated/prisma/client.js';
import { countryCode, parseInput } from '../input.js';
import type { ReferenceOwner, References } from '../references/lookup.js';
import type { DevelopmentFilter } from './prepare.js';

const { sql } = Prisma;

/** A filter that asks for no more than one thing, beside what a row of `development_mention` says itself. */
export interface MentionFilter {
  /** What `subject_id` must be; undefined where the filter asks for nothing of the kind. */
  readonly subject: Prisma.Sql | undefined;
  /** What the row must meet besides. */
  readonly rest: DevelopmentFilter;
}

/** A filter so, as SQL on the rows of {@link mentioning}. */
export interface MentionCondition {
  readonly subject: MentionFilter['subject'];
  readonly where: Prisma.Sql;
  /** The same as several, as those of a filter by the first day. */
  readonly branches: readonly Prisma.Sql[];
}

/** The fields that ask for what developments mention, by the slugs of one kind of thing. */
export const MENTIONS_BY_SLUG = [
  ['topic', 'Topic'],
  ['treaty', 'Treaty'],
  ['weaponSystem', 'WeaponSystem'],
  ['doctrine', 'Doctrine'],
  ['source', 'Source'],
] as const satisfies readonly (readonly [keyof DevelopmentFilter, ReferenceOwner])[];

/** The filter so; undefined where it asks for several things, or for something else. */
export function asMentionFilter(
  { kind, status, occurred, ...filter }: DevelopmentFilter,
  refs: References,
): MentionFilter | undefined {
  const rest = { kind, status, occurred };
  const asked = Object.values(filter).filter((value) => value != null);
  if (asked.length === 0) return { subject: undefined, rest };
  const { participant, country } = filter;
  const [code, ...codes] = country ?? [];
  if (asked.length > 1 || codes.length > 0) return undefined;
  if (code !== undefined) {
    const subject = sql`country_subject(${parseInput(countryCode, code, 'country')})`;
    return { subject, rest };
  }
  // With a role, most of the actor's rows may have to be looked at: the planner knows better from where.
  if (participant) {
    return participant.role ? undefined : { subject: subjectOf(refs.id('Actor', participant.actor)), rest };
  }
  for (const [field, owner] of MENTIONS_BY_SLUG) {
    const [slug, ...slugs] = filter[field] ?? [];
    if (slug !== undefined && slugs.length === 0) {
      return { subject: subjectOf(refs.id(owner, slug)), rest };
    }
  }
  return undefined;
}

/** What has an id, as `development_mention` has it. */
export const subjectOf = (id: string): Prisma.Sql => sql`${id}::uuid`;

/**
 * The developments that mention a thing, each once: what lists tell of a row, in the order of their first days, and no
 * row fetched where nothing is asked for but what stands in the index.
 */
export const mentioning = (subject: Prisma.Sql): Prisma.Sql => sql`(
  SELECT mention.development_id AS id, mention.status, mention.kind, mention.occurred_earliest, mention.occurred_latest,
         development.revision, development.recorded_at, development.published_at
  FROM development_mention AS mention LEFT JOIN development ON development.id = mention.development_id
  WHERE mention.subject_id = ${subject})`;
