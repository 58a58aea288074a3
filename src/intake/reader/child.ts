import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { DomainError } from '../../domain/errors.js';
import type { Answer, Document } from './documents.js';

// The process of a document reader (see document-reader.ts): parses one document after the other. It is started with
// `fork`, has no environment variables, and ends with its parent.

const send = (answer: Answer) => process.send?.(answer);

process.on('disconnect', () => process.exit());
// A signal from a terminal goes to all processes of the group. The parent decides when this one ends.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
process.on('message', (document: Document) => {
  void read(document).then(send);
});
// If memory runs out, Linux ends this process rather than the server. Other systems have no such file.
await writeFile('/proc/self/oom_score_adj', '1000').catch(() => {});
// `disconnect` is not heard while a document is parsed.
const watch = new Worker(new URL('end-with-parent.js', import.meta.url), { workerData: process.ppid });
await once(watch, 'online');
send({ kind: 'ready' });

async function read(document: Document): Promise<Answer> {
  try {
    return { kind: 'read', result: await parse(document) };
  } catch (error) {
    if (error instanceof DomainError) return { kind: 'unreadable', message: error.message };
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    return { kind: 'failed', message, stack };
  }
}

async function parse(document: Document) {
  if (document.kind === 'article') {
    const { readArticle } = await import('../article/article.js');
    return readArticle(document.bytes, document.name);
  }
  const { readFeed } = await import('../watch/feed-document.js');
  return readFeed(Buffer.from(document.bytes), document.contentType, document.url);
}
