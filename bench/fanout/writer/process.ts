// The writer's process. It commits directly to the database, like an import beside the server.
import type { OpenDatabase } from '../../../src/database/open.js';
import type { NewDevelopment } from '../../../src/domain/development/write/record.js';
import type { Writer } from '../../../src/domain/write.js';
import { now } from '../../clock.js';
import {
  openDatabase,
  recordInputs,
  recordMany,
  upsertActor,
  upsertSource,
  upsertTopic,
  write,
} from '../../domain.js';
import { answerCalls } from '../../process.js';
import { ACTORS, type Change, makeChanges, SOURCE, TOPICS } from '../changes.js';
import { type Publication, publishEach } from '../peers/publish.js';

let database: OpenDatabase | undefined;

function writer(): Writer {
  if (!database) throw new Error('The database has not been opened.');
  return { db: database.db, editor: 'benchmark', wake: () => {} }; // PostgreSQL notifies the server.
}

async function open({ DATABASE_URL }: { DATABASE_URL: string }): Promise<void> {
  database = await openDatabase({ kind: 'postgres', url: DATABASE_URL, poolSize: 2 });
  await upsertSource(writer(), SOURCE);
  for (const [slug, name] of Object.entries(TOPICS)) await upsertTopic(writer(), { slug, name });
  for (const [slug, name] of Object.entries(ACTORS))
    await upsertActor(writer(), { slug, name, kind: 'STATE' });
}

const checked = (change: Change): NewDevelopment => ({
  kind: 'EVENT',
  fields: recordInputs.EVENT.parse({ ...change, type: 'EXERCISE', citations: [{ source: SOURCE.slug }] }),
});

async function commit(changes: readonly NewDevelopment[]): Promise<void> {
  const authorship = { editor: 'benchmark', reason: null };
  await write(writer(), { operation: 'benchmark', input: null, timeout: 60_000 }, async (tx) => {
    const { feed } = await recordMany(tx, changes, true, authorship);
    return { result: true, feed };
  });
}

answerCalls({
  open,
  /** Returns when the commit of each change returned. */
  publish: async (publication: Publication): Promise<Float64Array> => {
    const changes = makeChanges(publication.name, publication.count).map(checked);
    if (publication.atOnce) {
      await commit(changes);
      return new Float64Array(changes.length).fill(now());
    }
    const committed = new Float64Array(changes.length);
    await publishEach(publication, async (index) => {
      await commit(changes.slice(index, index + 1));
      committed[index] = now();
    });
    return committed;
  },
});
process.once('SIGTERM', async () => {
  await database?.[Symbol.asyncDispose]();
  process.exit(0);
});
