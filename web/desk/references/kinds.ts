/** The kinds of references, as the desk calls them. */
export const REFERENCE_KINDS = {
  actor: { one: 'actor', many: 'actors' },
  source: { one: 'source', many: 'sources' },
  topic: { one: 'topic', many: 'topics' },
  treaty: { one: 'treaty', many: 'treaties' },
  weaponSystem: { one: 'weapon system', many: 'weapon systems' },
  doctrine: { one: 'doctrine', many: 'doctrines' },
} as const;

export type ReferenceKind = keyof typeof REFERENCE_KINDS;

/** A reference as a list shows it. */
export interface FoundReference {
  readonly slug: string;
  readonly name: string;
  /** What tells it from others of the same name. */
  readonly note: string;
  /** Of a source. */
  readonly publisher?: string | undefined;
  readonly reliability?: 'A' | 'B' | 'C' | 'D' | 'E' | 'F' | undefined;
}
