import { FIRST_HASH } from '../feed/hash-chain.js';
import { openBytes } from '../import/read/local-file.js';
import { type Comparison, compareProof, type NotedProof } from '../verify/noted-proof.js';
import { readExport } from './read-export.js';
import { createExportRules, isErased } from './rules/export-rules.js';

/** The result of checking an export that keeps all rules. */
export interface ExportVerification {
  /** A sentence for people: what was checked, and where the chain ends. */
  readonly message: string;
  /** Undefined without a proof. */
  readonly comparison: Comparison | undefined;
}

/**
 * Checks an export without a database: its hash chain, and all that an import checks.
 *
 * @throws {MalformedFileError} For the first problem, with its line and position.
 */
export async function verifyExport(file: string, proof: NotedProof | undefined): Promise<ExportVerification> {
  let last = { position: 0, hash: FIRST_HASH };
  let found = proof?.position === 0 ? FIRST_HASH : undefined;
  let developments = 0;
  let revisions = 0;
  let erased = 0;
  const lines = readExport(await openBytes({ path: file, name: file }, undefined), {
    rules: createExportRules(),
    onChunk: () => {},
    onEntry: (end) => {
      last = end;
      if (end.position === proof?.position) found = end.hash;
    },
  });
  for await (const line of lines) {
    if (line.kind !== 'revision') continue;
    revisions += 1;
    if (line.revision.number === 1) developments += 1;
    if (isErased(line)) erased += 1;
  }
  return {
    message:
      `The export is valid: ${developments} developments, ${revisions} revisions${erased > 0 ? ` (${erased} erased)` : ''} ` +
      `and ${last.position} positions checked. Its hash chain ends at position ${last.position} with ${last.hash}.`,
    comparison: proof && compareProof(proof, found, last.position),
  };
}
