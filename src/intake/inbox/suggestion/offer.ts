import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Database, Transaction } from '../../../database/open.js';
import { read } from '../../../database/read.js';
import { slugify } from '../../../domain/slugify.js';
import { type InboxAct, Prisma, type SourceReliability } from '../../../generated/prisma/client.js';
import { type Meeting, meetRecord } from '../../extract/meet-record.js';
import type { DevelopmentSuggestion, Suggestion } from '../../extract/types.js';
import { withModel } from '../../model/with-model.js';
import type { RecordNamesCache } from '../../record-names-cache.js';
import { readCandidates } from './candidates.js';
import { type Draft, type DraftedArticle, draftOf } from './draft.js';

const { sql } = Prisma;

/** What an editor made of a suggestion. */
interface Mark {
  readonly words: string;
  readonly act: InboxAct;
  readonly editor: string;
  readonly developmentId: string | null;
  readonly recordedAt: Date;
}

/** A suggestion of an article, as an editor is offered it. */
export interface Offer {
  /** The same while the text is: of its kind, rule, place and the hash of the text. */
  readonly key: string;
  /** The same in another version of the text: of its kind, rule and words. */
  readonly words: string;
  readonly suggestion: Suggestion;
  /** Null for names, dates and links. */
  readonly draft: Draft | null;
  /** The development of the record that it looks like. */
  readonly match: (Meeting & { readonly developmentId: string }) | null;
  readonly mark: Mark | null;
}

/** An article with all that its suggestions rest on. */
export interface OfferedArticle extends DraftedArticle {
  readonly id: string;
  readonly url: string | null;
  readonly title: string;
  readonly contentHash: string;
  /** The suggestions of the operator's language model for this text. Null if there is no answer. */
  readonly ofModel: readonly DevelopmentSuggestion[] | null;
  /** The publisher of the source of its watched feed. */
  readonly publisher: string | null;
  /** The reliability of that source. */
  readonly reliability: SourceReliability | null;
}

/** Reads articles with their texts. Those whose text was deleted are left out. */
export async function readArticles(db: Transaction, ids: readonly string[]): Promise<OfferedArticle[]> {
  const rows = await read<Omit<OfferedArticle, 'source'> & { readonly known: string | null }>(
    db,
    sql`
      SELECT it.id::text AS id, it.url, it.title, it.text, it.language, it.published_at AS "publishedAt",
             it.received_at AS "receivedAt", it.content_hash AS "contentHash",
             CASE WHEN it.model_hash = it.content_hash THEN it.model_suggestions END AS "ofModel",
             (SELECT slug FROM source WHERE source.url = it.url ORDER BY id LIMIT 1) AS known,
             ARRAY(SELECT DISTINCT topic.slug FROM unnest(feed.topics) AS given (id)
                   LEFT JOIN merged_reference AS merged ON merged.id = given.id
                   JOIN topic ON topic.id = coalesce(merged.survivor_id, given.id) ORDER BY topic.slug) AS topics,
             source.publisher, source.reliability::text AS reliability
      FROM inbox_item AS it
      LEFT JOIN watched_feed AS feed ON feed.id = it.feed_id
      LEFT JOIN merged_reference AS merged ON merged.id = feed.source_id
      LEFT JOIN source ON source.id = coalesce(merged.survivor_id, feed.source_id)
      WHERE it.id = ANY (${[...ids]}::uuid[]) AND it.text IS NOT NULL`,
  );
  return rows.map(({ known, ...row }) => ({ ...row, source: known ?? newSource(row) }));
}

/** The slug of a source that is not in the record yet: of its title, and of the id, so that no other source has it. */
const newSource = ({ id, title }: { readonly id: string; readonly title: string }): string =>
  [slugify(title).slice(0, 80).replace(/-+$/, ''), id.slice(-12)].filter(Boolean).join('-');

/** Finds the suggestions of articles, with their matches in the record and the decisions of editors. */
export async function offer(
  db: Database,
  names: RecordNamesCache,
  articles: readonly OfferedArticle[],
): Promise<Offer[][]> {
  if (articles.length === 0) return [];
  // They load the lists of words and the reader of dates, which most servers never use.
  const { extract } = await import('../../extract/extract.js');
  const gazetteer = await names.read(db);
  const offers: Offer[][] = [];
  for (const article of articles) {
    const found = extract(article.text, {
      language: article.language ?? 'en',
      dateline: article.publishedAt?.toISOString().slice(0, 10) ?? null,
      gazetteer,
    });
    offers.push(await meet(db, article, withModel(found, article.ofModel ?? [])));
    // Other requests get their turn between two articles.
    await setImmediate();
  }
  return offers;
}

/** Compares the suggestions of an article with the record, and with what editors made of them. */
async function meet(db: Database, article: OfferedArticle, all: readonly Suggestion[]): Promise<Offer[]> {
  const candidates = await readCandidates(db, all);
  const idOf = new Map(candidates.map(({ id, slug }) => [slug, id]));
  const meetings = new Map(meetRecord(all, candidates).map((meeting) => [meeting.key, meeting]));
  const marks = new Map((await readMarks(db, article.id)).map((mark) => [mark.words, mark]));
  const keys = new Map(all.map((one) => [one.key, keyOf(one, article.contentHash)]));
  return all.map((found) => {
    const suggestion = withKeys(found, keys);
    const words = wordsOf(suggestion);
    const meeting = meetings.get(found.key);
    const developmentId = meeting && idOf.get(meeting.slug);
    return {
      key: keyOf(suggestion, article.contentHash),
      words,
      suggestion,
      draft: isDevelopment(suggestion) ? draftOf(suggestion, all, article) : null,
      match: meeting && developmentId !== undefined ? { ...meeting, developmentId } : null,
      mark: marks.get(words) ?? null,
    };
  });
}

/** Links name their two suggestions by key. */
function withKeys(one: Suggestion, keys: ReadonlyMap<string, string>): Suggestion {
  if (one.kind !== 'LINK') return one;
  const { from, to } = one.fields;
  return { ...one, fields: { ...one.fields, from: keys.get(from) ?? from, to: keys.get(to) ?? to } };
}

const isDevelopment = (one: Suggestion): one is DevelopmentSuggestion =>
  one.kind === 'STATEMENT' || one.kind === 'EVENT' || one.kind === 'DOCTRINE_CHANGE';

const hash = (...parts: readonly (string | number)[]) =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);

const wordsOf = ({ kind, rule, excerpt }: Suggestion): string => hash(kind, rule, excerpt);

const keyOf = ({ kind, rule, start, end }: Suggestion, contentHash: string): string =>
  hash(kind, rule, start, end, contentHash);

function readMarks(db: Transaction, item: string): Promise<Mark[]> {
  return read(
    db,
    sql`
      SELECT words, act::text AS act, editor, development_id::text AS "developmentId", recorded_at AS "recordedAt"
      FROM inbox_mark WHERE item_id = ${item}::uuid`,
  );
}
