import { expect } from 'vitest';
import { CITED } from '../../support/example-source.js';
import { describeWithDatabase, publishStatement } from '../../support/fixtures.js';
import { expectWhole, mutate, newSlug, readDevelopment, test, times } from '../../support/writes.js';

describeWithDatabase('concurrent writes', () => {
  test('that revise one development are all applied, one after the other', async ({ record }) => {
    const slug = await publishStatement(record, 'Revised by many', { slug: newSlug() });
    await times(12, (index) => mutate(record, 'reviseStatement', { slug, summary: `Summary ${index}` }));
    const { revision, revisions, summary } = await readDevelopment(
      record,
      slug,
      'revision revisions { nodes { number } } summary',
    );
    expect(revision).toBe(13);
    expect(revisions.nodes).toHaveLength(13);
    expect(summary).toMatch(/^Summary \d+$/);
    await expectWhole(record);
  });

  test('with the same expectedRevision succeed once, and the others get REVISION_CONFLICT', async ({
    record,
  }) => {
    const slug = await publishStatement(record, 'Contested', { slug: newSlug() });
    const results = await times(6, (index) =>
      mutate(record, 'reviseStatement', { slug, summary: `${index}`, expectedRevision: 1 }),
    );
    expect(results.filter(({ __typename }) => __typename === 'Statement')).toHaveLength(1);
    expect(results.filter(({ code }) => code === 'REVISION_CONFLICT')).toHaveLength(5);
  });

  test('with the same new slug succeed once, and the others get SLUG_TAKEN', async ({ record }) => {
    const slug = newSlug();
    const results = await times(6, () =>
      mutate(record, 'recordStatement', {
        slug,
        headline: 'Wanted',
        occurred: '2020',
        publish: true,
        ...CITED,
      }),
    );
    expect(results.filter(({ __typename }) => __typename === 'Statement')).toHaveLength(1);
    expect(results.filter(({ code }) => code === 'SLUG_TAKEN')).toHaveLength(5);
    await expectWhole(record);
  });

  test('with the same headline get different slugs', async ({ record }) => {
    const results = await times(6, () =>
      mutate(
        record,
        'recordStatement',
        { headline: 'Same words', occurred: '2020' },
        '... on Statement { slug }',
      ),
    );
    expect(new Set(results.map(({ slug }) => slug)).size).toBe(6);
    expect(results.every(({ slug }) => slug?.startsWith('same-words'))).toBe(true);
  });

  test('of links in both directions and of events at the same new places cause no deadlock', async ({
    record,
  }) => {
    const slugs = await times(2, () => publishStatement(record, 'Linked', { slug: newSlug() }));
    const cyclic = ['RESPONDS_TO', 'CONTRADICTS'];
    const acyclic = ['PART_OF', 'IMPLEMENTS', 'ANNOUNCES', 'SUPERSEDES'];
    const relations = [...cyclic, ...acyclic];
    const links = await times(12, (index) =>
      mutate(record, 'linkDevelopments', {
        slug: slugs[index % 2],
        to: slugs[(index + 1) % 2],
        relation: relations[Math.floor(index / 2)],
      }),
    );
    // Both directions of an acyclic relation are requested at once, and only one succeeds.
    const refused = (relation: string) =>
      links.filter(({ code }, index) => code && relations[Math.floor(index / 2)] === relation);
    expect(cyclic.flatMap(refused)).toEqual([]);
    for (const relation of acyclic) expect(refused(relation)).toMatchObject([{ code: 'LINK_CYCLE' }]);
    const places = ['A', 'B', 'C', 'D'].map((name) => ({ name, precision: 'REGION' }));
    const events = await times(8, (index) =>
      mutate(record, 'recordEvent', {
        headline: 'There',
        occurred: '2020',
        type: 'TEST',
        publish: true,
        places: index % 2 ? places : [...places].reverse(),
        ...CITED,
      }),
    );
    expect(events.filter(({ code }) => code)).toEqual([]);
    await expectWhole(record);
  });

  test('of actors with the same slug or country code create one', async ({ record }) => {
    const made = await times(6, () =>
      mutate(
        record,
        'upsertActor',
        { slug: 'twin', kind: 'STATE', name: 'Twin', countryCode3: 'TWN' },
        '... on Actor { id }',
      ),
    );
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    const rivals = await times(4, (index) =>
      mutate(record, 'upsertActor', {
        slug: `rival-${index}`,
        kind: 'STATE',
        name: 'Rival',
        countryCode3: 'BRA',
      }),
    );
    expect(rivals.filter(({ __typename }) => __typename === 'Actor')).toHaveLength(1);
    expect(rivals.filter(({ code }) => code === 'INVALID_INPUT')).toHaveLength(3);
    expect(record.logged).toEqual([]);
  });

  test('that are refused leave nothing behind and no gap between those that succeed', async ({ record }) => {
    const before = await record.db.development.count();
    const { result } = await record.data(
      'mutation { result: upsertTopic(input: { slug: "rolled", name: "Rolled" }) { ... on UpsertTopicSuccess { topic { slug } } } }',
    );
    const results = await times(20, (index) =>
      mutate(record, 'recordStatement', {
        headline: 'Perhaps',
        occurred: '2020',
        publish: true,
        idempotencyKey: `perhaps-${index}`,
        topics: [result.topic.slug, ...(index % 2 ? ['nothing-there'] : [])],
        citations: [{ source: index % 3 ? 'source' : 'nothing-there' }],
      }),
    );
    const landed = results.filter(({ __typename }) => __typename === 'Statement').length;
    expect(landed).toBe(6);
    expect(await record.db.development.count()).toBe(before + landed);
    expect(await record.db.idempotencyKey.count({ where: { key: { startsWith: 'perhaps' } } })).toBe(landed);
    await expectWhole(record);
  });
});
