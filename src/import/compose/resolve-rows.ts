import { slugsIn } from '../../domain/development/content/compose.js';
import { actorsIn } from '../../domain/development/evidence/claim-schemas.js';
import type { Grades, SourceGrade } from '../../domain/development/evidence/confidence.js';
import { type ReferenceOwner, References } from '../../domain/references/lookup.js';
import type { NameMatch } from '../../domain/references/named/find-by-name.js';
import type { NamedReferences, Placeholder } from '../mapping/named-references.js';
import { type Refuse, referencesOf, unknownSlugs } from './defects.js';
import type { Candidate } from './known-rows.js';
import { type ReferenceLookup, resolveNames } from './reference-lookup.js';

/** Rows with the slugs of what they name, and what is known of everything that they refer to. */
interface ResolvedRows<C extends Candidate> {
  readonly candidates: readonly C[];
  readonly refs: References;
  readonly grades: Grades;
}

/** Looks up everything that rows refer to. Refuses rows with references that cannot be found. */
export async function resolveRows<C extends Candidate>(
  candidates: readonly C[],
  named: NamedReferences,
  lookup: ReferenceLookup,
  refuse: Refuse,
): Promise<ResolvedRows<C>> {
  const placeholders = placeholdersIn(candidates, named);
  const matches = await lookup.resolve(placeholders);
  const unambiguous = candidates.flatMap((candidate): C[] => {
    const { fields, defects } = resolveNames(candidate.fields, named, matches);
    if (defects.length === 0) return [{ ...candidate, fields }];
    refuse(candidate, defects);
    return [];
  });
  const ids = await idsOf(unambiguous, placeholders, matches, lookup);
  const sound = unambiguous.filter((candidate) => {
    const defects = unknownSlugs(candidate.fields, ids);
    if (defects.length > 0) refuse(candidate, defects);
    return defects.length === 0;
  });
  const grades = await gradesOf(sound, matches, ids, lookup);
  return { candidates: sound, refs: new References(ids), grades };
}

function placeholdersIn(candidates: readonly Candidate[], named: NamedReferences): Placeholder[] {
  const placeholders = new Map<string, Placeholder>();
  for (const { fields } of candidates) {
    for (const slug of Object.values(slugsIn(fields)).flat()) {
      const placeholder = named.find(slug);
      if (placeholder) placeholders.set(placeholder.slug, placeholder);
    }
  }
  return [...placeholders.values()];
}

/** Looks up the ids of all references of the rows, by `Owner:slug`. */
async function idsOf(
  candidates: readonly Candidate[],
  placeholders: readonly Placeholder[],
  matches: ReadonlyMap<string, NameMatch>,
  lookup: ReferenceLookup,
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const { reference, key } of placeholders) {
    const match = matches.get(key);
    if (match && 'id' in match) ids.set(`${reference.owner}:${match.slug}`, match.id);
  }
  const others: Partial<Record<ReferenceOwner, Set<string>>> = {};
  for (const candidate of candidates) {
    for (const [owner, slugs] of [...referencesOf(candidate.fields), claimedActors(candidate)]) {
      for (const slug of slugs) {
        if (!ids.has(`${owner}:${slug}`)) others[owner] = (others[owner] ?? new Set()).add(slug);
      }
    }
  }
  for (const [key, id] of await lookup.idsOf(others)) ids.set(key, id);
  return ids;
}

/** The actors in claims of the development that a row is merged into. */
const claimedActors = ({ history }: Candidate): [ReferenceOwner, string[]] => [
  'Actor',
  history ? actorsIn(history.state.content.claims) : [],
];

/** Looks up the grades of the sources that the rows cite. */
async function gradesOf(
  candidates: readonly Candidate[],
  matches: ReadonlyMap<string, NameMatch>,
  ids: ReadonlyMap<string, string>,
  lookup: ReferenceLookup,
): Promise<Grades> {
  const grades = new Map<string, SourceGrade>();
  for (const match of matches.values()) {
    if ('id' in match && match.grade) grades.set(match.id, match.grade);
  }
  const sources = candidates.flatMap(({ fields }) => fields.citations?.map(({ source }) => source) ?? []);
  const cited = candidates.flatMap(citedBefore);
  const others = new Set(
    [...cited, ...sources.flatMap((slug) => ids.get(`Source:${slug}`) ?? [])].filter((id) => !grades.has(id)),
  );
  for (const [id, grade] of await lookup.gradesOf(others)) grades.set(id, grade);
  return grades;
}

/** The sources that the development of a row cites. */
const citedBefore = ({ history }: Candidate): string[] =>
  history?.state.content.citations.map(({ sourceId }) => sourceId) ?? [];
