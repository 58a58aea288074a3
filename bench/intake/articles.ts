import { readFile } from 'node:fs/promises';
import type { Span } from '../../src/intake/extract/types.js';
import type { GoldText } from './gold.js';

interface Article {
  readonly name: string;
  readonly language: 'en' | 'ru';
  readonly text: string;
  readonly statements: readonly {
    readonly parts: readonly string[];
    readonly source: string;
    readonly kind: string;
  }[];
}

/** Reads our JSON: articles whose statements are given by their words, as in `tests/intake/articles/`. */
export async function readArticles(file: string): Promise<GoldText[]> {
  const articles = JSON.parse(await readFile(file, 'utf8')) as Article[];
  return articles.map(({ name, language, text, statements }) => ({
    name,
    language,
    text,
    attributions: statements.map(({ parts, source, kind }) => {
      let from = 0;
      const spans = parts.map((words) => {
        const span = spanOf(name, text, words, from);
        from = span.end;
        return span;
      });
      return { parts: spans, source: [spanOf(name, text, source, 0)], note: kind };
    }),
  }));
}

function spanOf(name: string, text: string, words: string, from: number): Span {
  const start = text.indexOf(words, from);
  if (start === -1) throw new Error(`The text of "${name}" does not have the words "${words}".`);
  return { start, end: start + words.length };
}
