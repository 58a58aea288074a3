import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test, vi } from 'vitest';
import { readArticle } from '../../../src/intake/article/article.js';
import { UnreadableArticleError } from '../../../src/intake/article/unreadable.js';
import { ChildEndedError } from '../../../src/intake/reader/child-process.js';
import {
  createDocumentReader,
  type DocumentReader,
  type DocumentReaderOptions,
} from '../../../src/intake/reader/document-reader.js';
import { readFeed } from '../../../src/intake/watch/feed-document.js';
import { UnreadableFeedError } from '../../../src/intake/watch/unreadable-feed.js';
import { serveWeb } from '../../support/hostile-web.js';
import { pdfBomb, pdfOf } from '../../support/pdf.js';
import { readerProcesses } from '../../support/processes/reader-processes.js';

const AT = 'https://news.example/feed';
const bytes = (text: string) => Buffer.from(text);
const FEED =
  bytes(`<rss version="2.0"><channel><title>News</title><language>en</language><item><title>One</title>
  <link>/one</link><pubDate>Mon, 01 Dec 2025 08:00:00 GMT</pubDate></item></channel></rss>`);
const PAGE = bytes(
  `<!doctype html><html lang="en"><body><article><h1>Talks</h1><p>${'The site was open to inspectors. '.repeat(9)}</p></article></body></html>`,
);
const MARKDOWN = bytes('# Talks\n\nThe site is *open*.\n');

/** Takes many seconds, although no bound refuses it: 115 elements within each other, each with all the words. */
const SLOW = bytes(
  `<html><body>${'<div>'.repeat(115)}<p>${'word, '.repeat(450_000)}</p>${'</div>'.repeat(115)}</body></html>`,
);

const LIMITS = {
  timeout: 60_000,
  onDefect: (error: Error) => {
    throw error;
  },
};
const open = (options: Partial<DocumentReaderOptions> = {}) =>
  createDocumentReader({ ...LIMITS, ...options });

describe('a document from outside', () => {
  test('is read as without a process of its own', async () => {
    await using reader = open();
    for (const [document, name] of [
      [PAGE, 'a.html'],
      [MARKDOWN, 'a.md'],
      [pdfOf(['The site is', 'open.']), 'a.pdf'],
      [bytes('one\n\ntwo'), 'a.txt'],
    ] as const)
      expect(await reader.readArticle(document, name)).toEqual(await readArticle(document, name));
    expect(await reader.readFeed(FEED, 'text/xml', AT)).toEqual(readFeed(FEED, 'text/xml', AT));
  });

  test('is refused for the same reasons', async () => {
    await using reader = open();
    const article = reader.readArticle(bytes('<html></html>'), 'a.html');
    await expect(article).rejects.toThrow(
      new UnreadableArticleError('a.html has no text. Pass the text of the article itself.'),
    );
    const feed = reader.readFeed(bytes('{}'), 'application/json', AT);
    await expect(feed).rejects.toBeInstanceOf(UnreadableFeedError);
    await expect(feed).rejects.toThrow(`${AT} is no RSS, Atom or JSON Feed`);
  });

  test('is refused if the parser fails by a defect, which is reported', async () => {
    const defects: Error[] = [];
    await using reader = open({ onDefect: (error) => defects.push(error) });
    const [failed, next] = await Promise.allSettled([
      reader.readFeed(bytes('{}'), 5 as never, AT),
      reader.readFeed(FEED, 'text/xml', AT),
    ]);
    expect(failed).toMatchObject({
      reason: new UnreadableFeedError(`${AT} cannot be read: its parser failed.`),
    });
    expect(next).toMatchObject({ value: { title: 'News' } });
    expect(defects).toMatchObject([
      { message: expect.stringContaining(AT), stack: expect.stringContaining('feed-document') },
    ]);
  });

  test('keeps no request waiting while it is read, whatever it takes', async () => {
    await using web = await serveWeb((_, response) => response.end());
    await using reader = open({ timeout: 5_000 });
    const order: string[] = [];
    const reading = reader
      .readArticle(SLOW, 'a.html')
      .catch(() => {})
      .finally(() => order.push('read'));
    await fetch(web.url).finally(() => order.push('answered'));
    await reading;
    expect(order).toEqual(['answered', 'read']);
  });

  test('is refused if too many others wait', async () => {
    await using reader = open({ maxUnread: 1 });
    const [first, second] = await Promise.allSettled([
      reader.readArticle(MARKDOWN, 'a.md'),
      reader.readArticle(MARKDOWN, 'b.md'),
    ]);
    expect(first).toMatchObject({ value: { text: 'Talks\n\nThe site is open.' } });
    const reason = 'The server is already reading 1 documents. Try again in a few seconds.';
    expect(second).toMatchObject({ reason: new UnreadableArticleError(reason) });
    expect((await reader.readArticle(MARKDOWN, 'b.md')).text).toContain('open');
  });

  test('is not read once its request is over', async () => {
    await using reader = open({ maxWait: -1 });
    await expect(reader.readArticle(MARKDOWN, 'a.md')).rejects.toThrow(
      new UnreadableArticleError('a.md was not read: the server is busy. Try again later.'),
    );
  });

  test('of a reader that is closed is not read', async () => {
    const reader = open();
    await reader[Symbol.asyncDispose]();
    await expect(reader.readArticle(MARKDOWN, 'a.md')).rejects.toThrow('is ending');
  });
});

