import type { Mention } from '../names/find-names.js';
import { type Gender, genderOf, OFFICE_HEADS } from '../names/offices.js';
import type { ReadText } from '../text/sentences.js';
import type { Span, Speaker } from '../types.js';
import type { Attribution } from './attribution.js';

interface Person {
  readonly name: string;
  readonly slug: string | null;
  office: string | null;
  gender: Gender | undefined;
  /** Where it was named or spoke last. */
  at: number;
}

const HE = new Set(['he', 'him', 'his', 'himself', 'он', 'его']);
const SHE = new Set(['she', 'her', 'hers', 'herself', 'она', 'её', 'ее']);
const THEY = new Set(['they', 'them', 'their', 'it', 'its', 'они', 'оно']);
const RELATIVES = new Set(['who', 'that', 'which', 'который', 'которая', 'которые']);
const SELF = new Set(['i', 'we', 'you', 'я', 'мы', 'вы']);

/** Says for each attribution who speaks: pronouns, surnames and offices are resolved to the last name that fits. */
export function resolveSpeakers(
  read: ReadText,
  attributions: readonly Attribution[],
  mentions: readonly Mention[],
): (Speaker | null)[] {
  const people = new Map<string, Person>();
  let nextMention = 0;
  let lastSpeaker: Person | undefined;
  let last: { start: number; person: Person | undefined } | undefined;
  const note = (until: number) => {
    for (
      ;
      nextMention < mentions.length && (mentions[nextMention] as Mention).start < until;
      nextMention += 1
    ) {
      keep(people, mentions[nextMention] as Mention, read.text);
    }
  };
  return attributions.map((attribution) => {
    const { source } = attribution;
    const start = Math.min(
      source?.start ?? attribution.parts[0]?.start ?? 0,
      attribution.parts[0]?.start ?? 0,
    );
    note(Math.max(source?.end ?? 0, start));
    if (!source)
      return attribution.cue === null && lastSpeaker
        ? {
            ...(attribution.parts[0] as Span),
            text: '',
            name: lastSpeaker.name,
            slug: lastSpeaker.slug,
            office: lastSpeaker.office,
          }
        : null;
    const text = read.text.slice(source.start, source.end);
    const isShared = last?.start === source.start;
    const person = isShared ? last?.person : personOf(read.text, source, mentions, people, lastSpeaker);
    last = { start: source.start, person };
    if (person) {
      person.at = source.start;
      if (people.get(person.name) === person) lastSpeaker = person;
    }
    return {
      start: source.start,
      end: source.end,
      text,
      name: person?.name ?? null,
      slug: person?.slug ?? null,
      office: person?.office ?? null,
    };
  });
}

function keep(people: Map<string, Person>, mention: Mention, text: string): void {
  const known = people.get(mention.name);
  const title = mention.office ?? text.slice(Math.max(0, mention.start - 6), mention.start);
  const gender = mention.referenceKind === 'PERSON' ? genderOf(mention.name, title) : undefined;
  if (known) {
    known.at = mention.start;
    known.office ??= mention.office;
    known.gender ??= gender;
  } else if (mention.referenceKind === 'PERSON') {
    people.set(mention.name, {
      name: mention.name,
      slug: mention.slug,
      office: mention.office,
      gender,
      at: mention.start,
    });
  }
}

