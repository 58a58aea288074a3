// The domain from dist/, so that benchmarks use the same built code as an import.
const load = (path: string): Promise<unknown> => import(new URL(`../dist/${path}`, import.meta.url).href);

export const { openDatabase } = (await load('database/open.js')) as typeof import('../src/database/open.js');
export const { write } = (await load('domain/write.js')) as typeof import('../src/domain/write.js');
export const { recordMany } = (await load(
  'domain/development/write/record.js',
)) as typeof import('../src/domain/development/write/record.js');
export const { recordInputs } = (await load(
  'domain/development/content/input.js',
)) as typeof import('../src/domain/development/content/input.js');
export const { composeNew } = (await load(
  'domain/development/content/compose.js',
)) as typeof import('../src/domain/development/content/compose.js');
export const { changedFields } = (await load(
  'domain/development/content/content.js',
)) as typeof import('../src/domain/development/content/content.js');
export const { rowOf } = (await load(
  'domain/development/write/rows.js',
)) as typeof import('../src/domain/development/write/rows.js');
export const { findGrades } = (await load(
  'domain/development/evidence/confidence.js',
)) as typeof import('../src/domain/development/evidence/confidence.js');
export const { findReferences } = (await load(
  'domain/references/lookup.js',
)) as typeof import('../src/domain/references/lookup.js');
export const { encodeCursor } = (await load('feed/cursor.js')) as typeof import('../src/feed/cursor.js');
export const { readHead } = (await load('feed/head.js')) as typeof import('../src/feed/head.js');
export const { appendToFeed } = (await load('feed/position.js')) as typeof import('../src/feed/position.js');
export const { recordReferences } = (await load(
  'domain/references/history/record.js',
)) as typeof import('../src/domain/references/history/record.js');
export const { upsertActor } = (await load(
  'domain/references/actor.js',
)) as typeof import('../src/domain/references/actor.js');
export const { upsertTopic } = (await load(
  'domain/references/topic.js',
)) as typeof import('../src/domain/references/topic.js');
export const { upsertTreaty } = (await load(
  'domain/references/treaty.js',
)) as typeof import('../src/domain/references/treaty.js');
export const { upsertWeaponSystem } = (await load(
  'domain/references/weapon-system.js',
)) as typeof import('../src/domain/references/weapon-system.js');
export const { upsertDoctrine } = (await load(
  'domain/references/doctrine.js',
)) as typeof import('../src/domain/references/doctrine.js');
export const { upsertSource } = (await load(
  'domain/references/source.js',
)) as typeof import('../src/domain/references/source.js');
export const { sealRevision } = (await load(
  'domain/development/write/commit.js',
)) as typeof import('../src/domain/development/write/commit.js');
export const { entryHash, FIRST_HASH } = (await load(
  'feed/hash-chain.js',
)) as typeof import('../src/feed/hash-chain.js');
export const { nameVector } = (await load(
  'domain/search/vector.js',
)) as typeof import('../src/domain/search/vector.js');
export const { parseSearchTexts } = (await load(
  'domain/search/text.js',
)) as typeof import('../src/domain/search/text.js');
export const { queriesIn } = (await load(
  'domain/search/units.js',
)) as typeof import('../src/domain/search/units.js');
