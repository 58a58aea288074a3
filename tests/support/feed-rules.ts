import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { expect } from 'vitest';

type Node = any;

const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;
const MEDIA_TYPE = /^[a-z]+\/[a-z0-9.+-]+$/;
const LISTS = [
  'entry',
  'link',
  'category',
  'author',
  'content',
  'summary',
  'title',
  'id',
  'updated',
  'published',
];

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  isArray: (name) => LISTS.includes(name),
  parseTagValue: false,
  processEntities: true,
});

const one = (node: Node, name: string): any => {
  expect(node[name], `exactly one ${name}`).toHaveLength(1);
  return node[name][0];
};
const atMostOne = (node: Node, name: string) =>
  expect(node[name]?.length ?? 0, `at most one ${name}`).toBeLessThan(2);
const textOf = (node: any): string => (typeof node === 'string' ? node : (node?.['#text'] ?? ''));
const expectIri = (text: string) => expect(URL.canParse(text), `an absolute IRI: ${text}`).toBe(true);

/** Expects the rules for feeds and entries of RFC 4287, and for paged feeds of RFC 5005. Returns the feed. */
export function expectAtom(xml: string): Node {
  expect(XMLValidator.validate(xml)).toBe(true);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 forbids them.
  expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
  expect(xml).toMatch(/^<\?xml version="1\.0" encoding="utf-8"\?>/i);
  const { feed } = parser.parse(xml) as Node;
  expect(feed['@xmlns']).toBe('http://www.w3.org/2005/Atom'); // 2
  expectIri(textOf(one(feed, 'id'))); // 4.1.1, 4.2.6
  expect(textOf(one(feed, 'title'))).not.toBe('');
  expect(textOf(one(feed, 'updated'))).toMatch(RFC_3339); // 3.3
  expectPersons(feed);
  const links: Node[] = feed['link'] ?? [];
  expectLinks(links);
  expect(links.filter((link) => link['@rel'] === 'self')).toHaveLength(1); // SHOULD, 4.1.1
  // RFC 5005, 3: at most one link of each relation of pages.
  for (const rel of ['first', 'next', 'previous', 'last']) {
    expect(links.filter((link) => link['@rel'] === rel).length, rel).toBeLessThan(2);
  }
  const entries: Node[] = feed['entry'] ?? [];
  for (const entry of entries) expectEntry(entry);
  const keys = entries.map((entry) => `${textOf(entry['id'][0])} ${textOf(entry['updated'][0])}`);
  expect(new Set(keys).size).toBe(keys.length); // 4.1.1: same id only with another updated.
  return feed;
}

function expectEntry(entry: Node): void {
  expectIri(textOf(one(entry, 'id')));
  expect(textOf(one(entry, 'title'))).not.toBe('');
  expect(textOf(one(entry, 'updated'))).toMatch(RFC_3339);
  atMostOne(entry, 'published');
  expect(textOf(entry['published'][0])).toMatch(RFC_3339);
  atMostOne(entry, 'summary');
  const content = one(entry, 'content');
  expect(['text', 'html', 'xhtml']).toContain(content['@type'] ?? 'text'); // 4.1.3.1
  const links: Node[] = entry['link'] ?? [];
  expectLinks(links);
  const alternates = links.filter((link) => (link['@rel'] ?? 'alternate') === 'alternate');
  const kinds = alternates.map((link) => `${link['@type']} ${link['@hreflang']}`);
  expect(new Set(kinds).size).toBe(kinds.length); // 4.1.2
  for (const category of entry['category'] ?? []) {
    expect(category['@term']).toBeTruthy(); // 4.2.2.1
    if (category['@scheme'] !== undefined) expectIri(category['@scheme']);
  }
}

/** 4.1.1: the feed has an author, so its entries need none. 3.2: a person has one name. */
function expectPersons(feed: Node): void {
  expect(feed['author']?.length).toBeGreaterThan(0);
  for (const author of feed['author']) {
    expect(textOf(author.name)).not.toBe('');
    if (author.uri !== undefined) expectIri(textOf(author.uri));
  }
}

function expectLinks(links: readonly Node[]): void {
  for (const link of links) {
    expectIri(link['@href']); // 4.2.7.1
    if (link['@type'] !== undefined) expect(link['@type']).toMatch(MEDIA_TYPE);
  }
}

/** Expects the rules of JSON Feed 1.1. Returns the feed. */
export function expectJsonFeed(text: string): Node {
  const feed = JSON.parse(text) as Node;
  expect(feed['version']).toBe('https://jsonfeed.org/version/1.1');
  expect(feed['title']).toEqual(expect.any(String));
  for (const name of ['home_page_url', 'feed_url', 'next_url']) {
    if (feed[name] !== undefined) expectIri(feed[name]);
  }
  expect(feed['next_url']).not.toBe(feed['feed_url']);
  expect(feed['items']).toEqual(expect.any(Array));
  for (const author of feed['authors']) expect(author.name ?? author.url ?? author.avatar).toBeTruthy();
  for (const item of feed['items'] as Node[]) {
    expect(item['id']).toEqual(expect.any(String));
    expect(item['content_html'] ?? item['content_text']).toEqual(expect.any(String));
    expectIri(item['url']);
    expect(item['date_published']).toMatch(RFC_3339);
    expect(item['date_modified']).toMatch(RFC_3339);
    if (item['tags']) expect(item['tags'].every((tag: unknown) => typeof tag === 'string')).toBe(true);
    for (const name of Object.keys(item)) expect(name.includes('.'), name).toBe(false);
  }
  const ids = feed['items'].map((item: Node) => item['id']);
  expect(new Set(ids).size).toBe(ids.length);
  return feed;
}
