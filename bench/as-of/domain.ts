// The domain as it was built: the record is written by the code that an import runs.
const load = (path: string): Promise<unknown> => import(new URL(`../../dist/${path}`, import.meta.url).href);

export const { openDatabase } = (await load(
  'database/open.js',
)) as typeof import('../../src/database/open.js');
export const { recordMany } = (await load(
  'domain/development/record.js',
)) as typeof import('../../src/domain/development/record.js');
export const { recordInputs } = (await load(
  'domain/development/input.js',
)) as typeof import('../../src/domain/development/input.js');
export const { appendToFeed } = (await load(
  'feed/position.js',
)) as typeof import('../../src/feed/position.js');
export const { upsertActor } = (await load('domain/actor.js')) as typeof import('../../src/domain/actor.js');
export const { upsertTopic } = (await load('domain/topic.js')) as typeof import('../../src/domain/topic.js');
export const { upsertSource } = (await load(
  'domain/source.js',
)) as typeof import('../../src/domain/source.js');
