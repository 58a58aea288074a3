import { createHash } from 'node:crypto';
import type { Transaction } from '../../../database/open.js';
import type { ActorKind } from '../../../generated/prisma/enums.js';
import { fold } from '../../search/fold.js';
import { trimText } from '../../trim-text.js';
import type { NamedOwner } from './other-names.js';
import { type Comparable, similarKeysOf } from './similar-keys.js';

/** What an actor, topic or source can be found by besides its slug. */
export type Findable =
  | {
      readonly owner: 'Actor';
      readonly kind: ActorKind;
      /** The usual name and all others. */
      readonly names: readonly string[];
      readonly countryCode: string | null;
      readonly countryCode3: string | null;
      readonly wikidataId: string | null;
    }
  | {
      readonly owner: 'Topic';
      readonly names: readonly string[];
      readonly wikidataId: string | null;
    }
  | {
      readonly owner: 'Source';
      /** The title and all others. */
      readonly names: readonly string[];
      readonly url: string | null;
      readonly wikidataId: string | null;
    }
  /** Found by slug only, and compared by name. */
  | { readonly owner: 'Treaty' | 'WeaponSystem' | 'Doctrine'; readonly names: readonly string[] };

/** Returns a name as names are compared: without case, accents, apostrophes and invisible characters, one blank between words. */
export function foldName(name: string): string {
  const folded = fold(name).replaceAll(/\s+/gu, ' ').trim();
  return folded === '' ? trimText(name) : folded;
}

/** Keys of an index have at most 2,704 bytes, and one code unit of a key has at most 3. */
const LONGEST = 500;

function key(...parts: readonly string[]): string {
  const text = parts.join(' ');
  if (text.length <= LONGEST) return text;
  return `${text.slice(0, 100)} ${createHash('sha256').update(text.toWellFormed()).digest('base64url')}`;
}

export const nameKey = (kind: ActorKind, name: string) => key('actor', kind, 'name', foldName(name));
/** An alpha-2 or alpha-3 code of a state. */
export const codeKey = (code: string) => key('actor', 'STATE', 'code', code);
export const wikidataKey = (owner: NamedOwner, id: string) => key(owner.toLowerCase(), 'wikidata', id);
export const topicKey = (name: string) => key('topic', foldName(name));
/** Of a source without an address: others are found by it. */
export const titleKey = (title: string) => key('source', foldName(title));

/** Returns the keys of a reference, each once: those that it is found by, and those of suggestions. */
export function keysOf(reference: Findable): string[] {
  return [...new Set([...ownKeysOf(reference), ...similarKeysOf(comparableOf(reference))])];
}

function ownKeysOf(reference: Findable): string[] {
  switch (reference.owner) {
    case 'Topic':
      return [...reference.names.map(topicKey), ...itemKeys(reference)];
    case 'Source':
      return [...(reference.url === null ? reference.names.map(titleKey) : []), ...itemKeys(reference)];
    case 'Actor': {
      const { kind, names, countryCode, countryCode3, wikidataId } = reference;
      const codes = kind === 'STATE' ? [countryCode, countryCode3] : [];
      return [
        ...names.map((name) => nameKey(kind, name)),
        ...codes.flatMap((code) => (code === null ? [] : codeKey(code))),
        ...itemKeys({ owner: 'Actor', wikidataId }),
      ];
    }
    default:
      return [];
  }
}

const itemKeys = ({
  owner,
  wikidataId,
}: {
  readonly owner: NamedOwner;
  readonly wikidataId: string | null;
}) => (wikidataId === null ? [] : [wikidataKey(owner, wikidataId)]);

const UNKNOWN = { kind: null, countryCode: null, countryCode3: null, wikidataId: null, url: null };

/** Returns a reference as suggestions compare it. */
const comparableOf = (reference: Findable): Comparable => ({ ...UNKNOWN, ...reference });

/** Returns the keys that another name of a reference adds to its own. @param kind Of an actor. */
export const keysOfSpelling = (owner: NamedOwner, kind: ActorKind | null, name: string): string[] => {
  const ids = { countryCode: null, countryCode3: null, wikidataId: null, url: null };
  return keysOf({ ...ids, owner, kind, names: [name] } as Findable);
};

/** Replaces the keys of a reference by those that it should have now. One SQL statement. */
export async function replaceKeys(tx: Transaction, id: string, reference: Findable): Promise<void> {
  const keys = keysOf(reference);
  await tx.$executeRaw`
    WITH gone AS (
      DELETE FROM reference_key WHERE reference_id = ${id}::uuid AND key <> ALL (${keys}::text[])
    )
    INSERT INTO reference_key (key, reference_id) SELECT key, ${id}::uuid FROM unnest(${keys}::text[]) AS key
    ON CONFLICT DO NOTHING`;
}

export function findableActor(actor: {
  readonly kind: ActorKind;
  readonly name: string;
  readonly countryCode: string | null;
  readonly countryCode3: string | null;
  readonly wikidataId: string | null;
  readonly others: readonly string[];
}): Findable {
  const { name, others, kind, countryCode, countryCode3, wikidataId } = actor;
  return { owner: 'Actor', kind, names: [name, ...others], countryCode, countryCode3, wikidataId };
}

export function findableTopic(topic: {
  readonly name: string;
  readonly wikidataId: string | null;
  readonly others: readonly string[];
}): Findable {
  const { name, others, wikidataId } = topic;
  return { owner: 'Topic', names: [name, ...others], wikidataId };
}

export function findableSource(source: {
  readonly title: string;
  readonly url: string | null;
  readonly wikidataId: string | null;
  readonly others: readonly string[];
}): Findable {
  const { title, others, url, wikidataId } = source;
  return { owner: 'Source', names: [title, ...others], url, wikidataId };
}
