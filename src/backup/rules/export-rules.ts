import { createHash } from 'node:crypto';
import { canonical, type DevelopmentContent } from '../../domain/development/content/content.js';
import type { SlugsById } from '../../domain/development/content/decompose.js';
import { erasedContent } from '../../domain/development/content/erased.js';
import { contentAfterRetraction, FOLLOWING_STATUSES } from '../../domain/development/content/succession.js';
import { isMarker } from '../../domain/erasure/marker.js';
import type { SlugOwner } from '../../domain/errors.js';
import type { DevelopmentChange } from '../../feed/hash-chain.js';
import type { DevelopmentStatus } from '../../generated/prisma/client.js';
import type { ReferenceKind, ReferenceRevisionLine, RevisionLine } from '../format.js';
import { NoteRules } from '../notes.js';
import { brokenRule } from './content-rules.js';
import { CycleRules } from './cycle-rules.js';
import { MergeRules } from './merge-rules.js';
import { ReferenceHistory } from './reference-history.js';
import { brokenReferenceRule } from './reference-rules.js';

const OWNERS: Readonly<Record<ReferenceKind, SlugOwner>> = {
  actor: 'Actor',
  topic: 'Topic',
  source: 'Source',
  treaty: 'Treaty',
  weaponSystem: 'WeaponSystem',
  doctrine: 'Doctrine',
};

/** A development up to a line of the export. */
interface Reached {
  readonly number: number;
  readonly status: DevelopmentStatus;
  readonly slug: string;
  readonly isCited: boolean;
  /** A hash of the content that can follow a retraction: see {@link hashAfterRetraction}. */
  readonly follows: string | null;
}

/** Validates the lines of an export by the rules of the API, in their order. */
export interface ExportRules {
  /** Returns the first rule that a reference breaks; undefined if it keeps all. */
  reference(kind: ReferenceKind, row: Readonly<Record<string, unknown>>): string | undefined;
  /** Returns the first rule that a revision breaks; undefined if it keeps all. Its snapshot has the shape of a content. */
  revision(line: RevisionLine): string | undefined;
  /** Returns the first rule that a revision of a reference breaks. Its snapshot has the shape of a content. */
  referenceRevision(line: ReferenceRevisionLine): string | undefined;
  /** Returns the first rule that a note breaks; undefined if it keeps all. It comes after the revisions. */
  note(row: unknown): string | undefined;
  /**
   * Returns the first rule that the export breaks as a whole.
   *
   * @param hasReferenceRevisions Whether its version has revisions of references.
   */
  end(hasReferenceRevisions: boolean): string | undefined;
}

/** Memory grows with references and developments, by some 200 bytes each, and with links. */
export function createExportRules(): ExportRules {
  const slugs = new Map<string, string>();
  const taken = new Map<string, string>();
  const developments = new Map<string, Reached>();
  const cycles = new CycleRules();
  const merges = new MergeRules();
  const notes = new NoteRules();
  const history = new ReferenceHistory();
  const find: SlugsById['find'] = (owner, id) =>
    owner === 'Development' ? developments.get(id)?.slug : slugs.get(`${owner} ${id}`);
  const names: SlugsById = { find, get: (owner, id) => find(owner, id) ?? id };

  /** A slug belongs to one object of its kind for ever. */
  const take = (owner: SlugOwner, slug: string, id: string): string | undefined => {
    const holder = taken.get(`${owner} ${slug}`) ?? id;
    taken.set(`${owner} ${slug}`, holder);
    return holder === id ? undefined : `slug: Expected an unused slug; "${slug}" belongs to ${holder}.`;
  };

  return {
    reference: (kind, row) => {
      const problem = brokenReferenceRule(kind, row, find);
      if (problem !== undefined) return problem;
      const [owner, id, slug] = [OWNERS[kind], String(row['id']), String(row['slug'])];
      if (slugs.has(`${owner} ${id}`)) return `id: Expected each id once; got ${id} again.`;
      slugs.set(`${owner} ${id}`, slug);
      history.add(kind, row);
      merges.add(kind, row);
      return take(owner, slug, id);
    },
    revision: (line) => {
      const { developmentId: id, number, status } = line.revision;
      const content = line.revision.snapshot as DevelopmentContent;
      const before = developments.get(id);
      developments.set(id, {
        ...{ number, status, slug: content.slug, isCited: content.citations.length > 0 },
        follows: status === 'RETRACTED' ? hashAfterRetraction(line) : null,
      });
      const problem =
        brokenOrder(line, before) ??
        take('Development', content.slug, id) ??
        (isErased(line) ? brokenErasure(line) : brokenRule(line.revision, content, names));
      if (problem === undefined) cycles.add(id, content);
      return problem;
    },
    referenceRevision: (line) => history.check(line),
    note: (row) => notes.check(row, (id) => developments.has(id)),
    end: (hasReferenceRevisions) => {
      const problem =
        merges.end((kind, id) => slugs.has(`${OWNERS[kind]} ${id}`)) ??
        (hasReferenceRevisions ? history.end() : undefined);
      if (problem !== undefined) return problem;
      for (const { status, slug, isCited } of developments.values()) {
        if (status === 'PUBLISHED' && !isCited) return `"${slug}": Expected a citation; got none.`;
      }
      const cycle = cycles.find();
      if (!cycle) return undefined;
      const slug = names.get('Development', cycle.id);
      return `"${slug}": Expected no cycle of ${cycle.relation}; got a path that leads back to it.`;
    },
  };
}

