import { basename } from 'node:path';
import { stringify } from 'yaml';
import { STANDARD_INPUT } from '../read/inputs.js';
import type { Column } from './columns.js';
import type { Sample } from './sample.js';

/** Chooses a column by words in its name, among those that fit. */
function named(columns: readonly Column[], words: RegExp, fits: (column: Column) => boolean = () => true) {
  return columns.find((column) => words.test(lastOf(column)) && column.filled > 0 && fits(column));
}

const lastOf = ({ name }: Column) => name.split('.').at(-1) ?? name;

const column = (one: Column) => `$${one.name}`;

/** Writes a scalar of YAML. */
const yaml = (value: string) => stringify(value, { lineWidth: 0 }).trim();

/**
 * Writes a first mapping for a file: its columns, likely dates, ids and names, with comments on what only a person can
 * decide.
 */
export function suggestMapping(sample: Sample): string {
  const { columns, rows } = sample;
  const isNamed = sample.name !== STANDARD_INPUT;
  const isWhole = (one: Column) => one.filled === rows;
  const id =
    named(
      columns,
      /^(id|uid|uuid|guid|no|nr|number|key|code|event_?id.*|.*_id)$/i,
      (one) => isWhole(one) && one.distinct === rows,
    ) ??
    columns.find(
      (one) =>
        isWhole(one) && one.distinct === rows && one.averageLength < 60 && one.dateFormats.length === 0,
    );
  const dates = columns.filter(({ dateFormats, filled }) => dateFormats.length > 0 && filled > 0);
  const date = named(dates, /date|day|time|occur|when|дата/i) ?? dates[0];
  const texts = columns.filter(
    (one) => one.filled > 0 && !one.isAddress && !one.isNumber && one !== date && one !== id,
  );
  const headline =
    named(
      texts,
      /title|headline|event|name|название|заголовок/i,
      ({ averageLength }) => averageLength <= 300,
    ) ??
    texts
      .toSorted((one, other) => other.averageLength - one.averageLength)
      .find(({ averageLength }) => averageLength <= 200);
  const summary = named(texts, /desc|summary|note|comment|detail|text/i, (one) => one !== headline);
  const speaker = named(texts, /speaker|author|said.?by/i);
  const address = columns.find((one) => one.isAddress && one.filled > 0);
  const isStatement = speaker !== undefined;
  const used = [id, date, headline, summary, speaker, address];
  const place = isStatement ? undefined : placeOf(columns, headline);
  const others = columns.filter((one) => !used.includes(one) && !place?.columns.includes(one));
  const title = isNamed ? basename(sample.name) : 'Data set';
  const dataset =
    title
      .toLowerCase()
      .replace(/\.gz$/, '')
      .replace(/\.[a-z]+$/, '')
      .replaceAll(/[^a-z0-9._-]+/g, '-')
      .replace(/^[^a-z0-9]+/, '') || 'data';
  return [
    `# A first mapping for ${sample.name}, made from ${rows} rows. Read each line before you import:`,
    '#',
    `#   npx doctrine-wire import ${isNamed ? sample.name : '-'} --map MAPPING.yaml --dry-run`,
    '',
    `record: ${isStatement ? 'statement' : 'event'} # or ${isStatement ? 'event' : 'statement'}, doctrine-change, actor, …`,
    ...sample.reading,
    'publish: false # true publishes at once',
    '',
    'id:',
    `  dataset: ${dataset.slice(0, 100)}`,
    id
      ? `  value: ${yaml(column(id))} # has another value in each row`
      : '  value: $# # No column has another value in each row: this is the number of the row, which changes if rows move.',
    '',
    'fields:',
    headline
      ? `  headline: ${yaml(column(headline))}${example(headline)}`
      : '  headline: $# # No column is a short text: join some.',
    ...(summary ? [`  summary: ${yaml(column(summary))}${example(summary)}`] : []),
    ...dateLines(date),
    ...(isStatement
      ? []
      : ['  type: OTHER # Decide: a word for all rows, or { from: $column, lookup: { … } }.']),
    ...(speaker
      ? [
          '  participants:',
          '    - role: SPEAKER',
          `      actor: { byName: ${yaml(column(speaker))}, kind: PERSON }${example(speaker)}`,
        ]
      : []),
    ...(place?.lines ?? []),
    '  citations:',
    ...(address
      ? [
          `    - source: { byUrl: ${yaml(column(address))}, title: ${yaml(headline ? column(headline) : title)} }`,
        ]
      : [
          '    # Decide: the address and the title of the data set.',
          `    - source: { title: ${yaml(title)} }`,
        ]),
    ...(others.length > 0
      ? [
          '',
          '# Columns that this mapping does not use:',
          ...others.map((one) => `#   $${one.name}${described(one)}`),
        ]
      : []),
    '',
  ].join('\n');
}

function dateLines(date: Column | undefined): string[] {
  if (!date) return ['  occurred: "2024" # No column is a date in every row: decide.'];
  const [first = '', ...others] = date.dateFormats;
  const format = first === '' ? '' : `, format: ${yaml(first)}`;
  const isUnclear = first === 'd/M/yyyy' && others.includes('M/d/yyyy');
  const why = isUnclear ? ' # Decide: M/d/yyyy fits too.' : example(date);
  return [`  occurred: { from: ${yaml(column(date))}, as: date${format} }${why}`];
}

/** @param headline Names the places of a GeoJSON without another column that does. */
function placeOf(columns: readonly Column[], headline: Column | undefined) {
  const isLocated = columns.some(({ name }) => name === 'centre.latitude');
  const place =
    named(
      columns,
      /^(place|location|site|city|town|locality|site_name|место)/i,
      ({ isNumber }) => !isNumber,
    ) ?? (isLocated ? headline : undefined);
  if (!place) return undefined;
  const within = (limit: number) => (one: Column) =>
    one.isNumber && one.samples.every((sample) => Math.abs(Number(sample)) <= limit);
  const latitude = named(columns, /^lat/i, within(90));
  const longitude = named(columns, /^(lon|lng)/i, within(180));
  const number = (one: Column) => `{ from: ${yaml(column(one))}, as: number }`;
  const at =
    latitude && longitude
      ? [`      latitude: ${number(latitude)}`, `      longitude: ${number(longitude)}`]
      : [];
  return {
    columns: [place, latitude, longitude].filter((one) => one !== undefined),
    lines: [
      '  places:',
      `    - name: ${yaml(column(place))}${example(place)}`,
      ...at,
      '      precision: LOCALITY # Decide: EXACT, LOCALITY, REGION or COUNTRY.',
    ],
  };
}

const example = ({ samples: [first = ''] }: Column) => ` # ${shortened(first)}`;

function described({ samples, filled, distinct }: Column): string {
  if (filled === 0) return ': empty';
  const words = distinct <= 3 ? samples.map(shortened).join(', ') : `${shortened(samples[0] ?? '')}, …`;
  return `: ${words} (${distinct} different)`;
}

const shortened = (text: string) => {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 50 ? `${line.slice(0, 50)}…` : line;
};
