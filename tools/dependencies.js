// Writes docs/dependencies.md: the reason, licence and size of each production dependency.
//
//   node tools/dependencies.js                  writes the page and keeps its release dates
//   node tools/dependencies.js --dates NAME…    writes the page with NAME's last release, from the registry
//   node tools/dependencies.js --check          checks the page, without a network or installed packages
//
// tools/dependencies.json holds the reasons and the allowed licences.
import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const PAGE = 'docs/dependencies.md';
const REASONS = 'tools/dependencies.json';

/**
 * @typedef {{ version: string, license?: string, dev?: boolean, devOptional?: boolean, hasInstallScript?: boolean, link?: boolean }} Locked
 * @typedef {{ path: string, name: string, version: string, licence: string, hasInstallScript: boolean }} Package
 */

const { values, positionals } = parseArgs({
  options: { check: { type: 'boolean' }, dates: { type: 'boolean' } },
  allowPositionals: true,
});
/** @type {{ dependencies: Record<string, string>, devDependencies: Record<string, string> }} */
const manifest = readJson('package.json');
/** @type {{ packages: Record<string, Locked> }} */
const lock = readJson('package-lock.json');
/** @type {{ why: Record<string, string>, licences: string[] }} */
const { why, licences } = readJson(REASONS);

const names = Object.keys(manifest.dependencies).sort();
const installed = productionPackages();
const direct = installed.filter(({ path, name }) => path === `node_modules/${name}` && names.includes(name));
const transitive = installed.filter((one) => !direct.includes(one));

if (values.check) {
  const problems = [...problemsOfReasons(), ...problemsOfPackages(), ...problemsOfPage()];
  const found = [...new Set(installed.map(({ licence }) => licence))].sort().join(', ');
  say(`${direct.length} production dependencies, ${transitive.length} transitive ones: ${found}.`);
  for (const problem of problems) say(`  ${problem}`);
  if (problems.length > 0) process.exitCode = 1;
} else {
  writePage();
}

/** Returns each copy that `npm ci --omit=dev --omit=optional` installs, from the lock file. */
function productionPackages() {
  return (
    Object.entries(lock.packages)
      // A link leads to a package of this repository.
      .filter(
        ([path, { dev, devOptional, link }]) =>
          path.startsWith('node_modules/') && !dev && !devOptional && !link,
      )
      .map(
        ([path, { version, license, hasInstallScript = false }]) =>
          /** @type {Package} */ ({
            path,
            name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
            version,
            licence: license ?? 'unknown',
            hasInstallScript,
          }),
      )
  );
}

function problemsOfReasons() {
  return [
    ...names.filter((name) => !why[name]).map((name) => `${name}: no reason; add one to ${REASONS}`),
    ...Object.keys(why)
      .filter((name) => !names.includes(name))
      .map((name) => `${name}: has a reason in ${REASONS} but is no production dependency; remove it`),
  ];
}

function problemsOfPackages() {
  const exact = /^\d+\.\d+\.\d+(-[\w.-]+)?$/;
  const loose = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
    .filter(([, version]) => !exact.test(version))
    .map(([name, version]) => `${name}: expected an exact version in package.json, got "${version}"`);
  const unlocked = names
    .filter((name) => !direct.some((one) => one.name === name))
    .map((name) => `${name}: not in package-lock.json; run npm install`);
  const licensed = installed
    .filter(({ licence }) => !isAllowed(licence))
    .map(
      ({ path, licence }) =>
        `${path}: licence ${licence}; expected one of ${licences.join(', ')}. Use another package, or allow it in ${REASONS}`,
    );
  const scripted = installed
    .filter(({ hasInstallScript }) => hasInstallScript)
    .map(({ path }) => `${path}: runs a script when installed, but scripts are off; use another package`);
  return [...loose, ...unlocked, ...licensed, ...scripted];
}

