import type { Kind, RecordInput } from '../../../domain/development/content/input.js';
import type { DevelopmentSuggestion, Participant, Suggestion } from '../../extract/types.js';

/** The article that a suggestion comes from. */
export interface DraftedArticle {
  readonly text: string;
  readonly language: string | null;
  readonly publishedAt: Date | null;
  readonly receivedAt: Date;
  /** The slug of its source, which may have to be made. */
  readonly source: string;
  /** The slugs of the topics of its watched feed. */
  readonly topics: readonly string[];
}

/** A development as a suggestion has it, in the format of the inputs that record one. */
export type Draft = Partial<RecordInput<Kind>> & Record<string, unknown>;

/** The most characters of an excerpt that a citation takes. */
const MAX_EXCERPT = 1_000;

/** Makes the draft of a suggestion. It says no more than the text does: unknown actors are left to the attribution. */
export function draftOf(
  suggestion: DevelopmentSuggestion,
  all: readonly Suggestion[],
  article: DraftedArticle,
): Draft {
  const shared = {
    headline: headlineOf(suggestion),
    occurred: suggestion.fields.occurred ?? untilPublished(article),
    ...aboutOf(suggestion, all),
    ...(article.topics.length > 0 && { topics: [...article.topics] }),
    citations: [citationOf(suggestion, article)],
  };
  const { language } = article;
  switch (suggestion.kind) {
    case 'STATEMENT': {
      const { speaker, quoted, quotation, setting } = suggestion.fields;
      const capacity = speaker?.office?.slice(0, 200) ?? null;
      const words = quotation === 'REPORTED' ? '' : quoted.join(' … ');
      return {
        ...shared,
        ...(speaker?.slug
          ? { participants: [{ actor: speaker.slug, role: 'SPEAKER' as const, capacity }] }
          : speaker && { attribution: attributionOf(speaker.name ?? speaker.text, speaker.office) }),
        ...(setting && { setting: setting.slice(0, 300) }),
        ...(words && { quotation: words, ...(language && { originalLanguage: language }) }),
        summary: suggestion.excerpt.slice(0, 5_000),
      };
    }
    case 'EVENT':
      return {
        ...shared,
        type: suggestion.fields.eventType,
        participants: participantsOf(suggestion.fields.participants),
        summary: suggestion.excerpt.slice(0, 5_000),
      };
    case 'DOCTRINE_CHANGE': {
      const { slug, changeType, participants } = suggestion.fields;
      return {
        ...shared,
        ...(slug && { doctrine: slug }),
        changeType,
        participants: participantsOf(participants),
        summary: suggestion.excerpt.slice(0, 5_000),
      };
    }
  }
}

/** The citation of a suggestion: its words, and the paragraph in which they begin. */
export function citationOf(
  { excerpt, start }: Pick<DevelopmentSuggestion, 'excerpt' | 'start'>,
  { text, language, source }: DraftedArticle,
) {
  const paragraph = text.slice(0, start).split('\n\n').length;
  return {
    source,
    // Half of a surrogate pair at the end would not be text.
    excerpt: excerpt.slice(0, MAX_EXCERPT).replace(/[\ud800-\udbff]$/, ''),
    locator: `paragraph ${paragraph}`,
    ...(language && { language }),
  };
}

/** Without a date in the article, an event is only known to have happened before its publication. */
const untilPublished = ({ publishedAt, receivedAt }: DraftedArticle): string =>
  `../${(publishedAt ?? receivedAt).toISOString().slice(0, 10)}`;

const attributionOf = (name: string, office: string | null): string =>
  (office === null ? name : `${name}, ${office}`).slice(0, 300);

function headlineOf(suggestion: DevelopmentSuggestion): string {
  const words = suggestion.excerpt.replaceAll(/\s+/gu, ' ');
  const speaker = suggestion.kind === 'STATEMENT' ? suggestion.fields.speaker : null;
  const who = speaker && (speaker.name ?? speaker.text);
  const line = who ? `${who.slice(0, 80)}: ${words}` : words;
  if (line.length <= 160) return line;
  const cut = line.slice(0, 159);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), 100)).toWellFormed()}…`;
}

const ROLES = { ACTOR: 'INITIATOR', TARGET: 'TARGET', PARTNER: 'PARTICIPANT', LOCATION: 'HOST' } as const;

function participantsOf(participants: readonly Participant[]) {
  const found = participants.flatMap(({ role, slug }) =>
    slug === null ? [] : [{ actor: slug, role: ROLES[role] }],
  );
  return found.filter(
    ({ actor, role }, at) => found.findIndex((one) => one.actor === actor && one.role === role) === at,
  );
}

const LISTS = { TREATY: 'treaties', WEAPON_SYSTEM: 'weaponSystems', DOCTRINE: 'doctrines' } as const;

/** The treaties, weapon systems and doctrines that its words name. */
function aboutOf({ start, end }: DevelopmentSuggestion, all: readonly Suggestion[]) {
  const lists: Partial<Record<(typeof LISTS)[keyof typeof LISTS], string[]>> = {};
  for (const one of all) {
    if (one.kind !== 'NAME' || one.start < start || one.end > end || one.fields.slug === null) continue;
    const { referenceKind, slug } = one.fields;
    if (!(referenceKind in LISTS)) continue;
    const name = LISTS[referenceKind as keyof typeof LISTS];
    lists[name] = [...new Set([...(lists[name] ?? []), slug])];
  }
  return lists;
}