/** Revisions count from 1, drafts come first and a retraction last, unless the undo of a merge takes it back. */
function brokenOrder(line: RevisionLine, before: Reached | undefined): string | undefined {
  const { revision, entry } = line;
  const next = (before?.number ?? 0) + 1;
  if (revision.number !== next) return `number: Expected revision ${next} next; got ${revision.number}.`;
  const isErasure = entry?.change === 'ERASED' && revision.status === before?.status;
  const allowed = isErasure ? [revision.status] : FOLLOWING_STATUSES[before?.status ?? 'DRAFT'];
  if (!allowed.includes(revision.status)) {
    return `status: Expected ${allowed.join(' or ')}; got ${revision.status}.`;
  }
  if (before?.status === 'RETRACTED' && !isErasure && !isErased(line) && before.follows !== ANY) {
    const isReinstated = before.follows === hashOf(revision.snapshot as DevelopmentContent);
    if (!isReinstated) return `number: Expected no revision after a retraction; got ${revision.number}.`;
  }
  const change = changeOf(revision.status, before?.status);
  return entry && !isErasure && entry.change !== change
    ? `change: Expected ${change}; got ${entry.change}.`
    : undefined;
}

/** Any content can follow a retraction whose own was erased. */
const ANY = 'any';

/** Returns a hash of the content that can follow a retraction; null if none can. */
function hashAfterRetraction(line: RevisionLine): string | null {
  if (isErased(line)) return ANY;
  const next = contentAfterRetraction(line.revision.snapshot as DevelopmentContent);
  return next && hashOf(next);
}

const hashOf = (content: DevelopmentContent) =>
  createHash('sha256').update(canonical(content)).digest('base64');

function changeOf(status: DevelopmentStatus, before: DevelopmentStatus | undefined): DevelopmentChange {
  if (status === 'RETRACTED') return 'RETRACTED';
  return before === 'PUBLISHED' ? 'REVISED' : 'PUBLISHED';
}

/** An erased revision has an entry and no salt. */
export const isErased = ({
  entry,
  salt,
}: Pick<RevisionLine, 'salt'> & { readonly entry: object | null }): boolean =>
  entry !== null && salt === null;

/** Nothing proves the content of an erased revision, so it must have none. */
export function brokenErasure({ revision }: Pick<RevisionLine, 'revision'>): string | undefined {
  const { snapshot, editor, reason, changedFields } = revision;
  const isEmpty = editor === 'erased' && isMarker(reason) && changedFields.length === 0;
  return isEmpty && canonical(snapshot) === canonical(erasedContent(snapshot as DevelopmentContent))
    ? undefined
    : 'Expected an erased revision without content, as it has no salt; got one with content.';
}
