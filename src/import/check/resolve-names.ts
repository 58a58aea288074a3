import type { RecordFields } from '../../domain/development/content/input.js';
import type { ClaimField } from '../../domain/development/content/vocabulary.js';
import type { ClaimValue, ClaimValues } from '../../domain/development/evidence/claim-values.js';
import type { NameMatch } from '../../domain/references/find-by-name.js';
import type { NamedReferences } from '../mapping/named-references.js';
import type { Defect } from '../read/row.js';

/** Replaces placeholders by the slugs of the references that they stand for. */
export function resolveNames(
  fields: RecordFields,
  named: NamedReferences,
  matches: ReadonlyMap<string, NameMatch>,
): { readonly fields: RecordFields; readonly defects: readonly Defect[] } {
  const defects: Defect[] = [];
  const slugOf = (slug: string) => {
    const placeholder = named.find(slug);
    const match = placeholder && matches.get(placeholder.key);
    if (!match) return slug;
    if ('slug' in match) return match.slug;
    const { input } = placeholder.reference;
    const value = 'name' in input ? input.name : (input.url ?? input.title);
    const reason = `Several references have this name or URL: ${match.ambiguous.join(', ')}. Give the slug of one.`;
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

/** Replaces the actors in the value of a claim. */
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