/** Has a reader read a document, and sends a signal to its process before it parses the next one. */
async function signalAfterFirst(
  reader: DocumentReader,
  signal: 'SIGKILL' | 'SIGSEGV' | 'SIGSTOP',
): Promise<void> {
  const before = new Set(readerProcesses().map(({ pid }) => pid));
  await reader.readArticle(MARKDOWN, 'first.md');
  for (const { pid } of readerProcesses()) if (!before.has(pid)) process.kill(pid, signal);
}

describe.runIf(process.platform === 'linux')('the process that reads documents', () => {
  test('ends if a document exceeds its time, and the next one is read', async () => {
    await using reader = open({ timeout: 20_000 });
    await signalAfterFirst(reader, 'SIGSTOP');
    const [slow, next] = await Promise.allSettled([
      reader.readArticle(MARKDOWN, 'slow.md'),
      reader.readArticle(MARKDOWN, 'a.md'),
    ]);
    expect(slow).toMatchObject({
      reason: new UnreadableArticleError('slow.md cannot be read: it takes more than 20 s.'),
    });
    expect(next).toMatchObject({ value: { text: 'Talks\n\nThe site is open.' } });
  });

  test('ends if its reader is closed, which is no fault of the document', async () => {
    const reader = open();
    await signalAfterFirst(reader, 'SIGSTOP');
    const reading = reader.readArticle(MARKDOWN, 'a.md').catch((error: unknown) => error);
    await new Promise(setImmediate);
    await reader[Symbol.asyncDispose]();
    expect(await reading).toBeInstanceOf(ChildEndedError);
  });

  test('reads a document once more if earlier ones may have taken the memory', async () => {
    await using reader = open();
    await signalAfterFirst(reader, 'SIGKILL');
    expect((await reader.readArticle(MARKDOWN, 'a.md')).text).toContain('open');
  });

  test('can crash: the document is refused, and the next one is read', async () => {
    await using reader = open();
    await signalAfterFirst(reader, 'SIGSEGV');
    const [crashed, next] = await Promise.allSettled([
      reader.readFeed(FEED, 'text/xml', AT),
      reader.readFeed(FEED, 'text/xml', AT),
    ]);
    const reason = new UnreadableFeedError(`${AT} cannot be read: its parser failed.`);
    expect(crashed).toMatchObject({ reason });
    expect(next).toMatchObject({ value: { title: 'News' } });
  });

  test('ends after a killed parent, even while its event loop is held', async () => {
    const thread = fileURLToPath(new URL('../../../dist/intake/reader/end-with-parent.js', import.meta.url));
    const busy = `new (require('node:worker_threads').Worker)(${JSON.stringify(thread)}, { workerData: process.ppid }).once('online', () => {
      require('node:fs').writeSync(1, String(process.pid));
      for (;;);
    });`;
    const parent = spawn(process.execPath, [
      '-e',
      `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(busy)}], { stdio: 'inherit' });`,
    ]);
    const [output] = await once(parent.stdout, 'data');
    const pid = Number(output);
    try {
      parent.kill('SIGKILL');
      await vi.waitUntil(() => !existsSync(`/proc/${pid}`), { timeout: 60_000 });
    } finally {
      if (existsSync(`/proc/${pid}`)) process.kill(pid, 'SIGKILL');
    }
  });

  test('ends if a document exceeds its memory, and the next one is read', async () => {
    await using reader = open({ maxBytes: 200 * 1024 * 1024 });
    const [huge, next] = await Promise.allSettled([
      reader.readArticle(pdfBomb(200_000_000), 'huge.pdf'),
      reader.readArticle(MARKDOWN, 'a.md'),
    ]);
    expect(huge).toMatchObject({
      reason: new UnreadableArticleError('huge.pdf cannot be read: it takes more than 200 MB of memory.'),
    });
    expect(next).toMatchObject({ value: { text: 'Talks\n\nThe site is open.' } });
  });

  test('knows no environment variables, and ends with its reader', async () => {
    const before = readerProcesses().length;
    const reader = open();
    await reader.readArticle(MARKDOWN, 'a.md');
    expect(readerProcesses()).toHaveLength(before + 1);
    for (const { variables } of readerProcesses())
      expect(variables.filter((name) => !name.startsWith('NODE_CHANNEL_'))).toEqual([]);
    await reader[Symbol.asyncDispose]();
    expect(readerProcesses()).toHaveLength(before);
  });

  test('ends when it is idle, and another starts', async () => {
    const before = readerProcesses().length;
    await using reader = open({ idle: 10 });
    await reader.readArticle(MARKDOWN, 'a.md');
    await vi.waitUntil(() => readerProcesses().length === before, { timeout: 30_000 });
    expect((await reader.readArticle(MARKDOWN, 'a.md')).text).toContain('open');
  });

  test('starts with the first document that is more than plain text', async () => {
    const before = readerProcesses().length;
    await using reader = open();
    await reader.readArticle(bytes('one\n\ntwo'), 'a.txt');
    expect(readerProcesses()).toHaveLength(before);
    await reader.readArticle(MARKDOWN, 'a.md');
    expect(readerProcesses()).toHaveLength(before + 1);
  });
});
