import fc from 'fast-check';
import { expect } from 'vitest';
import { bulkChange } from '../../../src/domain/bulk/change.js';
import { undoBulk } from '../../../src/domain/bulk/undo.js';
import { readCurrent, readHistories } from '../../../src/domain/development/read/histories.js';
import { listDevelopments, readPage } from '../../../src/domain/development/read/list.js';
import { linkDevelopments } from '../../../src/domain/development/write/links.js';
import { recordDevelopment } from '../../../src/domain/development/write/record.js';
import { reviseDevelopment } from '../../../src/domain/development/write/revise.js';
import { standingRevisions } from '../../../src/domain/development/write/undo-act.js';
import { mergeDevelopments } from '../../../src/domain/merging/developments/merge-developments.js';
import { MergeRefusedError, MergeUndoRefusedError } from '../../../src/domain/merging/errors.js';
import { mergeReferences } from '../../../src/domain/merging/references/merge-references.js';
import { undoMerge } from '../../../src/domain/merging/undo.js';
import { upsertActor } from '../../../src/domain/references/actor.js';
import { upsertSource } from '../../../src/domain/references/source.js';
import { upsertTopic } from '../../../src/domain/references/topic.js';
import { upsertTreaty } from '../../../src/domain/references/treaty.js';
import type { Writer } from '../../../src/domain/write.js';
import { readHead } from '../../../src/feed/head.js';
import { expectVerified } from '../../support/expect-verified.js';
import { describeWithDatabase, test } from '../../support/fixtures.js';

const COUNT = 4;
const place = fc.nat({ max: COUNT - 1 });

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('merge' as const),
      kind: fc.constantFrom('ACTOR', 'TOPIC', 'SOURCE', 'DEVELOPMENT'),
      from: place,
      into: place,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('undo' as const), at: fc.nat({ max: 9 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('bulk' as const), development: place, topic: place }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('edit' as const), development: place }) },
);

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** An act that stands, and how to take it back. Returns whether it was taken back. */
interface Act {
  undo(): Promise<boolean>;
}

let runs = 0;

/** A small record whose entries refer to each other in many ways. */
async function createWorld(writer: Writer) {
  runs += 1;
  const of = (what: string, index: number) => `${what}-${runs}-${index}`;
  const { db } = writer;
  const ids: string[] = [];
  for (let index = 0; index < COUNT; index += 1) {
    const name = `${runs} ${'abcd'[index]}`;
    await upsertActor(writer, { slug: of('actor', index), kind: 'PERSON', name: `Person ${name}` });
    await upsertTopic(writer, { slug: of('topic', index), name: `Topic ${name}` });
    await upsertSource(writer, { slug: of('source', index), title: `Source ${name}`, reliability: 'B' });
  }
  const slugs = (what: string, some: readonly number[]) => some.map((index) => of(what, index));
  await upsertTreaty(writer, {
    slug: of('treaty', 0),
    name: `Treaty ${runs}`,
    parties: slugs('actor', [0, 1, 2]),
  });
  for (let index = 0; index < COUNT; index += 1) {
    const [one, next] = [index, (index + 1) % COUNT];
    const claims = [
      { field: 'SPEAKER' as const, value: slugs('actor', [one, next]), rank: 'PREFERRED' as const },
    ];
    const { id } = await recordDevelopment(
      writer,
      'STATEMENT',
      {
        ...{ slug: of('development', index), headline: `Talk ${index}`, occurred: '2020' },
        participants: slugs('actor', [one, next]).map((actor) => ({ actor, role: 'SPEAKER' as const })),
        topics: slugs('topic', [one]),
        citations: [{ source: of('source', one), claims }, { source: of('source', next) }],
      },
      { publish: index < COUNT - 1 },
    );
    ids.push(id);
  }
  // Links of a relation that can be in a circle, so that merges can make one.
  for (let index = 0; index < COUNT; index += 1) {
    const link = { to: of('development', (index + 1) % COUNT), relation: 'RESPONDS_TO' as const };
    await linkDevelopments(writer, of('development', index), link);
  }
  const contents = async () => (await readCurrent(db, ids)).map(({ content }) => content);
  return { of, ids, contents };
}

type World = Awaited<ReturnType<typeof createWorld>>;

/** The newest standing revision of a development, by the act that made it. */
async function lastAct(writer: Writer, id: string): Promise<string | null> {
  const history = (await readHistories(writer.db, [id])).get(id);
  return standingRevisions(history?.revisions ?? []).at(-1)?.act ?? null;
}

