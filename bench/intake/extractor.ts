// The extractor from dist/, so that benchmarks score the code that is published.
const load = (path: string): Promise<unknown> =>
  import(new URL(`../../dist/intake/extract/${path}`, import.meta.url).href);

const { continuesSentence } = (await load(
  'attribution/continues-sentence.js',
)) as typeof import('../../src/intake/extract/attribution/continues-sentence.js');
const { findAttributions } = (await load(
  'attribution/find.js',
)) as typeof import('../../src/intake/extract/attribution/find.js');
const { ENGLISH } = (await load(
  'attribution/english.js',
)) as typeof import('../../src/intake/extract/attribution/english.js');
const { RUSSIAN } = (await load(
  'attribution/russian.js',
)) as typeof import('../../src/intake/extract/attribution/russian.js');
const { readText } = (await load(
  'text/sentences.js',
)) as typeof import('../../src/intake/extract/text/sentences.js');
export const { quotationKindOf } = (await load(
  'attribution/attribution.js',
)) as typeof import('../../src/intake/extract/attribution/attribution.js');
export const { extract } = (await load('extract.js')) as typeof import('../../src/intake/extract/extract.js');
export const { Gazetteer } = (await load(
  'names/gazetteer.js',
)) as typeof import('../../src/intake/extract/names/gazetteer.js');
export const { paragraphsOf } = (await load(
  'text/paragraphs.js',
)) as typeof import('../../src/intake/extract/text/paragraphs.js');
export const { quotationsOf } = (await load(
  'text/quotations.js',
)) as typeof import('../../src/intake/extract/text/quotations.js');

/** Finds quoted and reported speech, without names. */
export function attributionsOf(text: string, language: 'en' | 'ru') {
  const lexicon = language === 'ru' ? RUSSIAN : ENGLISH;
  return findAttributions(readText(text, continuesSentence(lexicon)), lexicon);
}
