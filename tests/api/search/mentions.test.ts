import { expect } from 'vitest';
import { recordDevelopment } from '../../../src/domain/development/write/record.js';
import { retractDevelopment, reviseDevelopment } from '../../../src/domain/development/write/revise.js';
import { upsertActor } from '../../../src/domain/references/actor.js';
import { upsertTopic } from '../../../src/domain/references/topic.js';
import type { Writer } from '../../../src/domain/write.js';
import { CITED, makeSource } from '../../support/example-source.js';
import { expectVerified } from '../../support/expect-verified.js';
import { describeWithDatabase } from '../../support/fixtures.js';
import { pick } from '../../support/matching-slugs.js';
import { test } from '../../support/shared.js';

const actor = (writer: Writer, slug: string, countryCode: string | null) =>
  upsertActor(writer, { slug, kind: 'PERSON', name: slug, countryCode });

const event = (slug: string, ...actors: string[]) => ({
  ...CITED,
  slug,
  type: 'TEST' as const,
  headline: slug,
  occurred: '2024-05',
  participants: actors.map((one) => ({ actor: one, role: 'PARTICIPANT' as const })),
});

describeWithDatabase('the list of developments that mention a reference', () => {
  test('follows changes of the countries of actors, in lists, counts and the past', async ({ server }) => {
    const writer: Writer = { db: server.db, editor: 'test', wake: () => {} };
    await makeSource(server.db);
    await actor(writer, 'one', 'SE');
    await actor(writer, 'other', 'SE');
    await recordDevelopment(writer, 'EVENT', event('of-both', 'one', 'other'), { publish: true });
    await recordDevelopment(writer, 'EVENT', event('of-one', 'one'), { publish: true });
    const { feedHead } = await server.data('{ feedHead }');
    const seen = async (country: string) => {
      const { developmentFacets, past } = await server.data(
        `query ($filter: DevelopmentFilter, $cursor: Cursor!) {
          developmentFacets(filter: $filter) { country { values { country count } } }
          past: developments(filter: $filter, asOf: { cursor: $cursor }) { totalCount }
        }`,
        { filter: { country: [country] }, cursor: feedHead },
      );
      const { values } = developmentFacets.country;
      const picked = await pick(server, { country: [country] });
      expect(past.totalCount).toBe(picked.length);
      expect(values.find((one: { country: string }) => one.country === country)?.count ?? 0).toBe(
        picked.length,
      );
      return picked;
    };
    expect(await seen('SE')).toEqual(['of-both', 'of-one']);

    await actor(writer, 'one', 'FI');
    expect(await seen('FI')).toEqual(['of-both', 'of-one']);
    expect(await seen('SE')).toEqual(['of-both']);

    await actor(writer, 'other', null);
    expect(await seen('SE')).toEqual([]);
    await expectVerified(server.db);
  });

  test('follows revisions and retractions', async ({ server }) => {
    const writer: Writer = { db: server.db, editor: 'test', wake: () => {} };
    await makeSource(server.db);
    for (const slug of ['first', 'second']) await upsertTopic(writer, { slug, name: slug });
    const fields = { ...event('revised'), topics: ['first'] };
    await recordDevelopment(writer, 'EVENT', fields, { publish: true });
    await reviseDevelopment(writer, 'EVENT', 'revised', { topics: ['second'], occurred: '2019-01-02' });
    const within = (days: string) => ({ occurred: { within: days } });
    expect(await pick(server, { topic: ['first'] })).toEqual([]);
    expect(await pick(server, { topic: ['second'], ...within('2024') })).toEqual([]);
    expect(await pick(server, { topic: ['second'], ...within('2019') })).toEqual(['revised']);
    await retractDevelopment(writer, 'revised', { reason: 'Not so' });
    expect(await pick(server, { topic: ['second'] })).toEqual([]);
    expect(await pick(server, { topic: ['second'], status: ['RETRACTED'] })).toEqual(['revised']);
    await expectVerified(server.db);
  });

  test('is paged by the first day in both directions, with imprecise dates in order', async ({ server }) => {
    const writer: Writer = { db: server.db, editor: 'test', wake: () => {} };
    await makeSource(server.db);
    await upsertTopic(writer, { slug: 'paged', name: 'paged' });
    const dates = ['2011-03', '2010-05-05', '200X', '2010-05-05', '2010', '2009/2012', '2010-07'];
    for (const [index, occurred] of dates.entries()) {
      const fields = { ...event(`paged-${index}`), occurred, topics: ['paged'] };
      await recordDevelopment(writer, 'EVENT', fields, { publish: true });
    }
    for (const filter of [{ topic: ['paged'] }, { topic: ['paged'], occurred: { within: '2010' } }]) {
      const all = await pick(server, filter);
      const pages = async (direction: string, size: number) => {
        const slugs: string[] = [];
        for (let after: string | null = null; ; ) {
          const { developments }: Record<string, any> = await server.data(
            `query ($filter: DevelopmentFilter, $size: Int, $after: Cursor, $direction: OrderDirection!) {
              developments(first: $size, after: $after, filter: $filter, orderBy: { field: EARLIEST, direction: $direction }) {
                nodes { slug } pageInfo { hasNextPage endCursor }
              }
            }`,
            { filter, size, after, direction },
          );
          slugs.push(...developments.nodes.map(({ slug }: { slug: string }) => slug));
          if (!developments.pageInfo.hasNextPage) return slugs;
          after = developments.pageInfo.endCursor;
        }
      };
      const oldest = await pages('ASC', 2);
      expect(oldest.toSorted()).toEqual(all);
      expect(await pages('DESC', 2)).toEqual(oldest.toReversed());
      expect(await pages('ASC', 100)).toEqual(oldest);
    }
  });
});
