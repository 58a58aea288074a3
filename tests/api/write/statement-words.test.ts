import { expect } from 'vitest';
import { feedHead, toldSince } from '../../support/feed-items.js';
import { describeWithDatabase } from '../../support/fixtures.js';
import type { TestServer } from '../../support/server.js';
import { mutate, newSlug, readDevelopment, test } from '../../support/writes.js';

const TEXTS = Object.entries({
  Cyrillic: 'Это — «наш ответ»: ракеты средней дальности, Ёлки-палки',
  Korean: '우리는 핵무력을 질량적으로 강화할 것이다',
  'Korean in conjoining jamo': '우리는'.normalize('NFD'),
  'Arabic with combining marks': 'لَنْ نَسْمَحَ بِذٰلِكَ أَبَدًا ‏(صواريخ)‏ اليوم',
  'Persian with zero-width non-joiners': 'نمی‌خواهیم موشک‌ها',
  'Hebrew among Latin': 'the words \u2067שלום\u2069 and (1) after',
  emoji: '🇺🇦 👩🏽‍🚀🚀 1️⃣ 👨‍👩‍👧‍👦',
  'composed letters': 'Łódź, Kraków, École'.normalize('NFC'),
  'decomposed letters': 'Łódź, Kraków, École'.normalize('NFD'),
  'line and paragraph separators': 'one\u2028two\u2029three\u0085four\r\nfive\rsix',
  'white space within': 'some \t\u00a0\u3000words\u2009\ufeff \n\nafter it',
  'control characters': 'bell\u0007 escape\u001b delete\u007f byte order\ufffe',
  'letters beyond the Basic Multilingual Plane': '𐍈 𠮷野家 𝔖',
  'text that looks like markup': '\\u0041 \\n &amp; <b>"quoted"</b> $1 %s \'; DROP TABLE revision; --',
  'compatibility forms': 'ﬁ Ⅳ ① ㎞ ﷺ',
});

/** The bytes of a text, so that texts that look alike differ. */
const bytes = (text: string | null | undefined) => (text == null ? text : Buffer.from(text).toString('hex'));

const record = (server: TestServer, input: object, fields = 'slug') =>
  mutate(
    server,
    'recordStatement',
    {
      slug: newSlug(),
      headline: 'Said',
      occurred: '2019',
      publish: true,
      citations: [{ source: 'source' }],
      ...input,
    },
    `... on Statement { ${fields} }`,
  );

const revise = (server: TestServer, slug: string, input: object, fields = 'revision') =>
  mutate(server, 'reviseStatement', { slug, ...input }, `... on Statement { ${fields} }`);

const WORDS = 'headline quotation translation attribution setting speakers { capacity }';

