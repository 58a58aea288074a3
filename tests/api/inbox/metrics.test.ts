import { expect, vi } from 'vitest';
// Loaded here: the first request would wait for it.
import '../../../src/intake/extract/extract.js';
import '../../../src/intake/record-names.js';
import { figures } from '../../support/figures.js';
import { describeWithDatabase, test } from '../../support/fixtures.js';
import { send } from '../desk/desk-client.js';
import { add } from './inbox-client.js';

const STATES = ['unread', 'snoozed', 'drafted', 'dismissed'].map((state) => `inbox_items{state="${state}"}`);
const TIMES = ['0.5', '0.9', '1'].map((quantile) => `inbox_publication_seconds{quantile="${quantile}"}`);

describeWithDatabase('metrics of the inbox', () => {
  test('count articles by state, and time from arrival to publication', async ({ server }) => {
    const { item } = await add(server, {
      text: '“We will stay,” analysts said.\n\n“We will go,” others said.',
    });
    await add(server, { text: 'Nothing to see.' });
    const { inboxItem } = await server.data(
      'query ($id: ID!) { inboxItem(id: $id) { suggestions { key } } }',
      { id: item.id },
    );
    const [first, second] = inboxItem.suggestions;
    const accept = (key: string, publish: boolean) =>
      send(server, 'acceptSuggestion', { item: item.id, key, publish }, 'development { slug }');
    await accept(first.key, false);
    // A database that is slow to answer is left out of a scrape.
    const until = (names: readonly string[], expected: object) =>
      vi.waitFor(async () => expect(await figures(server, names)).toEqual(expected), 30_000);
    await until([...STATES, 'inbox_publications'], {
      ...Object.fromEntries(STATES.map((name, at) => [name, [1, 0, 1, 0][at]])),
      inbox_publications: 0,
    });
    await server.db.$executeRaw`UPDATE inbox_item SET received_at = now() - interval '2 hours'`;
    await accept(second.key, true);
    await until(['inbox_publications'], { inbox_publications: 1 });
    const around2Hours = expect.toSatisfy((seconds: number) => seconds >= 7_200 && seconds < 10_800);
    await until(TIMES, Object.fromEntries(TIMES.map((name) => [name, around2Hours])));
  });

  test('that cannot be read are left out, which is logged once', async ({ server }) => {
    await server.db.$executeRaw`ALTER TABLE inbox_mark RENAME TO gone`;
    const logged = () =>
      server.logged.flatMap(({ msg, gauge }) =>
        msg === 'a metric could not be read from the database' ? [gauge] : [],
      );
    const failing = ['inbox_publication_seconds', 'inbox_publications'];
    expect(await figures(server, ['inbox_publications'])).toEqual({ inbox_publications: undefined });
    await vi.waitFor(() => expect(logged().toSorted()).toEqual(failing), 30_000);
    expect(await figures(server, ['inbox_publications'])).toEqual({ inbox_publications: undefined });
    expect(logged().toSorted()).toEqual(failing);
  });
});
