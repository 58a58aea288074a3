import { setImmediate } from 'node:timers/promises';
import type { Transaction } from '../../database/open.js';
import { read } from '../../database/read.js';
import type { DevelopmentContent } from '../development/content/content.js';
import type { AnalyseOptions } from './analyse.js';
import { findMarks, type HighlightPart, partsOf, passagesOf } from './marks.js';
import { parseSearchTexts } from './text.js';
import { namesAmong, queriesIn } from './units.js';
import { SEARCHED } from './vector.js';

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

/** A development to search for matches. */
export interface Shown {
  readonly id: string;
  readonly revision: number;
  readonly content: DevelopmentContent;
}

/** Quotations up to this length are returned whole, in characters. */
const SHORT = 400;
/** The event loop is given back after a development with a longer text, in characters. */
const LONG = 5_000;

/**
 * Finds the matches of a text in developments and in the current names of referenced objects, in the order
 * of {@link HighlightField}. Omits fields without matches. Returns passages of long quotations.
 *
 * One SQL statement, for the names, independent of the number of developments.
 *
 * @throws {BadArgumentError} As for the text of a filter.
 */
export async function findHighlights(
  db: Transaction,
  text: string,
  developments: readonly Shown[],
): Promise<Highlight[][]> {
  const units = parseSearchTexts([text]).flatMap(queriesIn).flat();
  const sought = units.filter(({ isExcluded }) => !isExcluded);
  if (sought.length === 0) return developments.map(() => []);
  const about = developments.map(({ content }) => aboutOf(content));
  const ids = [...new Set(about.flat())];
  const words = sought.map((unit) => unit.words).join(' | ');
  const names = ids.length === 0 ? [] : await read<{ id: string; name: string }>(db, namesAmong(ids, words));
  const patterns = sought.flatMap((unit) => unit.patterns);
  const mark = ({ field, text: shown, isLong, ...options }: ShownText): Highlight[] => {
    const marks = findMarks(shown, patterns, options);
    if (marks.length === 0) return [];
    return [
      { field, parts: isLong && shown.length > SHORT ? passagesOf(shown, marks) : partsOf(shown, marks) },
    ];
  };
  const found: Highlight[][] = [];
  for (const [index, { content }] of developments.entries()) {
    const texts = textsIn(content);
    const named = (about[index] ?? []).flatMap((id) =>
      names
        .filter((row) => row.id === id)
        .map(({ name }) => name)
        .sort()
        .flatMap((name) => mark({ field: HighlightField.NAME, text: name })),
    );
    found.push([...texts.flatMap(mark), ...named]);
    // Others wait meanwhile: a speech takes some ten milliseconds.
    if (texts.some((one) => one.text.length > LONG)) await setImmediate();
  }
  return found;
}

interface ShownText extends AnalyseOptions {
  readonly field: HighlightField;
  readonly text: string;
  /** Whether only passages are shown. */
  readonly isLong?: boolean;
}

/** Returns the texts of a development, in the order of {@link HighlightField}. */
function textsIn({ headline, summary, detail, citations, externalIds }: DevelopmentContent): ShownText[] {
  const english = { language: 'en', isProse: true };
  const said = detail.kind === 'STATEMENT' ? detail : null;
  const places = detail.kind === 'EVENT' ? detail.places : [];
  return [
    { field: 'HEADLINE', text: headline, ...english },
    { field: 'SUMMARY', text: summary, ...english },
    {
      field: 'QUOTATION',
      text: said?.quotation?.slice(0, SEARCHED) ?? '',
      isLong: true,
      language: said?.originalLanguage ?? undefined,
    },
    { field: 'TRANSLATION', text: said?.translation?.slice(0, SEARCHED) ?? '', isLong: true, ...english },
    ...places.map(({ name }): ShownText => ({ field: 'PLACE', text: name })),
    ...citations.map(({ locator }): ShownText => ({ field: 'LOCATOR', text: locator ?? '' })),
    ...externalIds.map(({ value }): ShownText => ({ field: 'EXTERNAL_ID', text: value })),
  ];
}

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
