// Runs `npm audit` on production dependencies and fails on high and critical vulnerabilities. Passes with a message
// if the registry has no audit endpoint.
import { spawnSync } from 'node:child_process';

const { stdout } = spawnSync('npm', ['audit', '--json', '--omit=dev', '--omit=optional'], {
  encoding: 'utf8',
  timeout: 60_000,
});
const report = parse(stdout);
const found = report?.metadata?.vulnerabilities;

if (!found) {
  const reason = report?.message ?? report?.error?.summary ?? 'no answer';
  say(`This registry does not support npm audit (${reason}). Vulnerabilities were not checked.`);
} else {
  const { info, low, moderate, high, critical } = found;
  say(
    `Known vulnerabilities: ${critical} critical, ${high} high, ${moderate} moderate, ${low} low, ${info} info.`,
  );
  for (const { name, severity, range } of Object.values(report?.vulnerabilities ?? {})) {
    say(`  ${severity}: ${name} ${range}`);
  }
  if (high + critical > 0) {
    say('Expected no high or critical vulnerability. Run `npm audit`, then pin or override a fixed version.');
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
