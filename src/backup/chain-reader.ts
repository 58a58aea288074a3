import { commitmentOf, newSalt } from '../domain/development/write/commitment.js';
import { entryHash, FIRST_HASH } from '../feed/hash-chain.js';
import type { EntryLine, RevisionLine } from './format.js';
import { brokenErasure, isErased } from './rules/export-rules.js';

/** Follows the hash chain through the lines of an export. */
interface ChainReader {
  /** The hash of the last entry read, in hexadecimal. */
  readonly hash: string;
  /** Reads the next line. Returns how it breaks the chain; undefined if it continues it. */
  read(line: RevisionLine): string | undefined;
  /** Returns a line of an export without a chain with a salt, a commitment and the next hash. */
  seal(line: RevisionLine): RevisionLine;
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
  return {
    get hash() {
      return hash;
    },
    read: (line) => {
      const { entry } = line;
      if (entry === null) return undefined;
      const problem = isErased(line) ? brokenErasure(line) : brokenCommitment(line, entry);
      if (problem !== undefined) return problem;
      const expected = hashOf(line, entry);
      if (entry.hash !== expected)
        return `The hash chain is broken: expected the hash ${expected}; got ${entry.hash}.`;
      hash = expected;
      return undefined;
    },
    seal: (line) => {
      if (line.entry === null) return { ...line, salt: null };
      const salt = newSalt();
      const entry = { ...line.entry, commitment: commitmentTo(line, salt) };
      return { ...line, salt, entry: { ...entry, hash: hashOf(line, entry) } };
    },
  };
}

function brokenCommitment(line: RevisionLine, { commitment }: EntryLine): string | undefined {
  const expected = commitmentTo(line, line.salt ?? '');
  if (commitment === expected) return undefined;
  return (
    'The content, editor, reason or times of the revision are not those that were published: its commitment would be ' +
    `${expected}; the entry has ${commitment}.`
  );
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
