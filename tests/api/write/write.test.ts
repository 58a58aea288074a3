import { expect } from 'vitest';
import { describeWithDatabase, publishStatement } from '../../support/fixtures.js';
import { mutate, newSlug, readDevelopment, test } from '../../support/writes.js';

const COMMON = {
  headline: 'A headline',
  summary: 'A summary',
  occurred: '2019-02-01/2019-08-02',
  confidence: 'HIGH',
  confidenceReason: 'Seen by many',
  participants: [
    { actor: 'speaker', role: 'SPEAKER', capacity: 'Minister' },
    { actor: 'state', role: 'ON_BEHALF_OF' },
  ],
  topics: ['topic', 'topic'],
  treaties: ['treaty'],
  weaponSystems: ['system'],
  doctrines: ['doctrine'],
  citations: [
    {
      source: 'source',
      locator: 'p. 1',
      excerpt: 'words',
      language: 'en',
      credibility: 2,
      claims: [{ field: 'OCCURRED', value: '2019' }],
    },
  ],
};
const COMMON_FIELDS = `headline summary confidence confidenceReason derivedConfidence occurred { edtf } participants { role capacity actor { slug } } topics { slug } treaties { slug }
  weaponSystems { slug } doctrines { slug } citations { locator excerpt language credibility stance source { slug } claims { field value rank } }`;
const COMMON_READ = {
  headline: 'A headline',
  confidence: 'HIGH',
  confidenceReason: 'Seen by many',
  derivedConfidence: 'LOW',
  occurred: { edtf: '2019-02-01/2019-08-02' },
  participants: [
    { role: 'SPEAKER', capacity: 'Minister', actor: { slug: 'speaker' } },
    { role: 'ON_BEHALF_OF', capacity: null, actor: { slug: 'state' } },
  ],
  topics: [{ slug: 'topic' }],
  treaties: [{ slug: 'treaty' }],
  weaponSystems: [{ slug: 'system' }],
  doctrines: [{ slug: 'doctrine' }],
  citations: [
    {
      locator: 'p. 1',
      excerpt: 'words',
      language: 'en',
      credibility: 2,
      stance: 'SUPPORTS',
      source: { slug: 'source' },
      claims: [{ field: 'OCCURRED', value: '2019', rank: 'NORMAL' }],
    },
  ],
};
const WORDS = {
  attribution: 'nobody',
  setting: 'Interview',
  originalLanguage: 'ru',
  originalScript: 'Cyrl',
  quotation: '«Слова»\n«Ещё»',
  translation: 'Words',
  translator: 'An agency',
};
const KINDS = [
  {
    kind: 'Event',
    input: {
      type: 'TEST',
      places: [{ name: 'Site', countryCode: 'RU', latitude: 48.5, longitude: 45.7, precision: 'EXACT' }],
      quantities: [{ name: 'missiles', low: 0.5, best: 1, high: 1e15 }],
    },
    fields: 'type places { name latitude } quantities { name unit low best high }',
    read: {
      type: 'TEST',
      places: [{ name: 'Site', latitude: 48.5 }],
      quantities: [{ name: 'missiles', unit: null, low: 0.5, best: 1, high: 1e15 }],
    },
    emptied: { places: [], quantities: [], type: 'TEST' },
  },
  {
    kind: 'Statement',
    input: WORDS,
    fields: `${Object.keys(WORDS).join(' ')} speech`,
    read: { ...WORDS, speech: 'QUOTED' },
    emptied: Object.fromEntries(Object.keys(WORDS).map((field) => [field, null])),
  },
  {
    kind: 'DoctrineChange',
    input: { doctrine: 'doctrine', changeType: 'AMENDED', before: 'This', after: 'That', effective: '2020~' },
    fields: 'changeType before after effective { edtf } doctrine { slug }',
    read: {
      changeType: 'AMENDED',
      before: 'This',
      after: 'That',
      effective: { edtf: '2020~' },
      doctrine: { slug: 'doctrine' },
    },
    emptied: { before: null, after: null, effective: null, doctrine: { slug: 'doctrine' } },
  },
];
const LISTS = ['participants', 'topics', 'treaties', 'weaponSystems', 'doctrines', 'citations'];

describeWithDatabase('recording and revising', () => {
  test.for(KINDS)(
    '$kind stores the given fields; a revision keeps omitted ones, and null clears them',
    async ({ kind, input, fields, read: own, emptied }, { record }) => {
      const slug = newSlug();
      const all = `... on ${kind} { slug status revision ${COMMON_FIELDS} ${fields} }`;
      const recorded = await mutate(record, `record${kind}`, { slug, ...COMMON, ...input }, all);
      expect(recorded).toMatchObject({
        __typename: kind,
        slug,
        status: 'DRAFT',
        revision: 1,
        ...COMMON_READ,
        ...own,
      });

      const revised = await mutate(record, `revise${kind}`, { slug, summary: 'Another' }, all);
      expect(revised).toEqual({ ...recorded, summary: 'Another', revision: 2 });

      const nulls = Object.fromEntries(
        [...LISTS, 'summary', ...Object.keys(emptied)].map((field) => [field, null]),
      );
      for (const key of ['type', 'doctrine']) delete nulls[key];
      const empty = await mutate(record, `revise${kind}`, { slug, ...nulls }, all);
      expect(empty).toMatchObject({
        headline: 'A headline',
        summary: '',
        ...Object.fromEntries(LISTS.map((list) => [list, []])),
        ...emptied,
      });

      // An empty summary is what is read for none.
      const again = await mutate(record, `revise${kind}`, { slug, summary: '' }, all);
      expect(again).toEqual(empty);

      const { revisions } = await readDevelopment(
        record,
        slug,
        'revisions { nodes { number changedFields editor reason status } }',
      );
      expect(revisions.nodes.map(({ number }: { number: number }) => number)).toEqual([3, 2, 1]);
      expect(revisions.nodes[1]).toEqual({
        number: 2,
        changedFields: ['summary'],
        editor: 'ADMIN_TOKEN',
        reason: null,
        status: 'DRAFT',
      });
      expect(revisions.nodes[0].changedFields).toEqual([...revisions.nodes[0].changedFields].sort());
      expect(revisions.nodes[0].changedFields).toEqual(
        expect.arrayContaining([...LISTS, 'claims', 'summary']),
      );
      expect(revisions.nodes[2].changedFields).toEqual(
        expect.arrayContaining([...LISTS, 'headline', 'occurred', 'slug']),
      );
      expect(revisions.nodes[2].changedFields.join()).not.toMatch(/Ids?\b|links|externalIds/);
    },
  );

  test('a slug is generated from the headline if none is given, and is unique', async ({ record }) => {
    const input = { headline: 'Überraschung: Łódź & the "2nd" test!', occurred: '2020' };
    const made = [];
    for (let time = 0; time < 2; time += 1)
      made.push((await mutate(record, 'recordStatement', input, '... on Statement { slug }')).slug);
    expect(made[0]).toMatch(/^ueberraschung-lodz-and-the-2nd-test$/);
    expect(made[1]).toMatch(/^ueberraschung-lodz-and-the-2nd-test-[0-9a-f]{8}$/);
  });

  test('a revision that changes nothing is not recorded', async ({ record }) => {
    const slug = await publishStatement(record, 'As it is', { slug: newSlug() });
    expect(
      await mutate(
        record,
        'reviseStatement',
        { slug, headline: 'As it is' },
        '... on Statement { revision }',
      ),
    ).toMatchObject({ revision: 1 });
  });
});
