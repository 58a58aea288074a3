import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { test } from 'vitest';

const GENERATOR = fileURLToPath(new URL('../../tools/client-schema.js', import.meta.url));

test('what the client holds of the schema is current', () => {
  execFileSync(process.execPath, [GENERATOR, '--check'], { stdio: 'pipe' });
});
