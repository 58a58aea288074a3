import { describe, expect, test } from 'vitest';
import { readFeed } from '../../../src/intake/watch/feed-document.js';
import { UnreadableFeedError } from '../../../src/intake/watch/unreadable-feed.js';

const AT = 'https://news.example/feed';
const LONG = `<p>The minister said that the moratorium ends.</p>${'<p>Analysts gave other dates.</p>'.repeat(20)}`;
const read = async (text: string | Buffer, type = 'application/xml') => readFeed(Buffer.from(text), type, AT);

const RSS = `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
  <title>News &amp; views</title><language>en-gb</language>
  <item><title>One &lt;b&gt;thing&lt;/b&gt;</title><link>/one</link><guid isPermaLink="false">1</guid>
    <pubDate>Mon, 01 Dec 2025 08:00:00 GMT</pubDate><description>Short.</description>
    <content:encoded><![CDATA[${LONG}]]></content:encoded></item>
  <item><guid>https://news.example/two</guid><description>Only a summary.</description></item></channel></rss>`;
const ATOM = `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ru"><title>T</title><id>i</id>
  <entry><id>urn:1</id><title>Один</title><link rel="self" href="/self"/><link href="/one"/>
  <updated>2025-12-01T08:00:00+03:00</updated><summary>Кратко</summary></entry></feed>`;
const RDF = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
  xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>T</title></channel>
  <item rdf:about="https://news.example/one"><title>One</title><link>https://news.example/one</link>
  <dc:date>2025-12-01</dc:date></item></rdf:RDF>`;
const JSON_FEED = JSON.stringify({
  ...{ version: 'https://jsonfeed.org/version/1.1', title: 'T', language: 'de' },
  items: [
    {
      id: '1',
      url: 'https://news.example/one',
      title: 'Eins',
      content_html: LONG,
      date_published: '2025-12-01',
    },
  ],
});

describe('a feed', () => {
  test('of RSS 2.0 is read', async () => {
    const { title, entries } = await read(RSS);
    expect(title).toBe('News & views');
    expect(entries).toMatchObject([
      { url: 'https://news.example/one', title: 'One thing', language: 'en-gb', summary: 'Short.' },
      { url: 'https://news.example/two', title: '', text: null, summary: 'Only a summary.' },
    ]);
    expect(entries[0]?.publishedAt).toEqual(new Date('2025-12-01T08:00:00Z'));
    expect(entries[0]?.text).toMatch(/^The minister said that the moratorium ends\.\n\nAnalysts/);
  });

  test('of Atom is read', async () => {
    expect((await read(ATOM)).entries).toMatchObject([
      {
        url: 'https://news.example/one',
        title: 'Один',
        language: 'ru',
        publishedAt: new Date('2025-12-01T05:00:00Z'),
      },
    ]);
  });

  test('of RSS 1.0 is read', async () => {
    expect((await read(RDF)).entries).toMatchObject([
      { url: 'https://news.example/one', title: 'One', text: null },
    ]);
  });

  test('of JSON Feed is read', async () => {
    const [entry] = (await read(JSON_FEED, 'application/feed+json')).entries;
    expect(entry).toMatchObject({ url: 'https://news.example/one', title: 'Eins', language: 'de' });
    expect(entry?.text).toContain('Analysts gave other dates.');
  });

  test('is decoded by its declaration, its header or its mark', async () => {
    const text = ATOM.replace('<feed', '<?xml version="1.0" encoding="windows-1251"?><feed');
    const bytes = Buffer.from([...text].map((letter) => code1251(letter)));
    expect((await read(bytes)).entries[0]?.title).toBe('Один');
    expect((await read(Buffer.from(`\ufeff${ATOM}`, 'utf16le'))).entries[0]?.title).toBe('Один');
  });

  test('keeps the key of a changed item, and gives it another hash', async () => {
    const [before] = (await read(RSS)).entries;
    const [after] = (await read(RSS.replace('the moratorium ends', 'the moratorium has ended'))).entries;
    expect(after?.key).toBe(before?.key);
    expect(after?.hash).not.toBe(before?.hash);
  });

  test('gives no time that lies far ahead or cannot be read', async () => {
    for (const date of ['soon', 'Fri, 01 Dec 2250 08:00:00 GMT', '']) {
      expect((await read(RSS.replace(/Mon, 01.*GMT/, date))).entries[0]?.publishedAt).toBeNull();
    }
  });

  test('has at most 500 items', async () => {
    const items = '<item><title>x</title><link>https://news.example/x</link></item>'.repeat(5_000);
    expect(
      (await read(`<rss version="2.0"><channel><title>T</title>${items}</channel></rss>`)).entries,
    ).toHaveLength(500);
  });
});

const ENTITIES = '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">';

describe('is refused', () => {
  test.each([
    [
      'entities that multiply',
      `<?xml version="1.0"?><!DOCTYPE x [${ENTITIES}]>${RSS.slice(21)}`,
      /document type/,
    ],
    [
      'an entity of a file',
      `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>${RSS.slice(21)}`,
      /document type/,
    ],
    ['a page of HTML', '<!doctype html><html><body>Not found</body></html>', /document type/],
    [
      'a page without a document type',
      '<html><body>Not found</body></html>',
      /a page of HTML \(text\/html\)/,
    ],
    ['broken XML', '<rss version="2.0"><channel><title>abc<item>', /is no RSS, Atom or JSON Feed/],
    ['broken JSON', '{"version":"https://jsonfeed.org/version/1.1","items":[', /is no RSS/],
    ['an empty document', '', /is no RSS/],
    ['bytes', '\u0000\u0001\u0002', /is no RSS/],
    ['elements nested without end', `<rss version="2.0"><channel>${'<a>'.repeat(200_000)}`, /is no RSS/],
  ])('%s', async (_, text, message) => {
    const attempt = () => read(text, 'text/html');
    await expect(attempt()).rejects.toBeInstanceOf(UnreadableFeedError);
    await expect(attempt()).rejects.toThrow(message);
  });
});

/** Windows-1251 for the letters of the fixture. */
function code1251(letter: string): number {
  const code = letter.codePointAt(0) ?? 0;
  return code < 0x80 ? code : code - 0x410 + 0xc0;
}
