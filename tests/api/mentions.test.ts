import { expect } from 'vitest';
import { upsertActor } from '../../src/domain/actor.js';
import { recordDevelopment } from '../../src/domain/development/record.js';
import { retractDevelopment, reviseDevelopment } from '../../src/domain/development/revise.js';
import { upsertTopic } from '../../src/domain/topic.js';
import type { Writer } from '../../src/domain/write.js';
import { CITED, makeSource } from '../support/cited.js';
import { describeWithDatabase } from '../support/fixtures.js';
import { pick } from '../support/pick.js';
import { test } from '../support/shared.js';
import { expectVerified } from '../support/verified.js';

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

describeWithDatabase('what mentions a thing', () => {
  test('follows the countries that actors belong to, in lists, counts and the past', async ({ server }) => {
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

  test('follows revisions and withdrawals', async ({ server }) => {
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
});
