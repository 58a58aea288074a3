// Asks the registry for known vulnerabilities of what a production install holds, and fails on high and critical
// ones. Where the registry does not answer such questions it says so and passes: that is no fault of the lock file.
import { spawnSync } from 'node:child_process';

const { stdout } = spawnSync('npm', ['audit', '--json', '--omit=dev', '--omit=optional'], {
  encoding: 'utf8',
  timeout: 60_000,
});
const report = parse(stdout);
const found = report?.metadata?.vulnerabilities;

if (!found) {
  const reason = report?.message ?? report?.error?.summary ?? 'no answer';
  say(`npm audit is not to be had from this registry (${reason}): vulnerabilities were not looked for.`);
} else {
  const { info, low, moderate, high, critical } = found;
  say(
    `Known vulnerabilities: ${critical} critical, ${high} high, ${moderate} moderate, ${low} low, ${info} for information.`,
  );
  for (const { name, severity, range } of Object.values(report?.vulnerabilities ?? {})) {
    say(`  ${severity}: ${name} ${range}`);
  }
  if (high + critical > 0) {
    say('Expected none that is high or critical: see `npm audit`, and pin or override a version without it.');
    process.exitCode = 1;
  }
}

/**
 * @typedef {{
 *   message?: string,
 *   error?: { summary?: string },
 *   vulnerabilities?: Record<string, { name: string, severity: string, range: string }>,
 *   metadata?: { vulnerabilities?: Record<'info' | 'low' | 'moderate' | 'high' | 'critical', number> },
 * }} Report
 *
 * @param {string | null} text
 * @returns {Report | undefined}
 */
function parse(text) {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

/** @param {string} line */
function say(line) {
  process.stdout.write(`${line}\n`);
}
