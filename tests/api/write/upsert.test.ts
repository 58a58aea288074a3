import { expect } from 'vitest';
import { describeWithDatabase } from '../../support/fixtures.js';
import { mutate, test, times } from '../../support/writes.js';

describeWithDatabase('references', () => {
  test.for<[string, object, string, object]>([
    [
      'Actor',
      {
        slug: 'x',
        kind: 'STATE',
        name: 'X',
        description: 'D',
        countryCode: 'XK',
        countryCode3: 'XKX',
        wikidataId: 'Q1',
        names: [{ name: 'Ы', language: 'ru' }],
      },
      'name description countryCode countryCode3 wikidataId names { name language }',
      { name: 'Y', kind: 'STATE', description: null, names: null },
    ],
    [
      'Source',
      {
        slug: 'x',
        title: 'X',
        publisher: 'P',
        url: 'https://example.org/ы?q=1',
        language: 'en',
        reliability: 'B',
        published: '2019-02',
        retrievedAt: '2020-01-01T01:00:00+01:00',
        wikidataId: 'Q2',
        names: [{ name: 'Ы', language: 'ru' }],
      },
      'title publisher url language reliability published { edtf } retrievedAt wikidataId names { name language }',
      { title: 'Y', url: null, published: null, retrievedAt: null, names: null },
    ],
    [
      'Treaty',
      {
        slug: 'x',
        name: 'X',
        abbreviation: 'XT',
        summary: 'S',
        parties: ['state', 'speaker'],
        states: [
          { state: 'IN_FORCE', since: '1988', note: 'N' },
          { state: 'SIGNED', since: '1987' },
        ],
      },
      'name abbreviation summary parties { slug } states { state note since { edtf } }',
      { name: 'Y', summary: null, parties: null, states: null },
    ],
    [
      'WeaponSystem',
      {
        slug: 'x',
        name: 'X',
        summary: 'S',
        classes: ['OTHER'],
        delivery: ['SEA', 'AIR'],
        rangeMinKm: 0,
        rangeMaxKm: 5,
        aliases: [{ name: 'A', source: 'source' }],
      },
      'name summary classes delivery rangeMinKm rangeMaxKm aliases { name source { slug } }',
      { name: 'Y', rangeMinKm: null, classes: null, aliases: null },
    ],
    [
      'Doctrine',
      { slug: 'x', name: 'X', summary: 'S', actor: 'state' },
      'name summary actor { slug }',
      { name: 'Y', summary: null, actor: null },
    ],
    [
      'Topic',
      {
        slug: 'x',
        name: 'X',
        description: 'D',
        wikidataId: 'Q3',
        names: [{ name: 'Ы', language: 'ru' }],
      },
      'name description wikidataId names { name language }',
      { name: 'Y', description: null, wikidataId: null, names: null },
    ],
  ])(
    'upsert%s creates and updates: omitted fields stay, null clears them',
    async ([type, input, fields, changes], { record }) => {
      const name = `upsert${type}`;
      const all = `... on ${type} { slug ${fields} }`;
      const made = await mutate(record, name, input, all);
      expect(made).toMatchObject({ __typename: type, slug: 'x' });
      for (const field of fields.match(/\b\w+(?= |$)/g) ?? [])
        if (field in made) expect(made[field], field).not.toBeNull();
      const changed = await mutate(
        record,
        name,
        { slug: 'x', ...(type === 'Actor' ? { kind: 'STATE' } : {}), ...changes },
        all,
      );
      const emptied = Object.fromEntries(
        Object.entries(changes)
          .filter(([, value]) => value === null)
          .map(([field]) => [field, Array.isArray(made[field]) ? [] : null]),
      );
      const { kind: _, ...own } = { kind: '', ...changes };
      expect(changed).toEqual({ ...made, ...own, ...emptied });
    },
  );

  test('change only at the expected revision, and the conflict shows their version', async ({ record }) => {
    const conflict = `... on RevisionConflictError {
      expected current changedFields changes { field before after } development { slug }
      reference { ... on Source { title reliability revision } }
    }`;
    const source = { slug: 'seen', title: 'Seen' };
    const save = (more: object) =>
      mutate(record, 'upsertSource', { ...source, ...more }, 'revision', conflict);
    expect(await save({ expectedRevision: 0, reliability: 'C' })).toMatchObject({ revision: 1 });
    expect(await save({ expectedRevision: 0 })).toMatchObject({ code: 'REVISION_CONFLICT', current: 1 });
    expect(await save({ expectedRevision: 1, reliability: 'B', reason: 'It was right.' })).toMatchObject({
      revision: 2,
    });
    expect(await save({ expectedRevision: 1, title: 'Mine' })).toEqual({
      ...{ __typename: 'RevisionConflictError', code: 'REVISION_CONFLICT', message: expect.any(String) },
      ...{ expected: 1, current: 2, development: null },
      changedFields: ['reliability'],
      changes: [{ field: 'reliability', before: 'C', after: 'B' }],
      reference: { title: 'Seen', reliability: 'B', revision: 2 },
    });
    const { it } = await record.data(
      '{ it: source(slug: "seen") { revision revisions { nodes { number reason } } } }',
    );
    expect(it).toEqual({
      revision: 2,
      revisions: {
        nodes: [
          { number: 2, reason: 'It was right.' },
          { number: 1, reason: null },
        ],
      },
    });
  });

  test('are created once by concurrent editors who expect none', async ({ record }) => {
    const results = await times(8, (name) =>
      mutate(record, 'upsertTopic', { slug: 'raced', name: `Name ${name}`, expectedRevision: 0 }, 'revision'),
    );
    expect(results.filter(({ revision }) => revision === 1)).toHaveLength(1);
    expect(results.filter(({ code }) => code === 'REVISION_CONFLICT')).toHaveLength(7);
  });

  test('return the first result to a repeated request, whatever was expected', async ({ record }) => {
    const input = { slug: 'repeated', name: 'Repeated', expectedRevision: 0, idempotencyKey: 'repeated' };
    expect(await mutate(record, 'upsertTopic', input, 'revision')).toMatchObject({ revision: 1 });
    expect(await mutate(record, 'upsertTopic', input, 'revision')).toMatchObject({ revision: 1 });
    const other = await mutate(record, 'upsertTopic', { ...input, expectedRevision: 1 });
    expect(other).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  test('a weapon system of which only the name is known has empty lists', async ({ record }) => {
    await mutate(record, 'upsertWeaponSystem', { slug: 'named', name: 'Named' }, '__typename');
    const { weaponSystem } = await record.data(
      '{ weaponSystem(slug: "named") { classes delivery aliases { name } } }',
    );
    expect(weaponSystem).toEqual({ classes: [], delivery: [], aliases: [] });
  });
});
