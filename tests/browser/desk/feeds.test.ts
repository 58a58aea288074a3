import { describe, expect } from 'vitest';
import { skipped } from '../../support/processes/browser.js';
import {
  editorToken,
  expectAccessible,
  pick,
  pressEnterOn,
  signIn,
  tabTo,
  test,
  typeInto,
} from './desk-page.js';

const OPML = `<opml version="2.0"><body><outline text="Folder">
  <outline type="rss" text="Imported" xmlUrl="https://imported.example/feed"/>
  <outline type="rss" text="Again" xmlUrl="https://news.example/feed"/></outline></body></opml>`;

const FEEDS = '{ watchedFeeds { key url title include interval paused topics { slug } source { slug } } }';

describe(`watched feeds${skipped}`, { skip: skipped !== '', timeout: 180_000 }, () => {
  test('are added, changed, paused, imported and removed by the keyboard alone', async ({
    open,
    dossier,
  }) => {
    const page = await open('/desk/feeds');
    await signIn(page, await editorToken(dossier.db, 'kim'));
    await page.getByText('No feed is watched.').waitFor();
    await expectAccessible(page);
    const read = async (): Promise<any[]> => (await dossier.data(FEEDS))['watchedFeeds'];

    await page.keyboard.press('n');
    await page.getByRole('heading', { name: 'Watch a feed' }).waitFor();
    await typeInto(page, page.getByLabel('Address'), 'nowhere');
    await pressEnterOn(page, page.getByRole('button', { name: 'Watch the feed' }));
    await page.getByRole('alert').waitFor();
    await expectAccessible(page);
    await page.getByLabel('Address').fill('');
    await typeInto(page, page.getByLabel('Address'), 'https://news.example/feed');
    await typeInto(page, page.getByLabel('Title'), 'The News');
    await typeInto(page, page.getByLabel('Only articles with these words'), 'missile*');
    await pick(
      page,
      page.getByRole('combobox', { name: 'Topics' }),
      'missiles',
      /^Intermediate-range missiles/i,
    );
    await page.keyboard.press('Tab'); // Closes the list of the picker.
    await pressEnterOn(page, page.getByRole('button', { name: 'Watch the feed' }));
    await page.getByRole('link', { name: 'The News', exact: true }).waitFor();
    await page.getByText('Not fetched yet', { exact: true }).waitFor();
    const [first] = await read();
    expect(first).toMatchObject({
      ...{ url: 'https://news.example/feed', title: 'The News', include: 'missile*', interval: 30 },
      ...{ topics: [{ slug: expect.any(String) }], source: null, paused: false },
    });

    await page.keyboard.press('j');
    await page.keyboard.press('p');
    await page.getByText('Paused: The News').waitFor();
    await page.getByText('Paused', { exact: true }).waitFor();
    await page.keyboard.press('p');
    await page.getByText('Watched again: The News').waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'The News' }).waitFor();
    await page.getByLabel('Minutes between two requests').fill('60');
    await pressEnterOn(page, page.getByRole('button', { name: 'Save' }));
    await page.getByText('every 60 minutes').waitFor();

    await page.keyboard.press('o');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('An OPML file').setInputFiles({
      ...{ name: 'feeds.opml', mimeType: 'text/x-opml', buffer: Buffer.from(OPML) },
    });
    await expectAccessible(page);
    await pressEnterOn(page, dialog.getByRole('button', { name: 'Import' }));
    await page.getByText('Imported: 1 feed. Watched before: 1.').waitFor();
    await page.getByRole('link', { name: 'Imported', exact: true }).waitFor();

    await tabTo(page, page.getByRole('link', { name: 'Imported', exact: true }));
    await page.keyboard.press('d');
    await dialog.getByRole('heading', { name: 'Stop watching Imported' }).waitFor();
    await expectAccessible(page);
    await pressEnterOn(page, dialog.getByRole('button', { name: 'Stop watching' }));
    await page.getByText('Stopped watching: Imported').waitFor();
    expect((await read()).map(({ url, interval }) => [url, interval])).toEqual([
      ['https://news.example/feed', 60],
    ]);
  });

  test('say how they do, in both themes and widths, and list their articles', async ({ open, dossier }) => {
    const names = ['Failing', 'Fresh'];
    for (const name of names) {
      await dossier.data(
        `mutation { it: watchFeed(input: { url: "https://${name}.example/a/rather/long/address/of/a/feed.xml", title: "${name}" }) {
          __typename } }`,
      );
    }
    const { db } = dossier;
    const at = new Date('2031-05-14T08:00:00Z');
    await db.watchedFeed.updateMany({
      where: { title: 'Failing' },
      data: { failures: 3, failure: 'https://failing.example/ answers with the status 503.', nextAt: at },
    });
    const fresh = await db.watchedFeed.update({
      where: { id: (await db.watchedFeed.findFirstOrThrow({ where: { title: 'Fresh' } })).id },
      data: { lastSuccessAt: at, lastNewItemAt: at, nextAt: at },
    });
    for (const title of ['From the feed', 'Pasted']) {
      await dossier.data(
        `mutation { it: addArticle(input: { title: "${title}", text: "${title} text." }) { __typename } }`,
      );
    }
    await db.inboxItem.updateMany({ where: { title: 'From the feed' }, data: { feedId: fresh.id } });
    for (const options of [
      { viewport: { width: 1400, height: 900 } },
      { viewport: { width: 360, height: 800 }, colorScheme: 'dark' as const },
    ]) {
      const page = await open('/desk/feeds', options);
      await signIn(page, await editorToken(db, `jo ${options.viewport.width}`));
      await page.getByText('3 failures in a row: https://failing.example/ answers').waitFor();
      await page.getByText('last success 14 May 2031').waitFor();
      await expectAccessible(page);
      const width = () => page.evaluate('document.documentElement.scrollWidth');
      expect(await width()).toBeLessThanOrEqual(options.viewport.width);
      await page.keyboard.press('n');
      await page.getByRole('button', { name: 'Watch the feed' }).waitFor();
      await expectAccessible(page);
      expect(await width()).toBeLessThanOrEqual(options.viewport.width);
      await pressEnterOn(page, page.getByRole('button', { name: 'Cancel' }));
      await pressEnterOn(page, page.getByRole('link', { name: 'Articles of Fresh' }));
      await page.getByRole('link', { name: 'From the feed' }).waitFor();
      await page.getByRole('link', { name: 'Unread 1' }).waitFor();
      expect(await page.getByRole('link', { name: 'Pasted' }).count()).toBe(0);
      await expectAccessible(page);
      await page.getByLabel('Feed', { exact: true }).selectOption('');
      await page.getByRole('link', { name: 'Pasted' }).waitFor();
    }
  });
});
