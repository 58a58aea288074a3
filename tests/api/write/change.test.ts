import { expect } from 'vitest';
import { describeWithDatabase, publishStatement } from '../../support/fixtures.js';
import { mutate, newSlug, readDevelopment, test } from '../../support/writes.js';

/** A well-formed id that nothing in the record has. */
const ID = '0197f0c4-6a1e-7c3b-9d52-0e8f6a7b1c2d';

describeWithDatabase('the life cycle of a development', () => {
  test('goes from draft to published to retracted, and in no other order', async ({ record }) => {
    const slug = newSlug();
    const change = (name: string, more = {}) => mutate(record, name, { slug, reason: 'Because', ...more });
    await mutate(record, 'recordStatement', { slug, headline: 'Draft', occurred: '2020' });
    expect(await change('retractDevelopment')).toMatchObject({
      __typename: 'WrongStatusError',
      message: expect.stringContaining(`"${slug}" is DRAFT; expected PUBLISHED`),
    });
    expect(await change('publishDevelopment')).toMatchObject({
      __typename: 'CitationRequiredError',
      code: 'CITATION_REQUIRED',
      message: expect.stringContaining(`"${slug}" would have none`),
    });
    expect(await change('addCitation', { source: 'source' })).toMatchObject({ revision: 2 });
    expect(await change('publishDevelopment')).toMatchObject({ status: 'PUBLISHED', revision: 3 });
    expect(await change('publishDevelopment')).toMatchObject({ code: 'WRONG_STATUS' });
    expect(await change('reviseStatement', { citations: [] })).toMatchObject({ code: 'CITATION_REQUIRED' });
    expect(await change('addCitation', { source: 'source' })).toMatchObject({ revision: 4 });
    expect(await change('retractDevelopment')).toMatchObject({ status: 'RETRACTED', revision: 5 });
    for (const [name, more] of [
      ['retractDevelopment', {}],
      ['publishDevelopment', {}],
      ['reviseStatement', {}],
      ['addCitation', { source: 'source' }],
      ['assertClaim', { citation: ID, field: 'OCCURRED', value: '2020' }],
      ['rankClaim', { claim: ID, rank: 'PREFERRED' }],
      ['linkDevelopments', { to: slug, relation: 'PART_OF' }],
      ['unlinkDevelopments', { to: slug, relation: 'PART_OF' }],
    ] as const) {
      expect(await change(name, more), name).toMatchObject({ code: 'WRONG_STATUS' });
    }
    const { status, revisions } = await readDevelopment(
      record,
      slug,
      'status revisions { nodes { status reason changedFields } }',
    );
    expect(status).toBe('RETRACTED');
    expect(revisions.nodes[0]).toEqual({ status: 'RETRACTED', reason: 'Because', changedFields: [] });
  });

  test('retracts no two in favour of each other, nor a ring, even at once', async ({ record }) => {
    const retract = (slug: string, successor: string) =>
      mutate(record, 'retractDevelopment', { slug, reason: 'Twice', successor });
    const publish = async (count: number) => {
      const slugs = Array.from({ length: count }, newSlug);
      for (const slug of slugs) await publishStatement(record, 'One', { slug });
      return slugs;
    };
    for (const size of [...Array<number>(12).fill(2), 5]) {
      const ring = await publish(size);
      const results = await Promise.all(
        ring.map((slug, index) => retract(slug, ring[(index + 1) % size] ?? '')),
      );
      const refused = results.filter(({ code }) => code === 'INVALID_INPUT');
      expect(refused.length).toBeGreaterThan(0);
      for (const { message } of refused)
        expect(message).toMatch(/successor: Expected a development that is PUBLISHED/);
      expect(results.filter(({ status }) => status === 'RETRACTED')).toHaveLength(size - refused.length);
    }
    const [one = '', other = ''] = await publish(2);
    expect(await retract(one, other)).toMatchObject({ status: 'RETRACTED' });
    expect(await retract(other, one)).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining(
        `successor: Expected a development that is PUBLISHED; "${one}" is RETRACTED`,
      ),
    });
  });

  test('expectedRevision keeps every mutation from overwriting a revision that the caller has not seen', async ({
    record,
  }) => {
    const slug = await publishStatement(record, 'One', { slug: newSlug() });
    await mutate(record, 'reviseStatement', { slug, headline: 'Two', expectedRevision: 1 });
    for (const [name, more] of [
      ['reviseStatement', { headline: 'Three' }],
      ['retractDevelopment', { reason: 'x' }],
      ['publishDevelopment', {}],
      ['addCitation', { source: 'source' }],
      ['assertClaim', { citation: ID, field: 'OCCURRED', value: '2020' }],
      ['rankClaim', { claim: ID, rank: 'PREFERRED', reason: 'x' }],
      ['linkDevelopments', { to: 'x', relation: 'PART_OF' }],
      ['unlinkDevelopments', { to: 'x', relation: 'PART_OF' }],
    ] as const) {
      const refused = await mutate(record, name, { slug, expectedRevision: 1, ...more });
      expect(refused, name).toMatchObject({
        __typename: 'RevisionConflictError',
        code: 'REVISION_CONFLICT',
        message: expect.stringContaining('is at revision 2, not 1'),
      });
    }
    expect(await readDevelopment(record, slug, 'headline revision')).toEqual({
      headline: 'Two',
      revision: 2,
    });
  });

  test('links are visible from both ends, and unique for each relation', async ({ record }) => {
    const [from, to] = [
      await publishStatement(record, 'From', { slug: newSlug() }),
      await publishStatement(record, 'To', { slug: newSlug() }),
    ];
    const link = { slug: from, to, relation: 'IMPLEMENTS', note: 'A note' };
    expect(await mutate(record, 'linkDevelopments', link)).toMatchObject({ revision: 2 });
    expect(await mutate(record, 'linkDevelopments', link)).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('already'),
    });
    expect(await readDevelopment(record, to, 'revision links { note relation from { slug } }')).toEqual({
      revision: 1,
      links: [{ note: 'A note', relation: 'IMPLEMENTS', from: { slug: from } }],
    });
  });

  test('claims that disagree make it disputed until one is deprecated', async ({ record }) => {
    const slug = await publishStatement(record, 'Disputed', { slug: newSlug() });
    const claim = (value: string) =>
      mutate(
        record,
        'addCitation',
        { slug, source: 'source', claims: [{ field: 'OCCURRED', value }] },
        'disputed',
      );
    expect(await claim('2019')).toMatchObject({ disputed: false });
    expect(await claim('2019')).toMatchObject({ disputed: false });
    expect(await claim('2020')).toMatchObject({ disputed: true });
    const citations = [
      {
        source: 'source',
        claims: [
          { field: 'OCCURRED', value: '2019' },
          { field: 'OCCURRED', value: '2020', rank: 'DEPRECATED' },
        ],
      },
    ];
    expect(
      await mutate(record, 'reviseStatement', { slug, citations }, '... on Statement { disputed }'),
    ).toMatchObject({ disputed: false });
  });
});
