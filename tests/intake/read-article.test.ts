import { expect, test } from 'vitest';
import { readArticle } from '../../src/intake/article/article.js';
import { readFragment } from '../../src/intake/article/html.js';
import { MAX_ARTICLE_BYTES } from '../../src/intake/article/read-article.js';
import { pdfOf } from '../support/pdf.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const LONG = 'The commission said that the site had been open to inspectors since spring. '.repeat(6);

test('reads the main text, language and day of a page', async () => {
  const html = `<!doctype html><html lang="en"><head><title>Site open</title>
    <meta property="article:published_time" content="2031-05-14T08:00:00Z"></head>
    <body><nav><a href="/">Home</a></nav><article><h1>Site open</h1><p>${LONG}</p><p>“It is &amp; stays open,” Ada Brook said.</p></article></body></html>`;
  const article = await readArticle(bytes(html), 'page.html');
  expect(article).toMatchObject({ language: 'en', published: '2031-05-14' });
  expect(article.text).toContain('\n\n“It is & stays open,” Ada Brook said.');
  expect(article.text).not.toContain('Home');
});

test('reads Markdown and wrapped text as paragraphs', async () => {
  const markdown = '# Site\n\nThe **site** is\n[open](https://example.org/a).\n\n> “Yes,” she said.\n';
  expect((await readArticle(bytes(markdown), 'a.md')).text).toBe(
    'Site\n\nThe site is open.\n\n“Yes,” she said.',
  );
  expect((await readArticle(bytes('one\ntwo\n\nthree\n'), 'a.txt')).text).toBe('one two\n\nthree');
});

test('reads the text of a PDF', async () => {
  const pdf = pdfOf(['The site is', 'open.']);
  expect((await readArticle(pdf, 'a.pdf')).text).toBe('The site is open.');
});

test('refuses documents that are too large or have no text', async () => {
  await expect(readArticle(new Uint8Array(MAX_ARTICLE_BYTES + 1), 'a.txt')).rejects.toThrow('at most');
  await expect(readArticle(bytes('  \n'), 'a.txt')).rejects.toThrow('has no text');
});

test.each([
  ['characters', `<p>${'a'.repeat(3_000_000)}</p>`],
  ['elements', '<i>a</i>'.repeat(20_000)],
  ['elements', `<!-- <script> --><p title="<style>">${'<i>a</i>'.repeat(20_000)}`],
  ['elements within each other', '<li><td>'.repeat(5_000)],
  ['elements within each other', `<div>${'<section>'.repeat(200)}`],
])('refuses a page with too many %s before it is parsed', async (what, body) => {
  const page = bytes(`<!doctype html><html><body>${body}</body></html>`);
  await expect(readArticle(page, 'a.html')).rejects.toThrow(what);
  // An item of a feed is kept without its tags.
  expect(readFragment(body).length).toBeLessThan(3_000_001);
});

test('counts no tags of scripts, nor elements that the next one closes', async () => {
  const script = `<script>${'x < y;<i>'.repeat(30_000)}</script>`;
  const list = `<ul>${'<li>One of the launchers.'.repeat(500)}</ul>`;
  const page = bytes(`<!doctype html><html><body>${script}<article>${list}</article></body></html>`);
  expect((await readArticle(page, 'a.html')).text).toContain('One of the launchers.');
});
