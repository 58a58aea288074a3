import { commitmentOf, newSalt } from '../domain/development/write/commitment.js';
import { referenceCommitment } from '../domain/references/history/commitment.js';
import { entryHash, FIRST_HASH } from '../feed/hash-chain.js';
import type { EntryLine, ReferenceRevisionLine, RevisionLine } from './format.js';
import { brokenErasure, isErased } from './rules/export-rules.js';
import { brokenReferenceErasure } from './rules/reference-history.js';

/** Follows the hash chain through the lines of an export. */
interface ChainReader {
  /** The hash of the last entry read, in hexadecimal. */
  readonly hash: string;
  /** Reads the next line. Returns how it breaks the chain; undefined if it continues it. */
  read(line: RevisionLine | ReferenceRevisionLine): string | undefined;
  /** Returns a line of an export without a chain with a salt, a commitment and the next hash. */
  seal<Line extends RevisionLine | ReferenceRevisionLine>(line: Line): Line;
}

export function createChainReader(): ChainReader {
  let hash = FIRST_HASH;
  const hashOf = (
    { revision }: RevisionLine,
    { position, change, recordedAt, commitment }: Omit<EntryLine, 'hash'>,
  ) =>
    entryHash(hash, {
      position,
      change,
      commitment,
      developmentId: revision.developmentId,
      revision: revision.number,
      recordedAt: new Date(recordedAt),
    });
  const hashOfReference = ({ referenceRevision, entry }: ReferenceRevisionLine) =>
    entryHash(hash, {
      position: entry.position,
      change: entry.change,
      commitment: entry.commitment,
      referenceId: referenceRevision.referenceId,
      revision: referenceRevision.number,
      recordedAt: new Date(entry.recordedAt),
    });
  const goOn = (expected: string, given: string): string | undefined => {
    if (given !== expected) return `The hash chain is broken: expected the hash ${expected}; got ${given}.`;
    hash = expected;
    return undefined;
  };
  return {
    get hash() {
      return hash;
    },
    read: (line) => {
      if ('referenceRevision' in line) {
        const problem = isErased(line)
          ? brokenReferenceErasure(line)
          : broken(referenceCommitmentTo(line, line.salt ?? ''), line.entry.commitment);
        return problem ?? goOn(hashOfReference(line), line.entry.hash);
      }
      const { entry } = line;
      if (entry === null) return undefined;
      const problem = isErased(line)
        ? brokenErasure(line)
        : broken(commitmentTo(line, line.salt ?? ''), entry.commitment);
      return problem ?? goOn(hashOf(line, entry), entry.hash);
    },
    seal: (line) => {
      if (line.entry === null) return { ...line, salt: null };
      const salt = newSalt();
      if ('referenceRevision' in line) {
        const entry = { ...line.entry, commitment: referenceCommitmentTo(line, salt) };
        return { ...line, salt, entry: { ...entry, hash: hashOfReference({ ...line, entry }) } };
      }
      const entry = { ...line.entry, commitment: commitmentTo(line, salt) };
      return { ...line, salt, entry: { ...entry, hash: hashOf(line, entry) } };
    },
  };
}

function broken(expected: string, commitment: string): string | undefined {
  if (commitment === expected) return undefined;
  return (
    'The content, editor, reason or times of the revision are not those that were published: its commitment would be ' +
    `${expected}; the entry has ${commitment}.`
  );
}

function referenceCommitmentTo({ referenceRevision }: ReferenceRevisionLine, salt: string): string {
  const recordedAt = new Date(referenceRevision.recordedAt);
  return referenceCommitment({ ...referenceRevision, recordedAt }, salt);
}

function commitmentTo({ revision, development }: RevisionLine, salt: string): string {
  return commitmentOf(
    {
      revision: { ...revision, recordedAt: new Date(revision.recordedAt) },
      development: {
        recordedAt: new Date(development.recordedAt),
        publishedAt: development.publishedAt === null ? null : new Date(development.publishedAt),
      },
    },
    salt,
  );
}