/** Sizes and dates depend on the machine and the day, so they are not compared. */
function problemsOfPage() {
  const rows = rowsOfPage();
  const stale = [
    ...direct
      .filter((one) => JSON.stringify(rows.get(one.name)?.slice(0, 3)) !== JSON.stringify(cells(one)))
      .map(({ name }) => `${name}: ${rows.has(name) ? 'outdated' : 'missing'} in ${PAGE}`),
    ...[...rows.keys()]
      .filter((name) => !names.includes(name))
      .map((name) => `${name}: in ${PAGE} but no production dependency`),
  ];
  return stale.length === 0 ? [] : [...stale, `Update ${PAGE}: npm run dependencies`];
}

/** @param {Package} one */
function cells({ name, version, licence }) {
  return [version, licence, why[name] ?? ''];
}

/** Returns the page's rows by name: version, licence, why, last release, size. */
function rowsOfPage() {
  const text = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '';
  return new Map(
    [...text.matchAll(/^\| `([^`]+)` \| (.*) \|$/gm)].map(([, name = '', rest = '']) => [
      name,
      rest.split(' | '),
    ]),
  );
}

/**
 * Whether an SPDX expression is allowed: every part joined by AND, or one part joined by OR.
 *
 * @param {string} expression
 * @returns {boolean}
 */
function isAllowed(expression) {
  const bare = expression.replace(/^\((.*)\)$/, '$1');
  if (/ OR /.test(bare)) return bare.split(' OR ').some(isAllowed);
  return bare.split(' AND ').every((part) => licences.includes(part));
}

function writePage() {
  const before = rowsOfPage();
  const rows = direct.map((one) => {
    const kept = before.get(one.name)?.[3] ?? 'unknown';
    const released = values.dates && positionals.includes(one.name) ? (lastRelease(one.name) ?? kept) : kept;
    return `| \`${one.name}\` | ${[...cells(one), released, inWords(sizeOf(one.path))].join(' | ')} |`;
  });
  const size = (/** @type {Package[]} */ list) =>
    inWords(list.reduce((sum, { path }) => sum + sizeOf(path), 0));
  writeFileSync(
    PAGE,
    `# Dependencies

These packages are in a production install (\`npm ci --omit=dev --omit=optional\`). Versions are exact, and no package runs a
script when it is installed. \`npm run dependencies\` writes this page from [tools/dependencies.json](../${REASONS}) and
package-lock.json.

| package | version | licence | why | last release | size |
|---|---|---|---|---|---|
${rows.join('\n')}

These ${direct.length} packages take ${size(direct)}. Their ${transitive.length} transitive dependencies take ${size(transitive)}.

| licence | packages |
|---|---|
${tally().join('\n')}
`,
  );
  say(`Wrote ${PAGE}.`);
}

function tally() {
  const counts = new Map();
  for (const { licence } of installed) counts.set(licence, (counts.get(licence) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).map(([licence, count]) => `| ${licence} | ${count} |`);
}

/**
 * Returns the day of the newest release of any version; undefined if the registry does not answer.
 *
 * @param {string} name
 */
function lastRelease(name) {
  try {
    /** @type {Record<string, string>} */
    const { created, modified, ...versions } = JSON.parse(
      execFileSync('npm', ['view', name, 'time', '--json'], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    );
    return Object.values(versions).sort().at(-1)?.slice(0, 10);
  } catch {
    return undefined;
  }
}

/**
 * Returns the bytes of a package's own files, without packages nested in it.
 *
 * @param {string} path
 * @returns {number}
 */
function sizeOf(path) {
  if (!existsSync(path)) return 0;
  return readdirSync(path)
    .filter((name) => name !== 'node_modules')
    .map((name) => join(path, name))
    .map((inside) => {
      const entry = lstatSync(inside);
      return entry.isDirectory() ? sizeOf(inside) : entry.size;
    })
    .reduce((sum, size) => sum + size, 0);
}

/** @param {number} bytes */
function inWords(bytes) {
  if (bytes === 0) return 'not installed';
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** @param {string} file */
function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** @param {string} line */
function say(line) {
  process.stdout.write(`${line}\n`);
}
