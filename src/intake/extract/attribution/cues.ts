import type { Item } from '../text/items.js';
import { subjectBefore } from './clause.js';
import type { Lexicon } from './lexicon.js';
import type { Found } from './rules/found.js';
import { inverted, postposed } from './rules/postposed.js';
import { preposed } from './rules/preposed.js';
import { beforeAdverbs, isVerbHere, PROGRESSIVE } from './rules/verb-here.js';

/** Reads what a verb of attribution at `at` says, if it is one here. */
export function readCue(items: readonly Item[], at: number, lexicon: Lexicon): Found[] {
  const word = items[at];
  const verb = word && word.type === 'WORD' ? lexicon.verbs.get(word.lower) : undefined;
  if (!verb || !isVerbHere(items, at, verb, lexicon)) return [];
  const isProgressive = verb.isParticiple && PROGRESSIVE.has(beforeAdverbs(items, at)?.lower ?? '');
  const subject = verb.isParticiple && !isProgressive ? undefined : subjectBefore(items, at, lexicon);
  return [
    postposed(items, at, verb, subject, lexicon) ??
      inverted(items, at, verb, lexicon) ??
      preposed(items, at, verb, subject, lexicon),
  ].filter((found) => found !== undefined);
}
