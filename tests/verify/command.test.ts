import { expect, test } from 'vitest';
import { openDatabase } from '../../src/database/open.js';
import { createDirectory } from '../support/database.js';
import { run, serve } from '../support/processes/processes.js';

test('verify reports a valid record in one line, and damage as a list with exit code 1', {
  timeout: 120_000,
}, async () => {
  await using embedded = await createDirectory('dossier');
  const { location } = embedded;
  const env = { DATA_DIR: location.directory };

  const whole = await run(['verify'], env);
  expect(whole.stdout).toMatch(
    /^The record is valid: \d+ developments, \d+ revisions, \d+ positions and \d+ links checked\.\n$/,
  );
  expect(whole.stderr).toBe('');
  expect(whole.exit?.code).toBe(0);

  {
    await using database = await openDatabase(location);
    await database.pool.query("UPDATE development SET disputed = NOT disputed, words = words || ' ''x'':1'");
    await database.pool.query('UPDATE feed_head SET position = position + 1');
  }
  const damaged = await run(['verify', '--limit', '4'], env);
  const lines = damaged.stdout.trimEnd().split('\n');
  expect(lines).toHaveLength(6);
  expect(lines[0]).toMatch(
    /^POSITION_GAP the head’s position: expected the last entry’s, (\d+); found \d+\.$/,
  );
  expect(lines[1]).toMatch(
    /^ROW [a-z0-9-]+, revision \d+: expected disputed (true|false); found (true|false)\.$/,
  );
  expect(lines[2]).toMatch(/^ROW [a-z0-9-]+, revision \d+: expected words ".*"; found ".*"\.$/);
  expect(lines[4]).toMatch(/^… and \d+ more\. Raise --limit to list them\.$/);
  expect(lines[5]).toMatch(
    /^The record is damaged: \d+ findings \(POSITION_GAP 1, ROW \d+\), .* Nothing was changed\./,
  );
  expect(damaged.exit?.code).toBe(1);

  const refused = await run(['verify', '--limit', 'all'], env);
  expect(refused.stderr).toContain('Expected a number of lines such as 100.');
  expect(refused.exit?.code).toBe(1);
  expect((await run(['verify', '--help'])).stdout).toMatch(/^ {2}POSITION_GAP: feed positions start at 1/m);

  await using server = await serve(env);
  const locked = await run(['verify'], env);
  expect(locked.stderr).toContain(`in use by process ${server.pid}`);
  expect(locked.exit?.code).toBe(1);
});
