import { canonical, type DevelopmentContent } from './content.js';

/** Fields of a content that only make sense together, by the unit that holds them. */
const UNITS: Readonly<Record<string, string>> = {
  citations: 'citations',
  claims: 'citations',
  confidence: 'confidence',
  confidenceReason: 'confidence',
};

/** Fields that no input of a revision has. */
const OTHERS = new Set(['kind', 'derivedConfidence', 'externalIds', 'links', 'successorId']);

/** Returns the unit of a field. */
export const unitOf = (field: string): string => UNITS[field] ?? field;

const flat = ({ detail, ...rest }: DevelopmentContent): Readonly<Record<string, unknown>> => ({
  ...rest,
  ...detail,
});

/** Returns the names of the units that inputs of revisions have. */
export function unitsOf(content: DevelopmentContent): string[] {
  const fields = Object.keys(flat(content)).filter((field) => !OTHERS.has(field));
  return [...new Set(fields.map(unitOf))];
}

/** Returns the value of a unit as a text, without the ids of citations and claims. */
export function textOf(unit: string, content: DevelopmentContent): string {
  if (unit === 'citations') {
    const { citations, claims } = content;
    return canonical(
      citations.map(({ id, ...citation }) => [
        citation,
        claims
          .filter(({ citationId }) => citationId === id)
          .map(({ field, value, rank, note }) => [field, value, rank, note]),
      ]),
    );
  }
  // Confidence that is derived follows the sources, and no editor has set it.
  if (unit === 'confidence') {
    return canonical(content.confidenceReason && [content.confidence, content.confidenceReason]);
  }
  return canonical(flat(content)[unit]);
}

/** Takes the units of `current` into `said`. Links stay with the citations that support them. */
export function keepUnits(
  said: DevelopmentContent,
  current: DevelopmentContent,
  units: ReadonlySet<string>,
): DevelopmentContent {
  const merged = takeUnits(said, current, units);
  return units.has('citations') ? { ...merged, links: current.links } : merged;
}

/** Returns a content with some units of another. */
export function takeUnits(
  content: DevelopmentContent,
  from: DevelopmentContent,
  units: ReadonlySet<string>,
): DevelopmentContent {
  const old = flat(from);
  const taken = (part: object) =>
    Object.fromEntries(
      Object.entries(part).map(([field, value]) => [field, units.has(unitOf(field)) ? old[field] : value]),
    );
  const { detail, ...rest } = content;
  return { ...taken(rest), detail: taken(detail) } as unknown as DevelopmentContent;
}

/** The names in inputs of fields that have another one in contents. */
const INPUT_NAMES: Readonly<Record<string, string>> = {
  topicIds: 'topics',
  treatyIds: 'treaties',
  weaponSystemIds: 'weaponSystems',
  doctrineIds: 'doctrines',
  doctrineId: 'doctrine',
  successorId: 'successor',
};

/** Returns the name of a unit in inputs. */
export const inputName = (unit: string): string => INPUT_NAMES[unit] ?? unit;

/** Returns the units of a content that have these names in inputs. */
export function unitsNamed(content: DevelopmentContent, names: readonly string[]): ReadonlySet<string> {
  const units = Object.keys(flat(content)).map(unitOf);
  return new Set(units.filter((unit) => names.includes(inputName(unit))));
}
