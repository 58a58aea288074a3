import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { extract } from '../../src/intake/extract/extract.js';
import type { Suggestion } from '../../src/intake/extract/types.js';
import { GAZETTEER } from './gazetteer.js';

interface Article {
  readonly name: string;
  readonly language: string;
  readonly dateline: string;
  readonly text: string;
  readonly statements: readonly {
    readonly kind: string;
    readonly parts: readonly string[];
    readonly source: string;
    readonly speaker: string | null;
    readonly denial?: boolean;
  }[];
  readonly names?: readonly { readonly text: string; readonly slug: string | null }[];
  readonly dates?: readonly { readonly text: string; readonly edtf: string }[];
  readonly events?: readonly {
    readonly kind: string;
    readonly type: string;
    readonly actor: string;
    readonly occurred?: string;
  }[];
  readonly links?: readonly { readonly relation: string; readonly words: string }[];
  readonly never?: readonly string[];
}

const articles = ['en', 'ru'].flatMap(
  (language) =>
    JSON.parse(readFileSync(new URL(`articles/${language}.json`, import.meta.url), 'utf8')) as Article[],
);

describe.each(articles)('$name', (article) => {
  const { text, language, dateline } = article;
  const suggestions = extract(text, { language, dateline, gazetteer: GAZETTEER });
  const of = <K extends Suggestion['kind']>(kind: K) =>
    suggestions.filter((one): one is Extract<Suggestion, { kind: K }> => one.kind === kind);

  test('suggests the statements with their speakers, and no others', () => {
    const found = of('STATEMENT').map(({ fields }) => ({
      kind: fields.quotation,
      parts: fields.parts.map(({ start, end }) => text.slice(start, end)),
      source: fields.speaker?.text ?? '',
      speaker: fields.speaker?.name ?? null,
      ...(fields.isDenial ? { denial: true } : {}),
    }));
    expect(found).toEqual(article.statements);
  });

  test('suggests names, dates, events and links', () => {
    for (const { text: written, slug } of article.names ?? []) {
      expect(
        of('NAME')
          .filter(({ excerpt }) => excerpt === written)
          .map(({ fields }) => fields.slug),
      ).toContain(slug);
    }
    const dates = of('DATE').map(({ excerpt, fields }) => ({ text: excerpt, edtf: fields.edtf }));
    if (article.dates) expect(dates).toEqual(article.dates);
    const events = [...of('EVENT'), ...of('DOCTRINE_CHANGE')].map((one) => ({
      kind: one.kind,
      type: one.kind === 'EVENT' ? one.fields.eventType : one.fields.changeType,
      actor: one.fields.participants.find(({ role }) => role === 'ACTOR')?.slug,
      occurred: one.fields.occurred,
    }));
    for (const event of article.events ?? []) expect(events).toContainEqual(expect.objectContaining(event));
    const links = of('LINK').map(({ excerpt, fields }) => ({ relation: fields.relation, words: excerpt }));
    for (const link of article.links ?? []) expect(links).toContainEqual(link);
  });

  test('quotes the text literally, at its offsets', () => {
    for (const { excerpt, start, end } of suggestions) expect(text.slice(start, end)).toBe(excerpt);
    expect(new Set(suggestions.map(({ key }) => key)).size).toBe(suggestions.length);
  });

  test('takes no other words in quotation marks for a statement', () => {
    const excerpts = of('STATEMENT').map(({ excerpt }) => excerpt);
    for (const words of article.never ?? []) expect(excerpts.some((one) => one.includes(words))).toBe(false);
  });
});
