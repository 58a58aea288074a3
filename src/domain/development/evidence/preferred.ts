import type { Transaction } from '../../../database/open.js';
import { InvalidInputError } from '../../errors.js';
import { shown } from '../../input.js';
import { findSlugs, type References } from '../../references/lookup.js';
import { type ClaimContent, canonical, type DevelopmentContent, kindOf } from '../content/content.js';
import type { SlugsById } from '../content/decompose.js';
import { whyNotOn } from './claim-schemas.js';
import type { ClaimValue, ClaimValues } from './claim-values.js';
import { areSpeakers, INPUT_FIELDS, isSpeaker, ownValue, withOwnValue } from './own-values.js';

/** Returns the first preferred claim whose value differs from the development's own. */
export function preferredApart(content: DevelopmentContent, refs: References): ClaimContent | undefined {
  const factual = ({ occurred, participants, detail }: DevelopmentContent) =>
    canonical([occurred, participants, detail]);
  const preferred = content.claims.filter(({ rank }) => rank === 'PREFERRED');
  if (preferred.length === 0) return undefined;
  const own = factual(content);
  return preferred.find(({ field, value }) => {
    if (whyNotOn(field, kindOf(content)) !== undefined) return false;
    if (field === 'ROLE' && !areSpeakers(content.participants, value as ClaimValues['ROLE'], refs))
      return true;
    return factual(withOwnValue(content, field, value as ClaimValue, refs)) !== own;
  });
}

/** Adapts the error to the operation of the caller. */
export interface Telling {
  /** Path of the wrong input. By default, the field of the development's own value. */
  readonly path?: string;
  readonly remedy?: string;
}

/** Creates the error for a claim that {@link preferredApart} found. */
export function apartError(
  content: DevelopmentContent,
  { field, value }: ClaimContent,
  slugs: SlugsById,
  {
    path = INPUT_FIELDS[field],
    remedy = 'Rank another claim PREFERRED, or give the citations too.',
  }: Telling = {},
): InvalidInputError {
  const got = shown(ownValue(content, field, slugs));
  return InvalidInputError.at(
    path,
    `Expected the value of the preferred claim on ${field}, ${shown(value)}; got ${got}. ${remedy}`,
  );
}

/**
 * Refuses content whose own value differs from its preferred claim. Runs one statement if it is refused,
 * otherwise none.
 *
 * @param tell Adapts the error to the caller's input.
 * @throws {InvalidInputError}
 */
export async function refuseApart(
  tx: Transaction,
  content: DevelopmentContent,
  refs: References,
  tell: (claim: ClaimContent) => Telling = () => ({}),
): Promise<void> {
  const claim = preferredApart(content, refs);
  if (!claim) return;
  const ids = content.participants.filter(isSpeaker).map(({ actorId }) => actorId);
  const slugs = actorSlugs(await findSlugs(tx, 'Actor', { id: { in: ids } }));
  throw apartError(content, claim, slugs, tell(claim));
}

/** Looks up the slugs of actors. */
export function actorSlugs(actors: readonly { readonly id: string; readonly slug: string }[]): SlugsById {
  const slugs = new Map(actors.map(({ id, slug }) => [id, slug]));
  return {
    find: (_, id) => slugs.get(id),
    get: (owner, id) => {
      const slug = slugs.get(id);
      if (slug === undefined) throw new Error(`The slug of the ${owner} ${id} was not looked up.`);
      return slug;
    },
  };
}
