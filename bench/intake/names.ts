import { readFile } from 'node:fs/promises';
import { extract, Gazetteer } from './extractor.js';

/** A name as people marked it. */
interface Name {
  readonly start: number;
  readonly text: string;
  readonly slug: string;
}

interface NamedText {
  readonly name: string;
  readonly language: string;
  readonly text: string;
  readonly names: readonly Name[];
}

export interface NameScore {
  readonly texts: number;
  readonly gold: number;
  readonly found: number;
  readonly right: number;
}

const INTAKE = new URL('../../tests/intake/', import.meta.url);

const read = async (file: string) => JSON.parse(await readFile(new URL(file, INTAKE), 'utf8'));

/**
 * Scores the names of the record in our own texts: in the invented articles, and in passages with traps. A name is right if
 * its place and its reference are. Prints each mistake.
 */
export async function scoreNames(): Promise<Record<'articles' | 'traps' | 'newTraps', NameScore>> {
  const marked = ((await read('names/passages.json')) as Marked[]).map(unmark);
  const isNew = ({ name }: NamedText) => name.startsWith('new-');
  const gazetteer = new Gazetteer(await read('names/gazetteer.json'));
  return {
    articles: score(await readArticles(), new Gazetteer(await read('articles/gazetteer.json'))),
    traps: score(
      marked.filter((one) => !isNew(one)),
      gazetteer,
    ),
    newTraps: score(marked.filter(isNew), gazetteer),
  };
}

async function readArticles(): Promise<NamedText[]> {
  const names = (await read('names/articles.json')) as Record<string, Name[]>;
  const articles = [...(await read('articles/en.json')), ...(await read('articles/ru.json'))] as NamedText[];
  return articles.map(({ name, language, text }) => ({ name, language, text, names: names[name] ?? [] }));
}

interface Marked {
  readonly name: string;
  readonly language: string;
  readonly marked: string;
}

/** Reads `[Moscow](russia) denies it`. */
function unmark({ name, language, marked }: Marked): NamedText {
  const names: Name[] = [];
  let text = '';
  let at = 0;
  for (const { index, 0: all, 1: words = '', 2: slug = '' } of marked.matchAll(/\[([^\]]+)\]\(([^)]+)\)/g)) {
    text += marked.slice(at, index);
    names.push({ start: text.length, text: words, slug });
    text += words;
    at = index + all.length;
  }
  return { name, language, text: text + marked.slice(at), names };
}

function score(texts: readonly NamedText[], gazetteer: InstanceType<typeof Gazetteer>): NameScore {
  let [gold, found, right] = [0, 0, 0];
  for (const { name, language, text, names } of texts) {
    const own = extract(text, { language, dateline: null, gazetteer }).flatMap((one) =>
      one.kind === 'NAME' && one.fields.slug !== null
        ? [{ start: one.start, text: one.excerpt, slug: one.fields.slug }]
        : [],
    );
    const keys = (all: readonly Name[]) =>
      new Set(all.map(({ start, text, slug }) => `${text} (${slug}) at ${start}`));
    const [wanted, got] = [keys(names), keys(own)];
    gold += wanted.size;
    found += got.size;
    for (const key of got) {
      if (wanted.has(key)) right += 1;
      else console.log(`WRONG NAME [${name}] ${key}`);
    }
    for (const key of wanted) if (!got.has(key)) console.log(`MISSED NAME [${name}] ${key}`);
  }
  return { texts: texts.length, gold, found, right };
}
