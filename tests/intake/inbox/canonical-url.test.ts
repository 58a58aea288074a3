import { describe, expect, test } from 'vitest';
import { addressKey, canonicalUrl } from '../../../src/intake/inbox/arrival/canonical-url.js';

describe('the canonical form of an address', () => {
  test.each([
    ['https://News.Example/a?utm_source=x&UTM_Medium=y&id=3#top', 'https://news.example/a?id=3'],
    ['https://news.example/a?fbclid=1&gclid=2&mc_cid=3', 'https://news.example/a'],
    ['http://news.example:80/a', 'http://news.example/a'],
    ['https://news.example:8443/a', 'https://news.example:8443/a'],
    ['https://news.example./a', 'https://news.example/a'],
    [' https://news.example/a ', 'https://news.example/a'],
    ['https://news.example/a?b=2&a=1', 'https://news.example/a?a=1&b=2'],
    ['https://news.example/a?x=2&x=1', 'https://news.example/a?x=2&x=1'],
    ['https://news.example/%7Euser/%D0%b0', 'https://news.example/~user/%D0%B0'],
    ['https://news.example/a%2fb', 'https://news.example/a%2Fb'],
    ['https://news.example/a?', 'https://news.example/a'],
    ['https://новости.example/a', 'https://xn--b1amnebsh.example/a'],
  ])('of %s is %s', (address, canonical) => {
    expect(canonicalUrl(address)).toBe(canonical);
    expect(canonicalUrl(canonical)).toBe(canonical);
  });

  test.each([
    'news.example/a',
    'ftp://news.example/a',
    'javascript:alert(1)',
    'https://me:secret@news.example/',
    '',
  ])('%j has none', (address) => {
    expect(canonicalUrl(address)).toBeNull();
    expect(addressKey(address)).toBeNull();
  });
});

test('addresses of one page have one key', () => {
  const same = [
    'http://news.example/a',
    'https://www.news.example/a/',
    'https://news.example/a?utm_campaign=morning#comments',
  ].map(addressKey);
  expect(new Set(same)).toEqual(new Set(['news.example/a']));
});

test('addresses of other pages have other keys', () => {
  const other = ['/a', '/b', '/a/b', '/a?id=1', '/a?id=2'].map((path) =>
    addressKey(`https://news.example${path}`),
  );
  expect(new Set(other).size).toBe(5);
});