describeWithDatabase('the texts of a statement', () => {
  test.for(TEXTS)(
    'are stored byte for byte with %s: when read, in claims, in the feed and with asOf',
    async ([, text], { record: server }) => {
      const start = await feedHead(server);
      const claims = [{ field: 'QUOTATION', value: text, rank: 'PREFERRED', note: text }];
      const made = await record(
        server,
        {
          ...{ headline: text, summary: text, quotation: text, translation: text },
          ...{ translator: text, attribution: text, setting: text },
          participants: [{ actor: 'speaker', role: 'SPEAKER', capacity: text }],
          citations: [{ source: 'source', locator: text, excerpt: text, claims }],
        },
        'slug',
      );
      expect(made.message).toBeUndefined();
      const fields = `${WORDS} summary translator`;
      const shown = { citations: 'citations { locator excerpt claims { value note } }' };
      const all = `... on Statement { ${fields} ${shown.citations} }`;
      const now = await feedHead(server);
      const other = { quotation: 'Else', headline: 'Else', citations: [{ source: 'source' }] };
      const read = await readDevelopment(server, made.slug, all);
      const [told] = await toldSince(server, start, all);
      expect(await revise(server, made.slug, other)).toMatchObject({ revision: 2 });
      const { before } = await server.data(
        `query ($at: Cursor!) { before: development(slug: "${made.slug}", asOf: { cursor: $at }) { ${all} } }`,
        { at: now },
      );
      const { revisions } = await readDevelopment(
        server,
        made.slug,
        'revisions { nodes { changes { field before } } }',
      );

      for (const statement of [read, told?.development, before]) {
        const { citations, speakers, ...texts } = statement;
        const [
          {
            claims: [claim],
            ...citation
          },
        ] = citations;
        for (const [name, value] of Object.entries({ ...texts, ...citation, ...claim, ...speakers[0] })) {
          expect(bytes(value as string), name).toBe(bytes(text));
        }
      }
      const changes: { field: string; before: string }[] = revisions.nodes[0].changes;
      const quotation = changes.find(({ field }) => field === 'quotation');
      expect(bytes(quotation?.before)).toBe(bytes(text));
    },
  );

  test('are trimmed, and then compared', async ({ record: server }) => {
    const [text, padded] = ['Some words', ' \t\u00a0\u3000\u200fSome words\u2009\ufeff\u200e \n\n'];
    const claims = [{ field: 'QUOTATION', value: padded, rank: 'PREFERRED', note: padded }];
    const made = await record(
      server,
      {
        ...{ headline: padded, summary: padded, quotation: text, translation: padded },
        citations: [{ source: 'source', excerpt: padded, claims }],
      },
      'slug headline summary quotation translation citations { excerpt claims { value note } }',
    );
    expect(made).toMatchObject({
      slug: made.slug,
      ...{ headline: text, summary: text, quotation: text, translation: text },
      citations: [{ excerpt: text, claims: [{ value: text, note: text }] }],
    });
    expect(await revise(server, made.slug, { quotation: padded })).toMatchObject({ revision: 1 });
  });

  test('that differ only in their bytes are different', async ({ record: server }) => {
    const [nfc, nfd] = ['Łódź'.normalize('NFC'), 'Łódź'.normalize('NFD')];
    const claims = [
      { field: 'QUOTATION', value: nfc },
      { field: 'QUOTATION', value: nfd },
    ];
    const citations = [{ source: 'source', claims }];
    const made = await record(server, { quotation: nfc, citations }, 'slug disputes { values { value } }');
    expect(made.disputes[0].values.map(({ value }: { value: string }) => bytes(value))).toEqual([
      bytes(nfc),
      bytes(nfd),
    ]);
    expect(await revise(server, made.slug, { quotation: nfd })).toMatchObject({ revision: 2 });
  });

  test('are stored up to 100,000 characters, and refused beyond', async ({ record: server }) => {
    const text = 'Ж'.repeat(100_000);
    const { quotation } = await record(server, { quotation: text }, 'quotation');
    expect(quotation === text).toBe(true);
    expect(await record(server, { quotation: `${text}!` })).toMatchObject({
      message: expect.stringContaining('quotation: Expected at most 100000 characters; got 100001.'),
    });
  });

  test('are returned with their language and script, the setting and the translator', async ({
    record: server,
  }) => {
    const words = {
      ...{ originalLanguage: 'sr-Latn', originalScript: 'Latn', quotation: 'Reči', setting: 'Interview' },
      ...{ translation: 'Words', translator: 'An agency' },
    };
    const fields = Object.keys(words).join(' ');
    const made = await record(server, words, `slug speech ${fields}`);
    expect(made).toMatchObject({ ...words, speech: 'QUOTED' });
    expect(await readDevelopment(server, made.slug, `... on Statement { ${fields} }`)).toEqual(words);
  });

  test.for([
    [{ originalScript: 'Cyrillic' }, 'originalScript: Expected an ISO 15924 code such as "Cyrl"'],
    [{ originalScript: 'cyrl' }, 'originalScript: Expected an ISO 15924 code such as "Cyrl"'],
    [{ originalLanguage: 'Russian' }, 'originalLanguage: Expected a language tag'],
    [{ translator: 'An agency' }, 'translator: Expected a translation if there is a translator'],
    [{ translator: 'An agency', quotation: 'Слова' }, 'translator: Expected a translation'],
    [{ quotation: ' \n' }, 'quotation: Expected text; got only white space.'],
    [{ quotation: 'a\u0000b' }, 'quotation: Expected Unicode text without NUL'],
  ] as const)('are refused with %j', async ([input, message], { record: server }) => {
    expect(await record(server, input)).toMatchObject({
      ...{ code: 'INVALID_INPUT', message: expect.stringContaining(message) },
    });
  });

  test('keep a translator only together with a translation', async ({ record: server }) => {
    const { slug } = await record(server, { translation: 'Words', translator: 'An agency' });
    expect(await revise(server, slug, { translation: null })).toMatchObject({
      message: expect.stringContaining('translator: Expected a translation if there is a translator'),
    });
    const fields = 'translation translator speech';
    expect(await revise(server, slug, { translation: null, translator: null }, fields)).toMatchObject({
      ...{ translation: null, translator: null, speech: 'REPORTED' },
    });
  });

  test.for([
    [{}, 'REPORTED'],
    [{ summary: '“Words,” as the report has it', setting: 'Interview' }, 'REPORTED'],
    [{ quotation: 'Слова' }, 'QUOTED'],
    [{ translation: 'Words' }, 'QUOTED'],
    [{ quotation: 'Слова', translation: 'Words' }, 'QUOTED'],
  ] as const)('with %j are %s speech', async ([input, speech], { record: server }) => {
    expect(await record(server, input, 'speech')).toMatchObject({ speech });
  });
});

