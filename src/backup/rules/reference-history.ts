import { createHash } from 'node:crypto';
import { canonical } from '../../domain/development/content/content.js';
import { isReferenceMarker } from '../../domain/erasure/marker.js';
import { changedReferenceFields } from '../../domain/references/history/content.js';
import { hasNoReferenceContent } from '../../domain/references/history/erased.js';
import type { ReferenceKind, ReferenceRevisionLine } from '../format.js';

type Row = Readonly<Record<string, unknown>>;

const KINDS = {
  actor: 'ACTOR',
  topic: 'TOPIC',
  source: 'SOURCE',
  treaty: 'TREATY',
  weaponSystem: 'WEAPON_SYSTEM',
  doctrine: 'DOCTRINE',
} as const satisfies Readonly<Record<ReferenceKind, string>>;

/** A reference up to a line of the export. */
interface Reached {
  readonly number: number;
  readonly snapshot: object;
  readonly isErased: boolean;
}

/** Nothing proves the content of an erased revision, so it must have none. */
export function brokenReferenceErasure({ referenceRevision }: ReferenceRevisionLine): string | undefined {
  return isReferenceMarker(referenceRevision)
    ? undefined
    : 'salt: Expected one; got none, and the revision has content.';
}

/** Validates that the revisions of references lead to their rows. Memory grows with references. */
export class ReferenceHistory {
  readonly #rows = new Map<
    string,
    { readonly kind: string; readonly slug: string; readonly digest: string }
  >();
  readonly #newest = new Map<string, Reached>();

  /** Takes a row of the export, which comes before the revisions. */
  add(kind: ReferenceKind, row: Row): void {
    const digest = digestOf(contentOf(kind, row));
    this.#rows.set(String(row['id']), { kind: KINDS[kind], slug: String(row['slug']), digest });
  }

  /** Returns the first rule that a revision breaks; undefined if it keeps all. Its snapshot has the right shape. */
  check({ referenceRevision, salt, entry }: ReferenceRevisionLine): string | undefined {
    const { referenceId: id, number, kind, changedFields } = referenceRevision;
    const snapshot = referenceRevision.snapshot as object;
    const row = this.#rows.get(id);
    if (row?.kind !== kind)
      return `referenceId: Expected the id of one of the export's references; got ${id}.`;
    const before = this.#newest.get(id);
    const next = (before?.number ?? 0) + 1;
    if (number !== next) return `number: Expected revision ${next} next; got ${number}.`;
    const isErased = salt === null;
    // The content that changed is gone.
    if (!isErased && !before?.isErased) {
      const expected = changedReferenceFields(before?.snapshot ?? null, snapshot).join(', ');
      if (changedFields.join(', ') !== expected)
        return `changedFields: Expected ${expected || 'none'}; got ${changedFields.join(', ') || 'none'}.`;
    }
    this.#newest.set(id, { number, snapshot, isErased });
    if (entry.change !== 'REFERENCE_ERASED' || hasNoReferenceContent(referenceRevision)) return undefined;
    return 'snapshot: Expected no content, because the entry tells of an erasure; got content.';
  }

  /** Returns the first reference whose row is not that of its newest revision. */
  end(): string | undefined {
    for (const [id, { slug, digest }] of this.#rows) {
      const newest = this.#newest.get(id);
      if (!newest) return `"${slug}": Expected revisions of the reference; got none.`;
      if (newest.isErased) return `"${slug}": Expected a newest revision with a salt; got none.`;
      if (digestOf(newest.snapshot) !== digest)
        return `"${slug}": Expected the reference as its revision ${newest.number} has it; got another content.`;
    }
    return undefined;
  }
}

/** The order of a treaty's states says nothing. */
const digestOf = (content: object): string => {
  const states = 'states' in content && Array.isArray(content.states) ? content.states : undefined;
  const sorted = states ? { ...content, states: states.map(canonical).sort() } : content;
  return createHash('sha256').update(canonical(sorted)).digest('base64');
};

const rowsIn = (row: Row, list: string) => (row[list] ?? []) as Row[];

/** Names as the database orders them: earlier exports give their places by their order only. */
const namesIn = (row: Row, list: string) =>
  rowsIn(row, list)
    .map((name, place) => ({ ...name, ordinal: Number(name['ordinal'] ?? place) }) as Row)
    .sort((one, other) => Number(one['ordinal']) - Number(other['ordinal']));

const languageOf = ({ language }: Row) => (language === '' ? null : (language ?? null));

const namesInLanguages = (row: Row) =>
  namesIn(row, 'names').map((one) => ({ name: one['name'], language: languageOf(one) }));

function dateOf(row: Row, prefix: 'published' | 'since') {
  const day = (bound: string) => String(row[`${prefix}${bound}`]).slice(0, 10);
  if (row[`${prefix}Edtf`] == null) return null;
  return {
    edtf: row[`${prefix}Edtf`],
    earliest: day('Earliest'),
    latest: day('Latest'),
    precision: row[`${prefix}Precision`],
  };
}

/** Returns the content of a reference's row, as revisions have it. */
function contentOf(kind: ReferenceKind, { id: _, recordedAt: __, ...row }: Row): object {
  switch (kind) {
    case 'actor':
    case 'topic':
      return { ...row, names: namesInLanguages(row) };
    case 'source': {
      const { publishedEdtf, publishedEarliest, publishedLatest, publishedPrecision, ...rest } = row;
      return { ...rest, published: dateOf(row, 'published'), names: namesInLanguages(row) };
    }
    case 'treaty': {
      const { parties, states, ...rest } = row;
      return {
        ...rest,
        partyIds: namesIn(row, 'parties').map(({ actorId }) => actorId),
        states: rowsIn(row, 'states').map((one) => ({
          state: one['state'],
          since: dateOf(one, 'since'),
          note: one['note'],
        })),
      };
    }
    case 'weaponSystem':
      return {
        ...row,
        aliases: namesIn(row, 'aliases').map((one) => ({
          name: one['name'],
          language: languageOf(one),
          note: one['note'],
          sourceId: one['sourceId'],
        })),
      };
    case 'doctrine':
      return row;
  }
}