function personOf(
  text: string,
  source: Span,
  mentions: readonly Mention[],
  people: Map<string, Person>,
  lastSpeaker: Person | undefined,
): Person | undefined {
  const words =
    text
      .slice(source.start, source.end)
      .toLowerCase()
      .match(/[\p{L}'’-]+/gu) ?? [];
  const [first = ''] = words;
  if (words.length <= 2) {
    if (SELF.has(first)) return undefined;
    if (HE.has(first)) return latest(people, source, lastSpeaker, ({ gender }) => gender !== 'F', 'M');
    if (SHE.has(first)) return latest(people, source, lastSpeaker, ({ gender }) => gender !== 'M', 'F');
    if (THEY.has(first)) return undefined;
    if (RELATIVES.has(first)) return antecedent(source, mentions, people);
  }
  const named = namedIn(source, mentions, people);
  if (named) return named;
  const written = capitalisedName(text, source);
  if (written)
    return people.get(written) ?? bySurname(people, written) ?? newPerson(people, written, text, source);
  const head = words.find((word) => OFFICE_HEADS.has(word));
  const isDefinite = ['the', 'this', 'that', 'his', 'her'].includes(first) || /^[а-яё]/.test(first);
  if (head && isDefinite)
    return latest(
      people,
      source,
      lastSpeaker,
      ({ office }) =>
        office
          ?.toLowerCase()
          .split(/[^\p{L}-]+/u)
          .includes(head) === true,
    );
  return undefined;
}

/** The last person who fits: the last speaker before others, and one whose gender is known to fit before one whose is not. */
function latest(
  people: Map<string, Person>,
  { start }: Span,
  lastSpeaker: Person | undefined,
  fits: (person: Person) => boolean,
  gender?: Gender,
): Person | undefined {
  const fitting = [...people.values()].filter((person) => person.at < start && fits(person));
  const sure = gender ? fitting.filter((person) => person.gender === gender) : fitting;
  const pool = sure.length > 0 ? sure : fitting;
  if (lastSpeaker && pool.includes(lastSpeaker)) {
    // Somebody named since, in another paragraph, is who `he` is.
    const since = pool.filter(({ at }) => at > lastSpeaker.at);
    return since.length > 0 && start - lastSpeaker.at > 600 ? newest(since) : lastSpeaker;
  }
  return newest(pool);
}

const newest = (pool: readonly Person[]) =>
  pool.reduce<Person | undefined>(
    (best, one) => (best === undefined || one.at > best.at ? one : best),
    undefined,
  );

const asPerson = (people: Map<string, Person>, { name, slug, office, start }: Mention): Person =>
  people.get(name) ?? { name, slug, office, gender: undefined, at: start };

function antecedent(
  { start }: Span,
  mentions: readonly Mention[],
  people: Map<string, Person>,
): Person | undefined {
  const before = mentions.findLast((mention) => mention.end <= start && start - mention.end < 150);
  return before && asPerson(people, before);
}

/** The name in the source: a person before a state or an organisation, and never an adjective before an office. */
function namedIn(
  { start, end }: Span,
  mentions: readonly Mention[],
  people: Map<string, Person>,
): Person | undefined {
  const own = mentions.filter((mention) => mention.start >= start && mention.end <= end);
  const person = own.find(({ referenceKind }) => referenceKind === 'PERSON');
  if (person) return asPerson(people, person);
  // `Russian officials` are unnamed; `Moscow` and `the Ministry of Defence` speak themselves.
  const last = own.at(-1);
  return last && last.end >= end - 3 ? asPerson(people, last) : undefined;
}

/** The first run of two or more capitalised words, or a single one that is all of the source. */
function capitalisedName(text: string, { start, end }: Span): string | undefined {
  const source = text.slice(start, end).split(/[,(—–]/)[0] ?? '';
  const runs = [
    ...source.matchAll(
      /(?:\p{Lu}[\p{L}'’-]+|\p{Lu}\.)(?: (?:(?:van|von|de|del|al|bin|ibn|el|da|di) )?(?:\p{Lu}[\p{L}'’-]+|\p{Lu}\.)){0,4}/gu,
    ),
  ].map(([run]) => run);
  const run =
    runs.find((one) => one.includes(' ')) ??
    (runs.length > 0 &&
    source
      .trim()
      .replace(/^(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov)\.?\s+/u, '')
      .replace(/['’]s$/u, '') === runs.at(-1)?.replace(/['’]s$/u, '')
      ? runs.at(-1)
      : undefined);
  if (!run) return undefined;
  const words = run
    .split(' ')
    .filter(
      (word, index, all) =>
        index === all.length - 1 || !OFFICE_HEADS.has(word.toLowerCase().replace(/\.$/, '')) || index > 1,
    );
  while (
    words.length > 1 &&
    (OFFICE_HEADS.has((words[0] ?? '').toLowerCase()) ||
      /^(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|The|But|And|In|As|Former)\.?$/.test(words[0] ?? ''))
  )
    words.shift();
  const name = words.join(' ').replace(/['’]s?$/u, '');
  return name.length > 1 &&
    !/^(?:The|He|She|They|It|We|I|But|And|Others|Some|Many|Officials|Analysts|Critics|Experts|One|Both|Most|Another|Sources|Reports|People)$/.test(
      name,
    )
    ? name
    : undefined;
}

const lastWord = (name: string) => name.split(' ').at(-1);

const bySurname = (people: Map<string, Person>, written: string): Person | undefined =>
  newest(
    [...people.values()].filter(
      ({ name }) =>
        lastWord(name) === lastWord(written) &&
        (written === lastWord(written) || name.startsWith(written.split(' ')[0] ?? '')),
    ),
  );

function newPerson(people: Map<string, Person>, name: string, text: string, { start, end }: Span): Person {
  const title = text.slice(Math.max(0, start - 4), end);
  const person: Person = { name, slug: null, office: null, gender: genderOf(name, title), at: start };
  people.set(name, person);
  return person;
}
