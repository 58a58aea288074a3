import { expect } from 'vitest';
import { CITED } from '../../support/example-source.js';
import { describeWithDatabase, publishStatement } from '../../support/fixtures.js';
import type { TestServer } from '../../support/server.js';
import { expectWhole, mutate, newSlug, readDevelopment, test, times } from '../../support/writes.js';

describeWithDatabase('an idempotency key', () => {
  const count = ({ db }: TestServer, headline: string) =>
    db.revision.count({ where: { number: 1, snapshot: { path: ['headline'], equals: headline } } });

  test('makes a repeated request return the first result and write nothing', async ({ record }) => {
    const input = { headline: 'Once', occurred: '2020', publish: true, ...CITED, idempotencyKey: 'once' };
    const first = await mutate(record, 'recordStatement', input, '... on Statement { slug }');
    await mutate(record, 'reviseStatement', { slug: first.slug, summary: 'Revised since' });
    expect(await mutate(record, 'recordStatement', input, '... on Statement { slug summary }')).toEqual({
      ...first,
      summary: 'Revised since',
    });
    expect(await count(record, 'Once')).toBe(1);
    await expectWhole(record);
  });

  test('lets one of ten concurrent identical requests write', async ({ record }) => {
    const input = {
      headline: 'At once',
      occurred: '2020',
      publish: true,
      ...CITED,
      idempotencyKey: 'at once',
    };
    const results = await times(10, () =>
      mutate(record, 'recordStatement', input, '... on Statement { id slug }'),
    );
    expect(new Set(results.map(({ id }) => id)).size).toBe(1);
    expect(results[0].__typename).toBe('Statement');
    expect(await count(record, 'At once')).toBe(1);
    await expectWhole(record);
  });

  test('is refused for another input or another mutation', async ({ record }) => {
    const input = { headline: 'Mine', occurred: '2020', idempotencyKey: 'mine' };
    await mutate(record, 'recordStatement', input);
    const reused = {
      __typename: 'IdempotencyKeyReusedError',
      code: 'IDEMPOTENCY_KEY_REUSED',
      message: expect.stringContaining('choose a new key'),
    };
    expect(await mutate(record, 'recordStatement', { ...input, headline: 'Other' })).toMatchObject(reused);
    expect(
      await mutate(record, 'upsertTopic', { slug: 'mine', name: 'Mine', idempotencyKey: 'mine' }),
    ).toMatchObject(reused);
    expect(await count(record, 'Other')).toBe(0);
    expect(await record.data('{ topic(slug: "mine") { slug } }')).toEqual({ topic: null });
  });

  test('can be used again after a request that failed', async ({ record }) => {
    const input = {
      headline: 'Failed',
      occurred: '2020',
      topics: ['to-come'],
      publish: true,
      ...CITED,
      idempotencyKey: 'failed',
    };
    expect(await mutate(record, 'recordStatement', input)).toMatchObject({ code: 'UNKNOWN_SLUG' });
    await mutate(record, 'upsertTopic', { slug: 'to-come', name: 'Come' });
    expect(await mutate(record, 'recordStatement', input)).toMatchObject({ __typename: 'Statement' });
  });

  test('works with every mutation', async ({ record }) => {
    const slug = await publishStatement(record, 'Keyed', { slug: newSlug() });
    const other = await publishStatement(record, 'Other end', { slug: newSlug() });
    const { citations } = await readDevelopment(record, slug, 'citations { key }');
    const twice = async (name: string, fields: object) => {
      const input = { slug, ...fields, idempotencyKey: name };
      const [first, again] = [await mutate(record, name, input), await mutate(record, name, input)];
      expect(first.code, name).toBeUndefined();
      expect(again, name).toEqual(first);
    };
    await twice('linkDevelopments', { to: other, relation: 'PART_OF' });
    await twice('unlinkDevelopments', { to: other, relation: 'PART_OF' });
    await twice('addCitation', { source: 'source' });
    await twice('assertClaim', { citation: citations[0].key, field: 'OCCURRED', value: '2021' });
    const { claims } = await readDevelopment(record, slug, 'claims { key }');
    await twice('rankClaim', { claim: claims[0].key, rank: 'PREFERRED', reason: 'R' });
    await twice('reviseStatement', { summary: 'S', expectedRevision: 6 });
    await twice('retractDevelopment', { reason: 'R', successor: other });
    expect(await readDevelopment(record, slug, 'revision')).toEqual({ revision: 8 });
    await expectWhole(record);
  });
});
