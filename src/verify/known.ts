import type { Transaction } from '../database/open.js';
import type { ClaimContent, DevelopmentContent } from '../domain/development/content/content.js';
import type { SlugsById } from '../domain/development/content/decompose.js';
import { actorsIn } from '../domain/development/evidence/claim-schemas.js';
import type { SlugOwner } from '../domain/errors.js';
import { findSlugs, findSurvivors, References } from '../domain/references/lookup.js';
import { isReadable } from './claim-value.js';

/** An object that a content refers to. */
export interface Reference {
  readonly owner: SlugOwner;
  readonly id: string;
  /** The path within the content. */
  readonly at: string;
}

/** The referenced objects that are in the record. */
export interface Known {
  has(owner: SlugOwner, id: string): boolean;
  /** Returns the development that a slug leads to. */
  developmentOf(slug: string): string | undefined;
  hasActor(slug: string): boolean;
  /** Returns the ids of actors in claims. */
  readonly refs: References;
  /** Returns slugs of objects in the record, and ids of missing ones. */
  readonly slugs: SlugsById;
  /**
   * Returns the content with the actors that stand for its participants now: claims name actors by slug, which lead to
   * those too.
   */
  withSurvivors(content: DevelopmentContent): DevelopmentContent;
}

/** Lists the references of a content by id. */
export function referencesOf(content: DevelopmentContent): Reference[] {
  const { detail, successorId } = content;
  const list = (owner: SlugOwner, at: string, ids: readonly string[]) => ids.map((id) => ({ owner, id, at }));
  return [
    ...list(
      'Actor',
      'participants',
      content.participants.map(({ actorId }) => actorId),
    ),
    ...list('Topic', 'topics', content.topicIds),
    ...list('Treaty', 'treaties', content.treatyIds),
    ...list('WeaponSystem', 'weaponSystems', content.weaponSystemIds),
    ...list('Doctrine', 'doctrines', content.doctrineIds),
    ...list('Doctrine', 'doctrine', detail.kind === 'DOCTRINE_CHANGE' ? [detail.doctrineId] : []),
    ...list(
      'Source',
      'citations',
      content.citations.map(({ sourceId }) => sourceId),
    ),
    ...list(
      'Development',
      'links',
      content.links.map(({ toId }) => toId),
    ),
    ...list('Development', 'successor', successorId === null ? [] : [successorId]),
  ];
}

/** Lists the slugs of actors in claims. Ignores claims with invalid values. */
export const actorsNamed = (claims: readonly ClaimContent[]): string[] => actorsIn(claims.filter(isReadable));

/** Looks up references, with a statement for each type of object. */
export async function findKnown(tx: Transaction, contents: readonly DevelopmentContent[]): Promise<Known> {
  const wanted = new Map<SlugOwner, Set<string>>();
  for (const { owner, id } of contents.flatMap(referencesOf)) {
    wanted.set(owner, (wanted.get(owner) ?? new Set()).add(id));
  }
  const slugs = new Map<string, string>();
  for (const [owner, ids] of wanted) {
    for (const some of portions(ids)) {
      for (const { id, slug } of await findSlugs(tx, owner, { id: { in: some } })) {
        slugs.set(`${owner}:${id}`, slug);
      }
    }
  }
  const actors = await findIds(
    tx,
    'Actor',
    contents.flatMap(({ claims }) => actorsNamed(claims)),
  );
  const developments = await findIds(
    tx,
    'Development',
    contents.map(({ slug }) => slug),
  );
  const survivors = await findSurvivors(tx, [...(wanted.get('Actor') ?? [])], undefined);
  const find = (owner: SlugOwner, id: string) => slugs.get(`${owner}:${id}`);
  return {
    has: (owner, id) => slugs.has(`${owner}:${id}`),
    developmentOf: (slug) => developments.get(`Development:${slug}`),
    hasActor: (slug) => actors.has(`Actor:${slug}`),
    refs: new References(actors),
    slugs: { find, get: (owner, id) => find(owner, id) ?? id },
    withSurvivors: (content) => ({
      ...content,
      participants: content.participants.map(({ actorId, ...rest }) => ({
        ...rest,
        actorId: survivors.get(actorId) ?? actorId,
      })),
    }),
  };
}

async function findIds(tx: Transaction, owner: SlugOwner, slugs: string[]): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const some of portions(slugs)) {
    for (const { id, slug } of await findSlugs(tx, owner, { slug: { in: some } }))
      ids.set(`${owner}:${slug}`, id);
  }
  return ids;
}

/** PostgreSQL's limit of parameters in a statement. */
const MOST = 10_000;

function portions(values: Iterable<string>): string[][] {
  const distinct = [...new Set(values)];
  return Array.from({ length: Math.ceil(distinct.length / MOST) }, (_, index) =>
    distinct.slice(index * MOST, (index + 1) * MOST),
  );
}
