import { expect, test } from 'vitest';
import { loadPage } from '../../../src/http/page/load.js';

test('without a build, the server starts, and / says how to build the page', async () => {
  const { pages } = await loadPage('no/such/directory', {
    publicUrl: undefined,
    hasGraphiQL: false,
    canEmbed: false,
    hasSessions: false,
  });
  const request = {
    target: '/',
    origin: 'http://localhost',
    language: 'en',
    hasSession: false,
    ask: async () => null,
  };
  expect(pages.isFor('/')).toBe(true);
  expect(await pages.render(request)).toMatchObject({
    status: 404,
    html: 'The page is not built. Run npm run build.',
  });
});
