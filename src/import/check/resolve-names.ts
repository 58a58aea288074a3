import type { ClaimValue, ClaimValues } from '../../domain/development/claim-values.js';
import type { RecordFields } from '../../domain/development/input.js';
import type { ClaimField } from '../../domain/development/vocabulary.js';
import type { Found } from '../../domain/references/find-or-plan.js';
import type { WantedThings } from '../mapping/named-references.js';
import type { Defect, Row } from '../read/row.js';

/** A row that the domain's schema has accepted. */
export interface Candidate {
  readonly row: Row;
  readonly id: string;
  readonly fields: RecordFields;
}

/** The fields with the slugs of the record in place of those that stand for wanted things. */
export function resolveStandIns(
  fields: RecordFields,
  wanted: WantedThings,
  placeOf: (standIn: string) => Found | undefined,
): { readonly fields: RecordFields; readonly defects: readonly Defect[] } {
  const defects: Defect[] = [];
  const slugOf = (slug: string) => {
    const place = placeOf(slug);
    if (!place) return slug;
    if ('slug' in place) return place.slug;
    const { input } = wanted.find(slug)?.thing ?? {};
    const reason = `Several of the record have this name or address: ${place.ambiguous.join(', ')}. Name one by its slug.`;
    const value = input && ('name' in input ? input.name : (input.url ?? input.title));
    defects.push({ field: 'row', value, reason, kind: 'AMBIGUOUS_NAME' });
    return slug;
  };
  const resolved = {
    ...fields,
    participants: distinct(
      fields.participants?.map((participant) => ({ ...participant, actor: slugOf(participant.actor) })),
      ({ actor, role }) => `${actor} ${role}`,
    ),
    topics: distinct(fields.topics?.map(slugOf), (slug) => slug),
    citations: fields.citations?.map((citation) => ({
      ...citation,
      source: slugOf(citation.source),
      claims: citation.claims?.map((claim) => ({
        ...claim,
        value: withActors(claim.field, claim.value, slugOf),
      })),
    })),
  };
  return { fields: resolved, defects };
}

/** What is claimed, with the actors that it names under other slugs. */
function withActors(field: ClaimField, value: ClaimValue, slugOf: (slug: string) => string): ClaimValue {
  if (field === 'SPEAKER') return [...new Set((value as ClaimValues['SPEAKER']).map(slugOf))];
  if (field !== 'ROLE') return value;
  const offices = (value as ClaimValues['ROLE']).map((office) => ({
    ...office,
    actor: slugOf(office.actor),
  }));
  return distinct(offices, ({ actor }) => actor) ?? [];
}

/** Two names of one actor make one participant. */
function distinct<T>(list: readonly T[] | undefined, keyOf: (item: T) => string): T[] | undefined {
  return list && [...new Map(list.toReversed().map((item) => [keyOf(item), item])).values()].toReversed();
}
