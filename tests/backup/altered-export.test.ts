import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createChainReader } from '../../src/backup/chain-reader.js';
import { exportRecord } from '../../src/backup/export.js';
import type { ReferenceRevisionLine, RevisionLine } from '../../src/backup/format.js';
import { verifyExport } from '../../src/backup/verify-export.js';
import { openTestDatabase } from '../database/suites.js';
import { runs } from '../support/random/runs.js';
import { fillRecord } from '../verify/record.js';

type Json = any;

let lines: string[];
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'doctrine-wire-altered-'));
  await using opened = await openTestDatabase();
  await fillRecord(opened.db);
  lines = [];
  await exportRecord(opened.db, async (some) => void lines.push(...some));
});

afterAll(() => rm(directory, { recursive: true, force: true }));

async function check(some: readonly string[], position?: number, hash?: string) {
  const file = join(directory, 'altered.ndjson');
  await writeFile(file, some.map((line) => `${line}\n`).join(''));
  const proof =
    position === undefined || hash === undefined
      ? undefined
      : { position, hash, signed: 'not signed' as const };
  return verifyExport(file, proof);
}

/** Returns the export with a change, and the chain and hashes made anew, as somebody would who wants to hide it. */
function forged(change: (objects: Json[]) => void): string[] {
  const objects = lines.map((line) => JSON.parse(line));
  change(objects);
  const chain = createChainReader();
  const sealed = objects.slice(0, -1).map((object: Json) => {
    if (!object.entry) return object;
    const line = chain.seal(object as RevisionLine | ReferenceRevisionLine);
    chain.read(line);
    return line;
  });
  const text = sealed.map((object) => JSON.stringify(object));
  const sha256 = createHash('sha256')
    .update(text.map((line) => `${line}\n`).join(''))
    .digest('hex');
  return [...text, JSON.stringify({ end: { ...objects.at(-1).end, hash: chain.hash, sha256 } })];
}

const told = (slug: string) => (object: Json) => object.entry && object.revision?.snapshot.slug === slug;
const find = (objects: Json[], slug: string) => objects.find(told(slug)).revision.snapshot;

/** Lists the paths of the texts, numbers and truth values in a value. */
function leaves(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]));
}