async function take(writer: Writer, world: World, acts: Act[], it: Step): Promise<Act | undefined> {
  if (it.do === 'merge') {
    const prefix = it.kind.toLowerCase();
    const input = { from: world.of(prefix, it.from), into: world.of(prefix, it.into), reason: 'One.' };
    try {
      const { id } =
        it.kind === 'DEVELOPMENT'
          ? await mergeDevelopments(writer, input)
          : await mergeReferences(writer, it.kind as 'ACTOR', input);
      return {
        undo: () =>
          undoMerge(writer, { merge: id }).then(
            () => true,
            (error: unknown) => {
              if (error instanceof MergeUndoRefusedError) return false;
              throw error;
            },
          ),
      };
    } catch (error) {
      if (error instanceof MergeRefusedError) return undefined;
      throw error;
    }
  }
  if (it.do === 'bulk') {
    const id = world.ids[it.development] ?? '';
    const [state] = await readCurrent(writer.db, [id]);
    if (state?.status === 'RETRACTED') return undefined; // By a merge. A bulk change would be refused.
    const items = [{ slug: world.of('development', it.development), expectedRevision: state?.revision ?? 0 }];
    const action = { addTopics: [world.of('topic', it.topic)] };
    const made = await bulkChange(writer, { items, action, skipFailing: false });
    if (made.id === null) return undefined;
    const bulk = made.id;
    return {
      undo: async () => {
        if ((await lastAct(writer, id)) !== `bulk:${bulk}`) return false;
        await undoBulk(writer, { bulk });
        return true;
      },
    };
  }
  if (it.do === 'edit') {
    // An edit of what an act has changed would keep the act for good.
    if ((await lastAct(writer, world.ids[it.development] ?? '')) !== null) return undefined;
    await reviseDevelopment(writer, 'STATEMENT', world.of('development', it.development), {
      summary: `Edited ${acts.length} ${Math.random()}.`,
    });
    return undefined;
  }
  const [act] = acts.splice(it.at % Math.max(acts.length, 1), 1);
  if (act && !(await act.undo())) acts.splice(it.at % (acts.length + 1), 0, act);
  return undefined;
}

/** The published developments with each actor, at a position. */
async function seen(writer: Writer, world: World, at: bigint): Promise<unknown> {
  const lists = [];
  for (let index = 0; index < COUNT; index += 1) {
    const filter = { participant: { actor: world.of('actor', index) } };
    const onUnknownSlug = (error: Error) => {
      throw error;
    };
    const list = await listDevelopments(writer.db, { role: 'READER' } as never, {
      filter,
      at,
      onUnknownSlug,
    });
    const page = { field: 'occurredEarliest', direction: 'asc', bounds: [], take: 50 } as const;
    const views = await readPage(writer.db, list, page);
    lists.push(views.map(({ content }) => content));
  }
  return lists;
}

describeWithDatabase('merges, undos and edits', () => {
  test('leave nothing behind once all are undone in any order, and each past as it was', async ({
    server,
  }) => {
    const writer: Writer = { db: server.db, editor: 'test', wake: () => {} };
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 3, maxLength: 10 }),
        fc.infiniteStream(fc.nat()),
        async (steps, order) => {
          const world = await createWorld(writer);
          const acts: Act[] = [];
          const past: { at: bigint; lists: unknown }[] = [];
          const untouched = new Map(
            (await readCurrent(server.db, world.ids)).map(({ id, content }) => [id, content]),
          );
          for (const it of steps) {
            const act = await take(writer, world, acts, it);
            if (act) acts.push(act);
            if (it.do === 'edit') {
              const id = world.ids[it.development] ?? '';
              const [state] = await readCurrent(server.db, [id]);
              const before = untouched.get(id);
              if (state && before && (await lastAct(writer, id)) === null) {
                untouched.set(id, { ...before, summary: state.content.summary });
              }
            }
            const { position } = await readHead(server.db);
            past.push({ at: position, lists: await seen(writer, world, position) });
          }
          while (acts.length > 0) {
            const at = (order.next().value as number) % acts.length;
            const tried = [...acts.slice(at), ...acts.slice(0, at)];
            let undone: Act | undefined;
            for (const act of tried) {
              if (await act.undo()) {
                undone = act;
                break;
              }
            }
            expect(undone, 'an act that can be undone').toBeDefined();
            acts.splice(acts.indexOf(undone as Act), 1);
          }
          expect(await world.contents()).toEqual(
            (await readCurrent(server.db, world.ids)).map(({ id }) => untouched.get(id)),
          );
          for (const { at, lists } of past) expect(await seen(writer, world, at)).toEqual(lists);
          expect(await server.db.mergedReference.count()).toBe(0);
        },
      ),
      { numRuns: 3, endOnFailure: true },
    );
    await expectVerified(server.db);
  }, 300_000);
});
