import { parseNodeId } from '../../../graphql/node-id.js';
import { ParameterError } from '../../../parameters/parameter-error.js';
import type { Row } from './rows.js';

/** A value of a cell. Lists are joined. */
type Cell = string | number | boolean | null | undefined | readonly (string | number | null)[];

const slugs = (objects: readonly { readonly slug: string }[]) => objects.map(({ slug }) => slug);
const placesOf = ({ places = [] }: Row) => places;
const distinct = (values: readonly (string | null)[]) =>
  [...new Set(values)].filter((value) => value !== null);

/** The columns of a CSV file, in their order. docs/links.md describes them; a test compares it. */
const COLUMNS = {
  id: (row) => parseNodeId(row.id).id,
  slug: (row) => row.slug,
  url: (row, site) => `${site}/d/${row.slug}`,
  kind: (row) => row.kind,
  type: (row) => row.type ?? row.changeType,
  headline: (row) => row.headline,
  summary: (row) => row.summary,
  occurred: (row) => row.occurred.edtf,
  earliest: (row) => row.occurred.earliest,
  latest: (row) => row.occurred.latest,
  precision: (row) => row.occurred.precision,
  status: (row) => row.status,
  confidence: (row) => row.confidence,
  disputed: (row) => row.disputed,
  revision: (row) => row.revision,
  participants: (row) => distinct(row.participants.map(({ role, actor }) => `${actor.slug} (${role})`)),
  countries: (row) =>
    distinct([
      ...row.participants.map(({ actor }) => actor.countryCode),
      ...placesOf(row).map(({ countryCode }) => countryCode),
    ]),
  topics: (row) => slugs(row.topics),
  treaties: (row) => slugs(row.treaties),
  weaponSystems: (row) => slugs(row.weaponSystems),
  doctrines: (row) => distinct([...slugs(row.doctrines), ...(row.doctrine ? [row.doctrine.slug] : [])]),
  sources: (row) => distinct(row.citations.map(({ source }) => source.slug)),
  places: (row) => placesOf(row).map(({ name }) => name),
  latitudes: (row) => placesOf(row).map(({ latitude }) => latitude),
  longitudes: (row) => placesOf(row).map(({ longitude }) => longitude),
  placePrecisions: (row) => placesOf(row).map(({ precision }) => precision),
  quotation: (row) => row.quotation,
  translation: (row) => row.translation,
  originalLanguage: (row) => row.originalLanguage,
  attribution: (row) => row.attribution,
  before: (row) => row.before,
  after: (row) => row.after,
  recordedAt: (row) => row.recordedAt,
  publishedAt: (row) => row.publishedAt,
  changedAt: (row) => row.changedAt,
  retraction: (row) => row.retraction?.reason,
} satisfies Record<string, (row: Row, site: string) => Cell>;

export type Column = keyof typeof COLUMNS;

export const ALL_COLUMNS = Object.keys(COLUMNS) as Column[];

/** @throws {ParameterError} For an unknown column, or one that is named twice. */
export function parseColumns(text: string | null): readonly Column[] {
  if (!text) return ALL_COLUMNS;
  const names = text.split(',');
  for (const [index, name] of names.entries()) {
    if (!Object.hasOwn(COLUMNS, name)) {
      throw new ParameterError('columns', `columns of ${ALL_COLUMNS.join(', ')}`, name);
    }
    if (names.indexOf(name) !== index) throw new ParameterError('columns', `the column ${name} once`, text);
  }
  return names as Column[];
}

export const cellOf = (column: Column, row: Row, site: string): Cell => COLUMNS[column](row, site);