describe('an export', () => {
  test('is verified without a database, and continues a proof of any of its positions', async () => {
    const { message, comparison } = await check(lines);
    const { end } = JSON.parse(lines.at(-1) ?? '');
    expect(message).toBe(
      `The export is valid: 8 developments, 13 revisions and 19 positions checked. Its hash chain ends at position 19 with ${end.hash}.`,
    );
    expect(comparison).toBeUndefined();
    const noted = lines.map((line) => JSON.parse(line).entry).find((entry) => entry?.position === 11);
    expect((await check(lines, 11, noted.hash)).comparison).toMatchObject({ isContinuation: true });
    expect((await check(lines, 11, end.hash)).comparison).toMatchObject({ isContinuation: false });
    expect((await check(lines, 20, end.hash)).comparison?.message).toMatch(/later changes are missing/);
  });

  test('with any value of a told revision or its entry altered is refused at its position', async () => {
    const told = lines.flatMap((line, index) => {
      const object = JSON.parse(line);
      return object.entry
        ? leaves(object).map((path) => ({ index, path, position: object.entry.position }))
        : [];
    });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...told), fc.nat(), async ({ index, path, position }, seed) => {
        const object = JSON.parse(lines[index] ?? '');
        const holder = path.slice(0, -1).reduce((inner: Json, key) => inner[key], object);
        const key = path.at(-1) ?? '';
        holder[key] = altered(holder[key], seed);
        const refusal = expect(check(lines.with(index, JSON.stringify(object)))).rejects;
        if (path.join('.') === 'entry.position') await refusal.toThrow(`Expected position ${position} next`);
        else await refusal.toThrow(`Position ${position}: `);
      }),
      { numRuns: runs(150) },
    );
  });

  test('with any byte altered is refused', async () => {
    const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
    const file = join(directory, 'byte.ndjson');
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 2), fc.integer({ min: 1, max: 255 }), async (at, difference) => {
        const copy = Buffer.from(bytes);
        copy[at] = (copy[at] ?? 0) ^ difference;
        await writeFile(file, copy);
        await expect(verifyExport(file, undefined)).rejects.toThrow();
      }),
      { numRuns: runs(100) },
    );
  });

  test('with a removed, doubled or reordered entry is refused at its position', async () => {
    const at = lines.findIndex((line) => JSON.parse(line).entry?.position === 11);
    const [one = '', other = ''] = lines.slice(at, at + 2);
    await expect(check(lines.toSpliced(at, 1))).rejects.toThrow('Expected position 11 next; got 12');
    await expect(check(lines.toSpliced(at, 0, one))).rejects.toThrow('Expected position 12 next; got 11');
    const renumbered = (line: string, position: number) =>
      line.replace(/"entry":{"position":\d+/, `"entry":{"position":${position}`);
    const swapped = lines.with(at, renumbered(other, 11)).with(at + 1, renumbered(one, 12));
    await expect(check(swapped)).rejects.toThrow('Position 11: The hash chain is broken');
  });

  const RULES: [what: string, change: (objects: Json[]) => void, message: RegExp][] = [
    [
      'an address with another scheme',
      (all) => {
        all.find(({ source }) => source).source.url = 'javascript:alert(1)';
      },
      /url: Expected an http or https address/,
    ],
    [
      'a column that does not exist',
      (all) => {
        all.find(({ topic }) => topic).topic['name") SELECT 1 --'] = 'x';
      },
      /Unrecognized key/,
    ],
    [
      'a reference unlike its newest revision',
      (all) => {
        all.find(({ source }) => source).source.reliability = 'A';
      },
      /"article": Expected the reference as its revision 1 has it/,
    ],
    [
      'a merge into a reference that is not there',
      (all) => {
        all.find(({ topic }) => topic).topic.mergedIntoId = '00000000-0000-7000-8000-000000000000';
      },
      /mergedIntoId: Expected the id of another topic; got 0/,
    ],
    [
      'a merge into a reference of another kind',
      (all) => {
        all.find(({ topic }) => topic).topic.mergedIntoId = all.find(({ source }) => source).source.id;
      },
      /mergedIntoId: Expected the id of another topic/,
    ],
    [
      'references merged into each other',
      (all) => {
        const [one, other] = all.flatMap(({ actor }) => actor ?? []);
        [one.mergedIntoId, other.mergedIntoId] = [other.id, one.id];
      },
      /mergedIntoId: Expected an end of merges; got a cycle/,
    ],
    [
      'an unknown field in a revision of a reference',
      (all) => {
        all.find(({ referenceRevision: it }) => it?.kind === 'TOPIC').referenceRevision.snapshot.colour =
          'red';
      },
      /Position 4: The snapshot is not a valid content: Unrecognized key/,
    ],
    [
      'a revision of a reference that is not there',
      (all) => {
        all.find(({ referenceRevision: it }) => it?.kind === 'TOPIC').referenceRevision.referenceId =
          '00000000-0000-7000-8000-000000000000';
      },
      /Position 4: referenceId: Expected the id of one of the export's references/,
    ],
    [
      'a long headline',
      (all) => {
        find(all, 'last').headline = 'x'.repeat(301);
      },
      /headline: Expected at most 300 characters; got 301/,
    ],
    [
      'an unknown type',
      (all) => {
        find(all, 'last').detail.type = 'PARTY';
      },
      /Position 19: The snapshot is not a valid content/,
    ],
    [
      'a claim with a malformed value',
      (all) => {
        find(all, 'launch').claims[1].value = '500 to 600 km';
      },
      /Position 8: citations\.0\.claims/,
    ],
    [
      'a claim without a citation',
      (all) => {
        find(all, 'launch').claims[0].citationId = '00000000-0000-7000-8000-000000000000';
      },
      /Position 8: claims: Expected a citation/,
    ],
    [
      'a link to itself',
      (all) => {
        const line = all.find(told('last'));
        const link = {
          toId: line.revision.developmentId,
          relation: 'CONTRADICTS',
          note: null,
          citationId: null,
        };
        line.revision.snapshot.links = [link];
      },
      /Position 19: links: Expected another development/,
    ],
    [
      'a reference that is not there',
      (all) => {
        find(all, 'launch').topicIds = ['00000000-0000-7000-8000-000000000000'];
      },
      /Position 8: topics: Expected an object of the export/,
    ],
    [
      'a date with other bounds',
      (all) => {
        find(all, 'last').occurred.latest = '2024-12-31';
      },
      /Position 19: occurred: Expected/,
    ],
    [
      'a slug of another development',
      (all) => {
        find(all, 'last').slug = 'launch';
      },
      /Position 19: slug: Expected an unused slug/,
    ],
    [
      'a published development without citations',
      (all) => {
        find(all, 'last').citations = [];
      },
      /"last": Expected a citation/,
    ],
    [
      'links that form a cycle',
      (all) => {
        const last = all.find(told('last'));
        const launch = all.findLast(told('launch'));
        const later = structuredClone(launch);
        later.revision.number += 1;
        Object.assign(later.entry, {
          change: 'REVISED',
          position: all.findLast(({ entry }) => entry).entry.position + 1,
        });
        const linkTo = ({ revision }: Json) => [
          { toId: revision.developmentId, relation: 'PART_OF', note: null, citationId: null },
        ];
        last.revision.snapshot.links = linkTo(launch);
        later.revision.snapshot.links = linkTo(last);
        all.splice(-1, 0, later);
        const { end } = all.at(-1);
        Object.assign(end, { revisions: end.revisions + 1, positions: end.positions + 1 });
        all[0].position += 1;
      },
      /Expected no cycle of PART_OF/,
    ],
  ];

  for (const [what, change, message] of RULES) {
    test(`with ${what} is refused, even if its hashes are made anew`, async () => {
      await expect(check(forged(change))).rejects.toThrow(message);
    });
  }

  test('with another past and its hashes made anew is found only with a proof', async () => {
    const { end } = JSON.parse(lines.at(-1) ?? '');
    const other = forged((all) => {
      find(all, 'last').headline = 'Another';
    });
    expect((await check(other)).message).toMatch(/^The export is valid/);
    expect((await check(other, 19, end.hash)).comparison).toMatchObject({ isContinuation: false });
  });
});

/** Returns another value of the same kind. */
function altered(value: unknown, seed: number): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (typeof value !== 'string' || value === '') return 'x';
  const at = seed % value.length;
  const other = value[at] === '1' ? '2' : '1';
  return `${value.slice(0, at)}${other}${value.slice(at + 1)}`;
}
