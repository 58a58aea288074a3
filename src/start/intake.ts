import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { Config } from '../config/config.js';
import type { Limits } from '../http/limits/limits.js';
import { MAX_ARTICLE_BYTES } from '../intake/article/read-article.js';
import { createFetchForEditor } from '../intake/inbox/arrival/fetch-for-editor.js';
import { startForgettingTexts } from '../intake/inbox/forget-texts.js';
import { addInboxMetrics } from '../intake/inbox/metrics.js';
import type { Intake } from '../intake/intake.js';
import { createDocumentReader } from '../intake/reader/document-reader.js';
import { RecordNamesCache } from '../intake/record-names-cache.js';
import { createWatchMetrics } from '../intake/watch/metrics.js';
import type { StartedRecord } from './record.js';

/** How long the language model of `SUGGEST_URL` may take for an article, in milliseconds. */
const MODEL_TIMEOUT = 60_000;
/** The longest time to read a document of an editor, in milliseconds. */
const READ_TIMEOUT = 10_000;
/** The most documents of editors that wait or are parsed: each may have 10 MB. */
const MAX_UNREAD = 8;

/** Bytes of a request to add an article that are not the article: the GraphQL document and the other fields. */
const REQUEST_BYTES = 4_096;

interface IntakeParts {
  readonly config: Config;
  readonly log: Logger;
  readonly record: StartedRecord;
  readonly registry: Registry;
}

/**
 * Starts the background work of the inbox: watching feeds and asking the language model, if they are configured, and
 * deleting old texts.
 *
 * @param resources Takes what must be closed, in the order of opening.
 * @returns The parts that requests about articles need.
 */
export async function startIntake(
  { config, log, record: { db, bus }, registry }: IntakeParts,
  resources: AsyncDisposableStack,
): Promise<Intake> {
  const { allowed, modelUrl, textDays, watch } = config.intake;
  const wake = () => bus.wake('DESK');
  resources.use(
    startForgettingTexts({
      db,
      days: textDays,
      onError: (error) =>
        log.warn({ err: error }, 'texts of old articles could not be deleted; trying again'),
    }),
  );
  const names = new RecordNamesCache();
  const onGaugeError = (name: string, error: unknown) =>
    log.warn({ gauge: name, err: error }, 'a metric could not be read from the database');
  addInboxMetrics(registry, db, onGaugeError);
  const metrics = createWatchMetrics(registry, db, onGaugeError);
  if (watch) {
    const { startConfiguredWatcher } = await import('../intake/watch/configured.js');
    resources.use(startConfiguredWatcher({ db, config, log, metrics, wake }));
  }
  if (modelUrl !== undefined) {
    const { startAskingModel } = await import('../intake/model/start-asking.js');
    resources.use(
      startAskingModel({
        ...{ db, names, url: modelUrl, timeout: MODEL_TIMEOUT, wake },
        onRefused: (item, { message }) => log.warn({ item }, message),
        onError: (error) => log.error({ err: error }, 'the language model could not be asked; trying again'),
      }),
    );
  }
  const { publicUrl } = config;
  const { requestTimeout } = config.limits;
  const reader = resources.use(
    createDocumentReader({
      timeout: Math.min(READ_TIMEOUT, requestTimeout * 900),
      maxUnread: MAX_UNREAD,
      // The request is over then.
      maxWait: requestTimeout * 1_000,
      onDefect: (error) => log.error({ err: error }, 'a document could not be parsed because of a defect'),
    }),
  );
  return {
    maxBytes: maxArticleBytes(config.limits),
    reader,
    fetchArticle: createFetchForEditor({ allowed, publicUrl, reader, requestTimeout }),
    names,
  };
}

/** Returns the most bytes of an article that fit into a request in base64. */
function maxArticleBytes({ bodyBytes, uploadBytes }: Limits): number {
  const room = Math.max(bodyBytes, uploadBytes) - REQUEST_BYTES;
  return Math.max(0, Math.min(MAX_ARTICLE_BYTES, Math.floor(room / 4) * 3));
}
