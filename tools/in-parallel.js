// Runs scripts of package.json, two at a time in the given order: most of them use one core.
//
//   node tools/in-parallel.js SCRIPT…
//
// Prints the output of each when it ends, and exits with 1 if one has failed. Then it starts no more.
import { spawn } from 'node:child_process';

const AT_ONCE = 2;

const waiting = process.argv.slice(2);
/** @type {string[]} */
const failed = [];

async function work() {
  while (failed.length === 0) {
    const name = waiting.shift();
    if (name === undefined) return;
    const started = performance.now();
    const { code, output } = await run(name);
    const seconds = ((performance.now() - started) / 1_000).toFixed(1);
    process.stdout.write(`\n> ${name} (${seconds} s)\n${output}`);
    if (code !== 0) failed.push(name);
  }
}

/**
 * @param {string} name
 * @returns {Promise<{ code: number | null, output: string }>}
 */
function run(name) {
  const child = spawn('npm', ['run', '--silent', name], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}

await Promise.all(Array.from({ length: AT_ONCE }, work));
if (failed.length > 0) {
  process.stdout.write(`\nFailed: ${failed.join(', ')}\n`);
  process.exitCode = 1;
}
