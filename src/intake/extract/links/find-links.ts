import type { ReadText } from '../text/sentences.js';
import type { DevelopmentSuggestion, LinkSuggestion } from '../types.js';

type Relation = LinkSuggestion['fields']['relation'];

/** Words between two developments of a sentence that link them: the one before comes out of the one behind. */
const BETWEEN: readonly (readonly [pattern: RegExp, relation: Relation])[] = [
  [
    /(?<!\p{L})(?:in (?:response|answer|reply|reaction) to|responding to|because of|compelled by|prompted by|in retaliation for|в ответ на|из-за)(?!\p{L})/iu,
    'RESPONDS_TO',
  ],
  [/(?<!\p{L})(?:citing|quoting|referring to|ссылаясь на)(?!\p{L})/iu, 'CITES'],
  [/(?<!\p{L})(?:after|following|since|после|вслед за)(?!\p{L})/iu, 'FOLLOWS'],
];

/** Words at the beginning of a sentence that link it to the one before. */
const OPENING: readonly (readonly [pattern: RegExp, relation: Relation])[] = [
  [
    /^(?:in (?:response|answer|reply|reaction)|in retaliation|responding|reacting|в ответ)(?!\p{L})/iu,
    'RESPONDS_TO',
  ],
  [/^(?:after that|later|soon after|afterwards|days later|после этого|позже)(?!\p{L})/iu, 'FOLLOWS'],
];

/** How many characters may stand between two developments that a word links. */
const MAX_BETWEEN = 160;

export function findLinks(read: ReadText, developments: readonly DevelopmentSuggestion[]): LinkSuggestion[] {
  const ordered = developments.toSorted((a, b) => a.start - b.start || a.end - b.end);
  const links: LinkSuggestion[] = [];
  for (const [index, sentence] of read.sentences.entries()) {
    const own = ordered.filter(({ start }) => start >= sentence.start && start < sentence.end);
    for (const [at, from] of own.entries()) {
      const to = own.slice(at + 1).find(({ start }) => start >= from.start && start > from.start);
      if (!to) continue;
      // The words may be at the end of the first or at the beginning of the second.
      const [start, end] = [Math.min(from.end, to.start) - 2, Math.min(to.start + 24, to.end)];
      if (end - start > MAX_BETWEEN) continue;
      const gap = read.text.slice(Math.max(0, start), end);
      const found = BETWEEN.map(([pattern, relation]) => ({ match: pattern.exec(gap), relation })).find(
        ({ match }) => match,
      );
      if (found?.match)
        links.push(
          link(
            read.text,
            Math.max(0, start) + found.match.index,
            found.match[0].length,
            found.relation,
            from.key,
            to.key,
          ),
        );
    }
    const before = ordered.findLast(
      ({ start }) => start < sentence.start && start >= (read.sentences[index - 1]?.start ?? 0),
    );
    const [first] = own;
    const opening = OPENING.map(([pattern, relation]) => ({
      match: pattern.exec(read.text.slice(sentence.start, sentence.start + 40)),
      relation,
    })).find(({ match }) => match);
    if (before && first && opening?.match)
      links.push(
        link(read.text, sentence.start, opening.match[0].length, opening.relation, first.key, before.key),
      );
  }
  return links;
}

const link = (
  text: string,
  start: number,
  length: number,
  relation: Relation,
  from: string,
  to: string,
): LinkSuggestion => ({
  kind: 'LINK',
  key: `link:${from}:${to}`,
  excerpt: text.slice(start, start + length),
  start,
  end: start + length,
  rule: `link-${relation.toLowerCase().replaceAll('_', '-')}`,
  grade: 'D',
  fields: { relation, from, to },
});
