import type { Database } from '../../database/open.js';
import type { RecordNamesCache } from '../record-names-cache.js';
import { askModel, ModelAwayError, ModelError } from './ask-model.js';
import { readModelAnswer } from './contract.js';

export interface AskingOptions {
  readonly db: Database;
  readonly names: RecordNamesCache;
  /** The address of the operator's language model. */
  readonly url: string;
  /** How long an answer may take, in milliseconds. */
  readonly timeout: number;
  /** Wakes the readers of the desk's log. */
  wake(): void;
  /** Called when the model gave no answer that can be read. */
  onRefused(item: string, error: ModelError): void;
  /** Called for what should not happen: the database is away, or a defect. */
  onError(error: unknown): void;
}

/** How often articles without an answer are looked up, in milliseconds. */
const LOOK = 2_000;
/** The pause after a failure, in milliseconds. */
const PAUSE = 30_000;
/** How often the model is asked about a text. */
const MAX_ATTEMPTS = 3;
/** An answer that has not come after this time is asked for again: the instance that asked may have ended. */
const AGAIN_AFTER = '10 minutes';

interface Asked {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly language: string | null;
  readonly publishedAt: Date | null;
  readonly contentHash: string;
}

/**
 * Asks the operator's language model about unread articles, one at a time, and keeps its suggestions as far as the text
 * bears them out. Any number of instances may do so: each asks about other articles.
 */
export function startAskingModel(options: AskingOptions): AsyncDisposable {
  const end = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const run = async () => {
    let wait = PAUSE;
    try {
      wait = WAITS[await askAboutNext(options, end.signal)];
    } catch (error) {
      if (!end.signal.aborted) options.onError(error);
    }
    if (!end.signal.aborted) schedule(wait);
  };
  const schedule = (wait: number) => {
    timer = setTimeout(() => {
      running = run();
    }, wait);
    timer.unref();
  };
  schedule(0);
  return {
    [Symbol.asyncDispose]: async () => {
      end.abort(new Error('the server ends'));
      clearTimeout(timer);
      await running;
    },
  };
}

type Outcome = 'ANSWERED' | 'REFUSED' | 'NOTHING';

const WAITS: Readonly<Record<Outcome, number>> = { ANSWERED: 0, REFUSED: PAUSE, NOTHING: LOOK };

async function askAboutNext(options: AskingOptions, signal: AbortSignal): Promise<Outcome> {
  const { db, names, url, timeout, wake, onRefused } = options;
  const article = await claim(db);
  if (!article) return 'NOTHING';
  const { id, title, text, language, publishedAt, contentHash } = article;
  const published = publishedAt?.toISOString().slice(0, 10) ?? null;
  // It loads the lists of words, which servers without the model may never use.
  const { extractNames } = await import('../extract/extract.js');
  const named = extractNames(text, await names.read(db)).filter(({ fields }) => fields.slug !== null);
  const known = new Map(
    named.flatMap(({ fields: { slug, name, referenceKind } }) =>
      slug === null ? [] : [[slug, { kind: referenceKind, slug, name }] as const],
    ),
  );
  try {
    const request = { version: 1, title, text, language, published, names: [...known.values()] } as const;
    const suggestions = readModelAnswer(await askModel(request, { url, timeout, signal }), text, named);
    if (!suggestions)
      throw new ModelError(
        'The answer of SUGGEST_URL has no list "suggestions". See docs/intake.md for the format.',
      );
    await db.$executeRaw`
      UPDATE inbox_item SET model_suggestions = ${JSON.stringify(suggestions)}::jsonb
      WHERE id = ${id}::uuid AND content_hash = ${contentHash} AND text IS NOT NULL`;
    wake();
    return 'ANSWERED';
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    onRefused(id, error);
    // The article is not at fault.
    if (error instanceof ModelAwayError) await takeBack(db, article);
    return 'REFUSED';
  }
}

/** Takes an article that nobody asks about, the latest first, and counts the attempt. */
async function claim(db: Database): Promise<Asked | undefined> {
  const [article] = await db.$queryRaw<Asked[]>`
      UPDATE inbox_item SET
        model_attempts = CASE WHEN model_hash = content_hash THEN model_attempts + 1 ELSE 1 END,
        model_hash = content_hash, model_asked_at = now(), model_suggestions = NULL
      WHERE id = (
        SELECT id FROM inbox_item
        WHERE state = 'UNREAD' AND text IS NOT NULL AND (
          model_hash IS DISTINCT FROM content_hash OR (
            model_suggestions IS NULL AND model_attempts < ${MAX_ATTEMPTS}::int
            AND model_asked_at < now() - ${AGAIN_AFTER}::interval))
        ORDER BY received_at DESC, id LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING id::text AS id, title, text, language, published_at AS "publishedAt", content_hash AS "contentHash"`;
  return article;
}

/** Does not count an attempt. The article is asked about again later. */
async function takeBack(db: Database, { id, contentHash }: Asked): Promise<void> {
  await db.$executeRaw`
    UPDATE inbox_item SET model_attempts = greatest(model_attempts - 1, 0)
    WHERE id = ${id}::uuid AND model_hash = ${contentHash}`;
}
