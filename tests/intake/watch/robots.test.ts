import { expect, test } from 'vitest';
import { parseRobots } from '../../../src/intake/watch/robots.js';

const AT = 'https://news.example/robots.txt';
const allows = (text: string, path: string) => parseRobots(AT, text).isAllowed(`https://news.example${path}`);

test('the longest rule decides, with wildcards', () => {
  const text = 'User-agent: *\nDisallow: /private\nAllow: /private/feed\nDisallow: /*.pdf$';
  expect(allows(text, '/private/a')).toBe(false);
  expect(allows(text, '/private/feed.xml')).toBe(true);
  expect(allows(text, '/a.pdf')).toBe(false);
  expect(allows(text, '/a.pdf?x=1')).toBe(true);
});

test('rules for this robot replace the rules for all', () => {
  const text = 'User-agent: *\nDisallow:\n\nUser-agent: Doctrine-Wire\nDisallow: /';
  expect(allows(text, '/feed')).toBe(false);
  expect(allows('User-agent: other\nDisallow: /', '/feed')).toBe(true);
});

test.each([
  ['', 0],
  ['User-agent: *\nCrawl-delay: 2.5', 2_500],
  ['User-agent: *\nCrawl-delay: 86400', 60_000],
  ['User-agent: *\nCrawl-delay: soon', 0],
])('takes the pause of %j as %i ms', (text, crawlDelay) => {
  expect(parseRobots(AT, text).crawlDelay).toBe(crawlDelay);
});

test('a page of HTML or garbage in place of rules allows everything', () => {
  expect(allows('<!doctype html><html><body>Not found</body></html>', '/feed')).toBe(true);
  expect(allows('\0\x01\n:::\n'.repeat(1_000), '/feed')).toBe(true);
});

test('a pattern made to be slow is matched in bounded time', () => {
  const text = `User-agent: *\nDisallow: /${'*a'.repeat(400)}$`;
  const from = process.cpuUsage();
  expect(allows(text, `/${'a'.repeat(2_000)}b`)).toBe(true);
  expect(process.cpuUsage(from).user).toBeLessThan(2_000_000);
});
