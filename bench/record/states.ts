import type { Transaction } from '../../src/database/open.js';
import type { Kind, RecordFields } from '../../src/domain/development/content/input.js';
import type { DevelopmentState } from '../../src/domain/development/write/rows.js';
import { composeNew, findGrades, findReferences, recordInputs } from '../domain.js';
import { developmentAt } from './development.js';
import { createRandom } from './random.js';
import { ACTORS, DOCTRINES, SOURCES, TOPICS, TREATIES, WEAPON_SYSTEMS } from './references.js';

/** When the first generated development was recorded. Each later one follows after a second. */
const BEGIN = Date.UTC(2025, 0, 1);
const STEP = 1_000;

const slugs = (list: readonly { readonly slug: string }[]) => list.map(({ slug }) => slug);

/**
 * Builds the published states of generated developments with the domain's code, as an import would, for a record that
 * already has the references.
 */
export async function createStates(tx: Transaction): Promise<(index: number) => DevelopmentState> {
  const refs = await findReferences(tx, {
    Actor: slugs(ACTORS),
    Topic: slugs(TOPICS),
    Treaty: slugs(TREATIES),
    WeaponSystem: slugs(WEAPON_SYSTEMS),
    Doctrine: slugs(DOCTRINES),
    Source: slugs(SOURCES),
  });
  const grades = await findGrades(
    tx,
    SOURCES.map(({ slug }) => refs.id('Source', slug)),
  );
  return (index) => {
    const { kind, input } = developmentAt(index);
    const fields = parse(kind, input);
    const content = composeNew(kind, fields.slug ?? '', fields, refs, grades);
    const recordedAt = new Date(BEGIN + index * STEP);
    const externalIds = [{ dataset: 'generated', value: String(index) }];
    return {
      id: idOf(index, recordedAt),
      revision: 1,
      status: 'PUBLISHED',
      recordedAt,
      publishedAt: recordedAt,
      changedAt: recordedAt,
      content: { ...content, externalIds },
    };
  };
}

function parse(kind: Kind, input: unknown): RecordFields {
  const fields: unknown = recordInputs[kind].parse(input);
  return fields as RecordFields;
}

/** Returns a UUIDv7 of that time. Ids are the same in every run and in the order of developments. */
function idOf(index: number, at: Date): string {
  const random = createRandom(7, index);
  const hex = (digits: number) =>
    Math.floor(random.next() * 16 ** digits)
      .toString(16)
      .padStart(digits, '0');
  const time = at.getTime().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${random.pick(['8', '9', 'a', 'b'])}${hex(3)}-${hex(6)}${hex(6)}`;
}
