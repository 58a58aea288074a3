import { serverAudits } from 'graphql-http';
import { describe, expect } from 'vitest';
import { test } from '../support/shared.js';

/** Optional audits that this server deliberately does not pass, with the reason, by audit id. */
const OTHERWISE: Record<string, string> = {};

let url = '';
const audits = serverAudits({ url: () => url });

describe('the GraphQL over HTTP audit suite', () => {
  test.for(audits.map((audit) => [audit.id, audit.name, audit] as const))(
    '%s: %s',
    async ([id, , audit], { server }) => {
      url = server.url;
      const result = await audit.fn();
      const outcome = result.status === 'ok' ? 'passes' : `${result.status}: ${result.reason}`;
      if (id in OTHERWISE) expect(outcome, OTHERWISE[id]).toMatch(/^notice: /);
      else expect(outcome).toBe('passes');
      expect(server.logged).toEqual([]);
    },
  );

  test('has exceptions only for optional (MAY) audits', () => {
    const optional = audits.filter(({ name }) => name.startsWith('MAY')).map(({ id }) => id);
    expect(optional).toEqual(expect.arrayContaining(Object.keys(OTHERWISE)));
    expect(audits.length - optional.length).toBeGreaterThan(30);
  });
});
