import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LIMITS } from '../../src/http/limits/limits.js';

test('docs/security.md lists each limit with its default, and no other', () => {
  const page = readFileSync(new URL('../../docs/security.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| `(\w+)` \| (\d+) \| (\w+) \| (.*) \|$/gm)].map(
    ([, variable, byDefault, unit, about]) => ({ variable, byDefault: Number(byDefault), unit, about }),
  );
  expect(rows).toEqual(
    Object.values(LIMITS).map(({ variable, byDefault, unit, about }) => ({
      variable,
      byDefault,
      unit,
      about,
    })),
  );
});
