import { type SlugOwner, UnknownSlugError } from '../../domain/errors.js';

/** The fields of a judgement, which hold slugs of any type. */
const PAIR = ['one', 'other'];

/** The fields of inputs that hold slugs of each type, in lists too. `value` is that of a claim. */
const FIELDS: Readonly<Record<SlugOwner, readonly string[]>> = {
  Development: ['slug', 'to', 'successor', ...PAIR],
  Actor: ['actor', 'parties', 'value', ...PAIR],
  Source: ['source', 'from', 'to', ...PAIR],
  Treaty: ['treaties', ...PAIR],
  WeaponSystem: ['weaponSystems', ...PAIR],
  Doctrine: ['doctrine', 'doctrines', ...PAIR],
  Topic: ['topics', 'addTopics', 'removeTopics', ...PAIR],
};

/** Returns an error of a write. An unknown slug gets its path within the input. */
export function withInputPath(error: unknown, input: unknown): unknown {
  if (!(error instanceof UnknownSlugError) || error.path !== '') return error;
  const { owner, slug } = error;
  return new UnknownSlugError(owner, slug, findPath(input, FIELDS[owner], slug)?.join('.'));
}

/** Returns the path of the first value that equals the slug in one of the fields. */
function findPath(
  input: unknown,
  fields: readonly string[],
  slug: string,
  field = '',
): readonly string[] | undefined {
  if (input === slug && fields.includes(field)) return [];
  if (typeof input !== 'object' || input === null) return undefined;
  for (const [key, value] of Object.entries(input)) {
    const rest = findPath(value, fields, slug, Array.isArray(input) ? field : key);
    if (rest) return [key, ...rest];
  }
  return undefined;
}
