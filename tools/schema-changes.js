// Compares schema.graphql with an earlier commit's. A change that breaks clients must be in CHANGELOG.md.
//
//   node tools/schema-changes.js [COMMIT]
//
// Without COMMIT it compares with HEAD, or with HEAD~1 if schema.graphql has not changed since HEAD. An item under
// "### Breaking" of "## Unreleased" that begins with its path announces a change:
//
//   - `Query.developments`, `Event.type`: what clients lose, and what to do instead.
//
// A `*` in a path stands for any name: `*Edge.cursor`, `Query.*.after`.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';

const SCHEMA = 'schema.graphql';
const CHANGELOG = 'CHANGELOG.md';
/** The path of a change without one: a change of a root type. */
const ROOT = 'schema';

/** @typedef {import('@graphql-inspector/core').Change} Change */

const { positionals } = parseArgs({ allowPositionals: true });
process.exitCode = await check(positionals[0]);

/**
 * @param {string | undefined} named the commit argument
 * @returns {Promise<number>} the exit code
 */
async function check(named) {
  if (named !== undefined && !exists(named)) {
    say(`No commit "${named}" here. Expected a commit, branch or tag of this clone. Fetch it first.`);
    return 2;
  }
  const now = readFileSync(SCHEMA, 'utf8');
  const ref = named ?? (schemaAt('HEAD') === now ? 'HEAD~1' : 'HEAD');
  if (!exists(ref)) {
    say(`${ref} is not in this clone (first commit or shallow clone): nothing to compare with.`);
    return 0;
  }
  const before = schemaAt(ref);
  if (before === undefined) {
    say(`${ref} has no ${SCHEMA}: nothing to compare with.`);
    return 0;
  }
  return judge(ref, await diff(buildSchema(before), buildSchema(now)));
}

/**
 * @param {string} ref
 * @param {Change[]} changes
 */
function judge(ref, changes) {
  const named = namedInChangelog();
  const breaking = changes.filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking);
  const dangerous = changes.filter(({ criticality }) => criticality.level === CriticalityLevel.Dangerous);
  const missing = breaking.filter(({ path }) => !named.some((pattern) => pattern.test(path ?? ROOT)));
  say(`${SCHEMA} since ${ref}: changes ${changes.length}, breaking ${breaking.length}.`);
  for (const change of breaking) list(missing.includes(change) ? 'breaking' : 'breaking, announced', change);
  for (const change of dangerous) list('may surprise', change);
  if (missing.length === 0) return 0;
  const paths = [...new Set(missing.map(({ path }) => `\`${path ?? ROOT}\``))].join(', ');
  say(
    `${CHANGELOG} does not list these breaking changes. Revert them, or add under "## Unreleased" and "### Breaking":\n  - ${paths}: what clients lose, and what to do instead.`,
  );
  return 1;
}

/** Returns patterns of the paths before the first colon of each item under "## Unreleased", "### Breaking". */
function namedInChangelog() {
  const text = existsSync(CHANGELOG) ? readFileSync(CHANGELOG, 'utf8') : '';
  const unreleased = section(text, '## Unreleased', /^## /m);
  const items = section(unreleased, '### Breaking', /^##/m)
    .split(/^[-*] /m)
    .slice(1);
  const heads = items.map((item) => item.split(/:\s/)[0] ?? '');
  const paths = heads.flatMap((head) => [...head.matchAll(/`([^`]+)`/g)].map(([, path = '']) => path));
  const literal = (/** @type {string} */ text) => text.replace(/[^\w\s]/g, '\\$&');
  return paths.map((path) => new RegExp(`^${path.split('*').map(literal).join('\\w+')}$`));
}

/**
 * Returns the text between a heading and the next one that matches `end`; empty without that heading.
 *
 * @param {string} text
 * @param {string} heading
 * @param {RegExp} end
 */
function section(text, heading, end) {
  const [, ...rest] = `\n${text}`.split(`\n${heading}\n`);
  return rest.join(`\n${heading}\n`).split(end)[0] ?? '';
}

/** @param {string} ref */
function exists(ref) {
  return git('rev-parse', '--quiet', '--verify', '--end-of-options', `${ref}^{commit}`) !== undefined;
}

/** @param {string} ref */
function schemaAt(ref) {
  return git('show', '--end-of-options', `${ref}:./${SCHEMA}`);
}

/**
 * Returns git's output; undefined if git fails.
 *
 * @param {string[]} args
 */
function git(...args) {
  try {
    return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return undefined;
  }
}

/**
 * @param {string} kind
 * @param {Change} change
 */
function list(kind, { path = ROOT, message }) {
  say(`  ${kind}: ${path}: ${message}`);
}

/** @param {string} line */
function say(line) {
  process.stdout.write(`${line}\n`);
}
