import type { Database } from '../../database/open.js';

/** How often old texts are looked for, in milliseconds. */
const INTERVAL = 60 * 60 * 1_000;

export interface ForgetTextsOptions {
  readonly db: Database;
  /** How long the texts of articles are kept after they arrived, in days. */
  readonly days: number;
  /** Called when old texts could not be deleted. Tried again an hour later. */
  onError(error: unknown): void;
}

/** Deletes the texts of old articles now and then every hour. Any number of instances may do so. */
export function startForgettingTexts({ db, days, onError }: ForgetTextsOptions): AsyncDisposable {
  let running = forgetTexts(db, days).catch(onError);
  const timer = setInterval(() => {
    running = forgetTexts(db, days).catch(onError);
  }, INTERVAL);
  timer.unref();
  return {
    [Symbol.asyncDispose]: async () => {
      clearInterval(timer);
      await running;
    },
  };
}

/** Deletes the texts of articles that arrived so long ago. Titles, addresses and hashes stay, by which they are known. */
export async function forgetTexts(db: Database, days: number): Promise<void> {
  const before = new Date(Date.now() - days * 86_400_000).toISOString();
  await db.$executeRaw`
    UPDATE inbox_item SET text = NULL, model_suggestions = NULL WHERE text IS NOT NULL AND received_at < ${before}::timestamptz`;
  await db.$executeRaw`
    UPDATE inbox_version SET text = NULL WHERE text IS NOT NULL AND received_at < ${before}::timestamptz`;
}
