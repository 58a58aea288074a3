import { Prisma } from '../../generated/prisma/client.js';
import type { DevelopmentContent } from '../development/content/content.js';
import { REFERENCE_KINDS, type ReferenceOwner, type References } from '../references/lookup.js';
import type { SearchQuery } from '../search/query.js';
import { hasOneOf } from './lists.js';
import type { ConditionField, DevelopmentFacts } from './types.js';

const { sql } = Prisma;

/** The record's answers to the names and texts in a filter. */
export interface Known {
  readonly refs: References;
  readonly queries: ReadonlyMap<string, SearchQuery>;
  /** Whether the condition is within `not`. */
  readonly isNegated: boolean;
  /** A `tsquery` that rows with a text must match too. */
  readonly period?: Prisma.Sql;
}

/** Tests a development outside the database, with the same result as the SQL of its condition. */
export interface Test {
  /** The condition with its slugs resolved, as JSON: equal for conditions that select the same developments. */
  readonly key: unknown;
  /** How many values it holds in memory. */
  readonly values: number;
  matches(facts: DevelopmentFacts): boolean;
}

/** Everything there is to know about one field of the filter. */
export interface Condition<Value> {
  /** SQL condition on `it`, a row of `development` or `development_version`. */
  where(value: Value, known: Known): Prisma.Sql;
  /** Compiles the condition. The time of a test depends on the development, not on the number of values in the condition. */
  test(value: Value, refs: References): Test;
  /** The slugs in the value, and the path that errors about them name. */
  slugs?(value: Value): NamedSlugs;
  /** The `subject_id` of `development_mention`, if the value names exactly one object. */
  subject?(value: Value, refs: References): Prisma.Sql | undefined;
}

interface NamedSlugs {
  readonly owner: ReferenceOwner;
  readonly path: string;
  readonly slugs: readonly string[];
}

/** The `subject_id` of an object with an id. */
export const subjectOf = (id: string): Prisma.Sql => sql`${id}::uuid`;

/** A single value is compared by `=`, which keeps rows in the order of an index that begins with the column. */
export function oneOf<Term extends string>(
  column: string,
  type: string,
  termOf: (facts: DevelopmentFacts) => Term | undefined,
): Condition<readonly Term[]> {
  const [it, as] = [Prisma.raw(`it.${column}`), Prisma.raw(`"${type}"`)];
  return {
    where: (terms) =>
      terms.length === 1
        ? sql`${it} = ${terms[0]}::text::${as}`
        : sql`${it} = ANY (${[...terms]}::text[]::${as}[])`,
    test: (terms) => {
      const wanted = new Set<Term>(terms);
      return {
        ...heldIn(wanted),
        matches: (facts) => {
          const term = termOf(facts);
          return term !== undefined && wanted.has(term);
        },
      };
    },
  };
}

/** Compares a time with an instant: at it or later, or earlier. A draft has no time of publication. */
export function instant(
  column: string,
  side: 'since' | 'before',
  timeOf: (facts: DevelopmentFacts) => Date | null,
): Condition<Date> {
  const it = Prisma.raw(`it.${column} ${side === 'since' ? '>=' : '<'}`);
  return {
    where: (moment) => sql`${it} ${moment}::timestamptz`,
    test: (moment) =>
      one(moment.toISOString(), (facts) => {
        const time = timeOf(facts);
        return time !== null && (side === 'since' ? time >= moment : time < moment);
      }),
  };
}

export function bySlug(
  path: ConditionField,
  owner: ReferenceOwner,
  idsIn: (content: DevelopmentContent) => readonly string[],
): Condition<readonly string[]> {
  const it = Prisma.raw(`it.${REFERENCE_KINDS[owner].ids}`);
  return {
    where: (slugs, { refs, isNegated }) =>
      hasOneOf(sql`${it}`, { values: idsOf(refs, owner, slugs), type: 'uuid' }, isNegated),
    test: (slugs, refs) => anyOf(idsOf(refs, owner, slugs), ({ content }) => idsIn(content)),
    slugs: (slugs) => ({ owner, path, slugs }),
    subject: (slugs, refs) => {
      const [id] = idsOf(refs, owner, slugs);
      return id !== undefined && slugs.length === 1 ? subjectOf(id) : undefined;
    },
  };
}

/** Returns the ids of the slugs that are in the record. */
export const idsOf = (refs: References, owner: ReferenceOwner, slugs: readonly string[]) =>
  slugs.flatMap((slug) => refs.find(owner, slug) ?? []);

export const one = (key: unknown, matches: Test['matches']): Test => ({ key, values: 1, matches });

/** Tests whether a development has at least one of the values. */
export function anyOf(values: readonly string[], held: (facts: DevelopmentFacts) => readonly string[]): Test {
  const wanted = new Set(values);
  return { ...heldIn(wanted), matches: (facts) => held(facts).some((value) => wanted.has(value)) };
}

export const heldIn = (values: ReadonlySet<string>) => ({ key: [...values].sort(), values: values.size });
