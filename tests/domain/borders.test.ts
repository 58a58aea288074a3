import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countryCode, countryCode3, name, parseInput, slug, text, url } from '../../src/domain/input.js';
import { trimText } from '../../src/domain/trim-text.js';

const unseen = fc.constantFrom(
  ...[
    ' ',
    '\t',
    '\n',
    '\r',
    '\u00a0',
    '\u0085',
    '\u3000',
    '\u2009',
    '\ufeff',
    '\u200b',
    '\u200e',
    '\u200f',
    '\u2060',
  ],
  ...['\u061c', '\u202a', '\u202c', '\u202e', '\u2066', '\u2069', '\u00ad', '\u2028'],
);
const blanks = fc.array(unseen, { maxLength: 5 }).map((all) => all.join(''));
const core = fc.constantFrom('a', 'inf treaty', 'Владимир Путин', 'محمد', 'a\u00a0b', '“x”', '…', '1');

describe('a text from outside', () => {
  test('loses invisible characters at its ends, and nothing within', () => {
    fc.assert(
      fc.property(blanks, core, blanks, (before, middle, after) => {
        expect(trimText(`${before}${middle}${after}`)).toBe(middle);
        expect(parseInput(name(100), `${before}${middle}${after}`)).toBe(middle);
        expect(parseInput(slug, `${before}inf${after}`)).toBe('inf');
        expect(parseInput(countryCode, `${before}RU${after}`)).toBe('RU');
        expect(parseInput(url, `${before}https://example.org/a${after}`)).toBe('https://example.org/a');
      }),
    );
  });

  test('is refused if it has nothing else', () => {
    fc.assert(
      fc.property(blanks, (nothing) => {
        expect(name(100).safeParse(nothing).success).toBe(false);
        expect(trimText(nothing)).toBe('');
      }),
    );
  });

  test('is trimmed where it quotes too, and kept byte for byte within', () => {
    expect(parseInput(text(100), ' … and\u00a0\n then\u00a0')).toBe('… and\u00a0\n then');
  });

  test('is trimmed in time that grows with its length', () => {
    const long = `a${' '.repeat(200_000)}b`;
    const started = process.cpuUsage();
    for (let times = 0; times < 20; times += 1) expect(trimText(` ${long} `)).toBe(long);
    expect(process.cpuUsage(started).user).toBeLessThan(5_000_000);
  });
});

describe('a country code', () => {
  test.each(['RU', 'US', 'NA', 'KP', 'TW', 'PS', 'XK', 'SU', 'DD', 'YU', 'CS', 'GB'])(
    '%s is taken',
    (code) => {
      expect(parseInput(countryCode, code)).toBe(code);
    },
  );

  test.each([
    ['ZZ', /alpha-2 code such as "RU"; got "ZZ"\./],
    ['EU', /got "EU"/],
    ['UK', /got "UK", which may mean "GB"/],
    ['ru', /got "ru", which may mean "RU"/],
    ['RUS', /got "RUS"/],
    ['', /got ""/],
  ])('%s is refused', (code, reason) => {
    expect(() => parseInput(countryCode, code)).toThrow(reason);
  });

  test('of three letters exists too', () => {
    for (const code of ['RUS', 'USA', 'XKX', 'SUN', 'SCG']) expect(parseInput(countryCode3, code)).toBe(code);
    for (const code of ['ZZZ', 'RU', 'EUE']) expect(() => parseInput(countryCode3, code)).toThrow(/alpha-3/);
  });
});

describe('an address', () => {
  test.each([
    'https://example.org',
    'http://example.org:8080/a?b=c&d#e',
    'https://uk.wikipedia.org/wiki/Київ',
    'https://web.archive.org/web/2020/https://example.org/a',
    'https://example.org/a;b,c(d)',
    'https://[2001:db8::1]/a',
    'HTTPS://EXAMPLE.org/',
    'https://münchen.example/a',
  ])('%s is taken as it is', (address) => {
    expect(parseInput(url, address)).toBe(address);
  });

  test('with an umlaut in its host is accepted after V8 has compiled the check, too', () => {
    // V8 compiles what is called often, and Node 20's URL.canParse gives another answer then.
    const isTaken = () => url.safeParse('https://münchen.example/a').success;
    expect(Array.from({ length: 20_000 }, isTaken).filter((it) => !it)).toEqual([]);
  });

  test.each([
    'https://example.org/a; page 117',
    'https:///x',
    'https://',
    'https:example.org',
    'https:\\\\example.org',
    'https://example.org/a https://example.org/b',
    'https://example.org/a;https://example.org/b',
    'https://example.org/a,http://example.org/b',
    'https://example.org/a\nb',
    'https://user:secret@example.org/',
    '//example.org/a',
    '/a',
    'example.org/a',
    'ftp://example.org/a',
    'javascript:alert(1)',
    '<https://example.org/a>',
    'https://exa mple.org/',
    'https://example.org/"a"',
  ])('%s is refused', (address) => {
    expect(() => parseInput(url, address)).toThrow(/Expected an http or https address/);
  });
});