describeWithDatabase('the speakers of a statement', () => {
  test('are listed in order, each with the office held at the time', async ({ record: server }) => {
    await mutate(server, 'upsertActor', { slug: 'second', kind: 'PERSON', name: 'Second' });
    const speaker = (actor: string, capacity: string | null) => ({ actor, role: 'SPEAKER', capacity });
    const participants = [
      speaker('second', 'Minister of Defence'),
      { actor: 'state', role: 'ON_BEHALF_OF' },
      speaker('speaker', 'Министр'),
      { actor: 'speaker', role: 'ADDRESSEE', capacity: 'Guest' },
      speaker('state', null),
    ];
    const fields = 'speakers { role capacity actor { slug } }';
    const said = ({ actor, capacity }: { actor: string; capacity: string | null }) => ({
      ...{ role: 'SPEAKER', capacity, actor: { slug: actor } },
    });
    const made = await record(server, { participants }, `slug ${fields}`);
    const order = [
      speaker('second', 'Minister of Defence'),
      speaker('speaker', 'Министр'),
      speaker('state', null),
    ];
    expect(made.speakers).toEqual(order.map(said));

    const later = await record(server, { participants: [speaker('second', 'President')] }, fields);
    expect(later.speakers).toEqual([said(speaker('second', 'President'))]);
    expect(await readDevelopment(server, made.slug, `... on Statement { ${fields} }`)).toEqual({
      speakers: made.speakers,
    });
    const { developments } = await server.data(
      'query ($filter: DevelopmentFilter) { developments(filter: $filter) { totalCount } }',
      { filter: { participant: { actor: 'second', role: ['SPEAKER'] } } },
    );
    expect(developments.totalCount).toBe(2);
  });

  test('are empty if nobody is named, and attribution describes them', async ({ record: server }) => {
    expect(
      await record(server, { attribution: 'unnamed analysts' }, 'attribution speakers { role }'),
    ).toMatchObject({ attribution: 'unnamed analysts', speakers: [] });
  });

  test('can be named only once each', async ({ record: server }) => {
    const participants = [
      { actor: 'speaker', role: 'SPEAKER' },
      { actor: 'speaker', role: 'SPEAKER', capacity: 'Minister' },
    ];
    expect(await record(server, { participants })).toMatchObject({
      message: expect.stringContaining('participants.1: Expected each actor once in a role'),
    });
  });
});
