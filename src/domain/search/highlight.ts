import { randomUUID } from 'node:crypto';
import type { Transaction } from '../../database/open.js';
import { read } from '../../database/read.js';
import { Prisma } from '../../generated/prisma/client.js';
import type { DevelopmentContent } from '../development/content/content.js';
import { parseSearchTexts } from './text.js';
import { named, unitsOf } from './units.js';

const { sql } = Prisma;

export const HighlightField = {
  HEADLINE: 'HEADLINE',
  SUMMARY: 'SUMMARY',
  QUOTATION: 'QUOTATION',
  TRANSLATION: 'TRANSLATION',
  PLACE: 'PLACE',
  LOCATOR: 'LOCATOR',
  EXTERNAL_ID: 'EXTERNAL_ID',
  NAME: 'NAME',
} as const;
export type HighlightField = keyof typeof HighlightField;

/** The matches of a search text in one field or name. */
export interface Highlight {
  readonly field: HighlightField;
  readonly parts: readonly HighlightPart[];
}

export interface HighlightPart {
  readonly text: string;
  readonly isHit: boolean;
}

/** A development to search for matches. */
export interface Shown {
  readonly id: string;
  readonly revision: number;
  readonly content: DevelopmentContent;
}

/** Markers that cannot occur in any text. */
interface Marks {
  readonly start: string;
  readonly stop: string;
  readonly gap: string;
}

/** Quotations are indexed up to this length, in characters. */
const SEARCHED = 60_000;
/** Quotations up to this length are returned whole, in characters. */
const SHORT = 400;

/**
 * Finds the matches of a text in developments and in the current names of referenced objects, in the order
 * of {@link HighlightField}. Omits fields without matches. Returns passages of long quotations.
 *
 * One SQL statement, independent of the number of developments.
 *
 * @throws {BadArgumentError} As for the text of a filter.
 */
export async function findHighlights(
  db: Transaction,
  text: string,
  developments: readonly Shown[],
): Promise<Highlight[][]> {
  const parsed = parseSearchTexts([text]);
  const isSought = parsed.flatMap(({ alternatives }) =>
    alternatives.flat().map(({ isExcluded }) => !isExcluded),
  );
  const about = developments.map(({ content }) => aboutOf(content));
  const marks: Marks = { start: randomUUID(), stop: randomUUID(), gap: randomUUID() };
  const delimiters = `StartSel="${marks.start}", StopSel="${marks.stop}", FragmentDelimiter="${marks.gap}"`;
  const whole = (words: Prisma.Sql) =>
    sql`ts_headline(sought.language, ${words}, sought.words, ${`HighlightAll=true, ${delimiters}`})`;
  const snapshot = sql`revision.snapshot`;
  const said = (field: string) => {
    const words = sql`left(${snapshot}->'detail'->>${field}, ${SEARCHED})`;
    const passages = `MaxFragments=3, MaxWords=30, MinWords=10, ${delimiters}`;
    return sql`CASE WHEN length(${words}) <= ${SHORT} THEN ${whole(words)}
      ELSE ts_headline(sought.language, ${words}, sought.words, ${passages}) END`;
  };
  const rows = await read<Row>(
    db,
    sql`
    WITH sought AS MATERIALIZED (
      SELECT string_agg('(' || unit.words::text || ')', ' | ')::tsquery AS words,
             CASE WHEN bool_or(unit.is_telling) THEN 'english' ELSE 'simple' END::regconfig AS language
      FROM (${unitsOf(parsed)}) AS unit
      JOIN unnest(${isSought}::bool[]) WITH ORDINALITY AS asked (is_sought, at) ON asked.at = unit.at
      WHERE unit.is_used AND asked.is_sought
    )
    SELECT asked.at::int AS at, NULL AS id, marked.field, marked.text
    FROM sought
    CROSS JOIN unnest(${developments.map(({ id }) => id)}::uuid[], ${developments.map(({ revision }) => revision)}::int[])
      WITH ORDINALITY AS asked (id, number, at)
    JOIN revision ON revision.development_id = asked.id AND revision.number = asked.number
    CROSS JOIN LATERAL (
      VALUES
        ('HEADLINE', ${whole(sql`${snapshot}->>'headline'`)}),
        ('SUMMARY', ${whole(sql`${snapshot}->>'summary'`)}),
        ('QUOTATION', ${said('quotation')}),
        ('TRANSLATION', ${said('translation')})
      UNION ALL
      SELECT 'PLACE', ${whole(sql`place->>'name'`)}
      FROM jsonb_array_elements(coalesce(${snapshot}->'detail'->'places', '[]')) AS place
      UNION ALL
      SELECT 'LOCATOR', ${whole(sql`citation->>'locator'`)} FROM jsonb_array_elements(${snapshot}->'citations') AS citation
      UNION ALL
      SELECT 'EXTERNAL_ID', ${whole(sql`known->>'value'`)}
      FROM jsonb_array_elements(${snapshot}->'externalIds') AS known
    ) AS marked (field, text)
    WHERE sought.words IS NOT NULL AND position(${marks.start} IN marked.text) > 0
    UNION ALL
    SELECT NULL AS at, it.id::text AS id, 'NAME' AS field, ${whole(sql`it.name`)}
    FROM sought CROSS JOIN LATERAL (
      SELECT DISTINCT name.id, name.name FROM (${named(sql`sought.words`)}) AS name
      WHERE name.id = ANY (${[...new Set(about.flat())]}::uuid[])
    ) AS it
    WHERE sought.words IS NOT NULL`,
  );
  return developments.map((_, index) => {
    const own = rows.filter(({ at }) => at === index + 1);
    const names = (about[index] ?? []).flatMap((id) => rows.filter((row) => row.id === id).sort(byText));
    return [...own.sort(byField), ...names].map(({ field, text: marked }) => ({
      field,
      parts: partsOf(marked, marks),
    }));
  });
}

interface Row {
  readonly at: number | null;
  readonly id: string | null;
  readonly field: HighlightField;
  readonly text: string;
}

const FIELDS = Object.keys(HighlightField);
const byField = (one: Row, other: Row) => FIELDS.indexOf(one.field) - FIELDS.indexOf(other.field);
const byText = (one: Row, other: Row) => (one.text < other.text ? -1 : 1);

/** Returns the ids of referenced objects. */
function aboutOf(content: DevelopmentContent): string[] {
  const { participants, topicIds, treatyIds, weaponSystemIds, doctrineIds, detail } = content;
  return [
    ...new Set([
      ...participants.map(({ actorId }) => actorId),
      ...topicIds,
      ...treatyIds,
      ...weaponSystemIds,
      ...doctrineIds,
      ...(detail.kind === 'DOCTRINE_CHANGE' ? [detail.doctrineId] : []),
    ]),
  ];
}

/** Separates passages. */
const GAP = ' … ';

function partsOf(marked: string, { start, stop, gap }: Marks): HighlightPart[] {
  return marked
    .replaceAll(gap, GAP)
    .split(start)
    .flatMap((piece, index) => {
      if (index === 0) return [{ text: piece, isHit: false }];
      const [hit = '', rest = ''] = piece.split(stop);
      return [
        { text: hit, isHit: true },
        { text: rest, isHit: false },
      ];
    })
    .filter(({ text }) => text !== '');
}
