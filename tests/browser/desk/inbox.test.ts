import { describe, expect } from 'vitest';
import { pdfOf } from '../../support/pdf.js';
import { skipped } from '../../support/processes/browser.js';
import {
  editorToken,
  expectAccessible,
  headlineField,
  pressEnterOn,
  signIn,
  test,
  typeInto,
} from './desk-page.js';

const TITLE = 'Moscow speaks about its missiles';

/** Two statements, and an event that the record has with another date. */
const ARTICLE = [
  'The exchange over missiles of shorter range went on this week.',
  'Deputy Foreign Minister Sergei Ryabkov told reporters on Monday, “We see no reason to keep our restraint.”',
  'Dmitry Peskov said on Tuesday that Russia would place the new missiles where it sees fit.',
  'The United States withdrew from the INF Treaty on 4 August 2019.',
].join('\n\n');

describe(`the inbox${skipped}`, { skip: skipped !== '', timeout: 180_000 }, () => {
  test('an article becomes two statements and a claim on an existing development, by the keyboard alone', async ({
    open,
    dossier,
  }) => {
    const page = await open('/desk/inbox');
    await signIn(page, await editorToken(dossier.db, 'kim'));
    const wire = await open('/');
    await wire.getByText('Live', { exact: true }).waitFor();
    const started = Date.now();
    await page.getByText('Nothing is here.').waitFor();
    await expectAccessible(page);
    await page.keyboard.press('n');
    await typeInto(page, page.getByLabel('Address'), 'https://news.example.org/missiles?utm_source=a');
    await typeInto(page, page.getByLabel('Title'), TITLE);
    await typeInto(page, page.getByLabel('Published on'), '05/08/2025'.replace(/(\d\d)\/(\d\d)/, '$2/$1'));
    await typeInto(page, page.getByLabel('Text of the article'), ARTICLE);
    await expectAccessible(page);
    await pressEnterOn(page, page.getByRole('button', { name: 'Add to the inbox' }));
    await page.getByRole('heading', { name: TITLE }).waitFor();
    await page.getByRole('heading', { name: /^Suggestion 1 of/ }).waitFor();
    await expectAccessible(page);
    await page.keyboard.press('?');
    await page.getByText('Add it to the development that it looks like').waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');

    await page.locator('mark', { hasText: 'no reason to keep our restraint' }).first().waitFor();
    await page.keyboard.press('P');
    await page.getByText('Published', { exact: true }).waitFor();
    await page.locator('mark', { hasText: 'place the new missiles' }).first().waitFor();
    await page.keyboard.press('e');
    await headlineField(page).waitFor();
    await expectAccessible(page);
    await headlineField(page).fill('Russia will place new missiles freely, Peskov says');
    await pressEnterOn(page, page.getByRole('button', { name: 'Publish now' }));
    await page.locator('mark', { hasText: 'withdrew from the INF Treaty' }).first().waitFor();
    await page.getByText('This looks like').waitFor();
    await page.getByText('Its date competes: 2019-08-04.').waitFor();
    await page.keyboard.press('m');
    await page.getByText(/^Added to: /).waitFor();
    const took = Date.now() - started;

    await wire
      .getByRole('link', { name: 'Russia will place new missiles freely, Peskov says' })
      .first()
      .waitFor();
    await wire.getByText('no reason to keep our restraint').first().waitFor();
    const { inboxItems } =
      await dossier.data(`{ inboxItems { nodes { state suggestions { use { act development {
      slug status citations { excerpt source { url } } claims(field: OCCURRED) { value citation { source { url } } } } } } } } }`);
    const url = 'https://news.example.org/missiles';
    const uses = inboxItems.nodes[0].suggestions.flatMap(({ use }: any) => use ?? []);
    expect(inboxItems.nodes[0].state).toBe('DRAFTED');
    expect(uses.map(({ act }: any) => act)).toEqual(['DRAFTED', 'DRAFTED', 'CITED']);
    for (const { development } of uses) {
      expect(development.status).toBe('PUBLISHED');
      expect(development.citations).toContainEqual({
        excerpt: expect.stringMatching(/\w{4}/),
        source: { url },
      });
    }
    expect(uses[2].development.claims).toContainEqual({ value: '2019-08-04', citation: { source: { url } } });
    expect(took).toBeLessThan(120_000);
  });

  test('says how large a file may be before one is chosen, and refuses a larger one', async ({
    open,
    dossier,
  }) => {
    const page = await open('/desk/inbox/add');
    await signIn(page, await editorToken(dossier.db, 'lee'));
    await page.getByText('At most 10 MB.').waitFor();
    const file = page.getByLabel('A file: HTML, Markdown, plain text or PDF');
    expect(await file.getAttribute('aria-describedby')).toBe('article-file-note');
    const sent: string[] = [];
    page.on('request', (request) => sent.push(request.postData() ?? ''));
    const choose = (name: string, buffer: Buffer) =>
      file.setInputFiles({ name, mimeType: 'application/pdf', buffer });
    const pdf = pdfOf(['The radar at', 'the coast is new.']);
    await choose('large.pdf', Buffer.concat([pdf, Buffer.alloc(10 * 1024 ** 2)]));
    await page
      .getByRole('alert')
      .filter({ hasText: 'This has 10.1 MB, and at most 10 MB can be added.' })
      .waitFor();
    await expectAccessible(page);
    expect(sent.filter((body) => body.includes('addArticle'))).toEqual([]);
    await choose('small.pdf', Buffer.concat([pdf, Buffer.alloc(1024 ** 2, ' ')]));
    await page.getByText('The text is read from small.pdf').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.getByRole('button', { name: 'Add to the inbox' }).press('Enter');
    await page.getByText('The radar at the coast is new.').first().waitFor();
  });

  test('articles are selected, dismissed with a reason, put off and read again', async ({
    open,
    dossier,
  }) => {
    for (const title of ['First', 'Second', 'Third']) {
      await dossier.data(
        `mutation { it: addArticle(input: { title: "${title}", text: "${title} text." }) { __typename } }`,
      );
    }
    for (const options of [
      { viewport: { width: 1400, height: 900 } },
      { viewport: { width: 360, height: 800 }, colorScheme: 'dark' as const },
    ]) {
      const page = await open('/desk/inbox', options);
      await signIn(page, await editorToken(dossier.db, `jo ${options.viewport.width}`));
      await page.getByRole('link', { name: 'Third' }).waitFor();
      await expectAccessible(page);
      const width = await page.evaluate('document.documentElement.scrollWidth');
      expect(width).toBeLessThanOrEqual(options.viewport.width);
    }
    const page = await open('/desk/inbox');
    await signIn(page, await editorToken(dossier.db, 'jo'));
    await page.getByRole('link', { name: 'Third' }).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.keyboard.press('d');
    await page.getByRole('heading', { name: 'Dismiss 2 articles' }).waitFor();
    await expectAccessible(page);
    await typeInto(page, page.getByLabel('Reason'), 'Sport');
    await page.keyboard.press('Enter');
    await page.getByText('Dismissed: 2 articles').waitFor();
    await page.getByRole('link', { name: 'Dismissed 2' }).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('z');
    await page.getByText('Put off until tomorrow: 1 article').waitFor();
    await pressEnterOn(page, page.getByRole('link', { name: 'Dismissed 2' }));
    await page.getByText('reason: Sport').first().waitFor();
    // Another editor brings one in: the list shows it without a reload.
    await pressEnterOn(page, page.getByRole('link', { name: /^Unread/ }));
    await dossier.data(
      'mutation { it: addArticle(input: { title: "Fourth", text: "Fourth text." }) { __typename } }',
    );
    await page.getByRole('link', { name: 'Fourth' }).waitFor();
  });
});
