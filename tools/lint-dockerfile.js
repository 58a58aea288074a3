// Lints the Dockerfile without Docker: its syntax, that copied files exist, and required instructions.
import { existsSync, readFileSync } from 'node:fs';
import { validate } from 'dockerfile-utils';

const FILE = 'Dockerfile';
const text = readFileSync(FILE, 'utf8');
const problems = [...syntax(), ...copied(), ...required()];

for (const { line, message } of problems) process.stdout.write(`${FILE}:${line}: ${message}\n`);
process.stdout.write(`${FILE}: ${problems.length === 0 ? 'no problems' : `${problems.length} problems`}\n`);
if (problems.length > 0) process.exitCode = 1;

/** @typedef {{ line: number, message: string }} Problem */

function syntax() {
  return validate(text).map(({ range, message }) => ({ line: range.start.line + 1, message }));
}

/** Files copied from the project must exist, and .dockerignore must include them. */
function copied() {
  const letThrough = readFileSync('.dockerignore', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('!'))
    .map((line) => new RegExp(`^${line.slice(1).replaceAll('.', '\\.').replaceAll('*', '.*')}(/|$)`));
  return instructions('COPY')
    .filter(({ rest }) => !rest.includes('--from='))
    .flatMap(({ line, rest }) =>
      rest
        .split(/\s+/)
        .slice(0, -1)
        .flatMap((source) => {
          if (!existsSync(source)) return [{ line, message: `copies ${source}, which does not exist` }];
          if (letThrough.some((pattern) => pattern.test(source))) return [];
          return [{ line, message: `copies ${source}, which .dockerignore excludes. Add !${source} to it` }];
        }),
    );
}

/** Instructions that we require and Docker does not. */
function required() {
  const last = instructions('FROM').at(-1)?.line ?? 0;
  /** @param {string} name */
  const final = (name) => instructions(name).filter(({ line }) => line > last);
  /** @type {Problem[]} */
  const found = instructions('FROM')
    .filter(({ rest }) => !/:(?!latest)\S/.test(rest))
    .map(({ line, rest }) => ({ line, message: `FROM ${rest}: expected a tag other than latest` }));
  const user = final('USER').at(-1)?.rest;
  if (user === undefined || /^(root|0)\b/.test(user)) {
    found.push({ line: last, message: 'the last stage runs as root. Set USER to another user' });
  }
  for (const name of ['HEALTHCHECK', 'CMD', 'STOPSIGNAL', 'EXPOSE']) {
    if (final(name).length === 0) found.push({ line: last, message: `the last stage has no ${name}` });
  }
  for (const { line, rest } of final('CMD')) {
    if (!rest.startsWith('[')) {
      found.push({ line, message: 'CMD: expected ["…"]. A shell would not pass SIGTERM on' });
    }
  }
  return found;
}

/**
 * Returns the instructions of a name, with continued lines joined.
 *
 * @param {string} name
 */
function instructions(name) {
  return [...text.matchAll(new RegExp(`^${name} ((?:.*\\\\\\n)*.*)$`, 'gm'))].map((match) => ({
    line: text.slice(0, match.index).split('\n').length,
    rest: (match[1] ?? '').replaceAll('\\\n', ' ').trim(),
  }));
}
