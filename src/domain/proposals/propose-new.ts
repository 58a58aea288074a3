import { slugsIn } from '../development/content/compose.js';
import {
  type Kind,
  type RecordFields,
  type RecordInput,
  recordInputs,
} from '../development/content/input.js';
import { lookUp } from '../development/write/look-up.js';
import { composeNewDevelopment, type RecordOptions } from '../development/write/record.js';
import { wantedSlug } from '../development/write/slugs.js';
import { parseInput, text } from '../input.js';
import { type Writer, write } from '../write.js';
import { proposedFields, saveProposals } from './propose.js';

/**
 * Proposes a new development. Its slug is chosen when an editor accepts it: until then it takes none, and its author
 * learns nothing of drafts that have it.
 *
 * @returns The id of the proposal.
 * @throws {InvalidInputError}
 * @throws {UnknownSlugError} For an actor, source, treaty, … that is not in the record.
 * @throws {IdempotencyKeyReusedError}
 */
export async function proposeDevelopment<K extends Kind>(
  writer: Writer,
  kind: K,
  input: RecordInput<K>,
  { reason, idempotencyKey }: RecordOptions = {},
): Promise<{ readonly proposal: string }> {
  const fields = parseInput(recordInputs[kind], input) as RecordFields;
  const request = { operation: `propose ${kind}`, input: { input, reason }, idempotencyKey };
  const parsedReason = reason == null ? null : parseInput(text(1_000), reason, 'reason');
  return write(writer, request, async (tx) => {
    const slug = wantedSlug(fields);
    const { refs, grades } = await lookUp(tx, slugsIn(fields), slug);
    const content = composeNewDevelopment({ kind, fields }, slug, false, { refs, grades });
    const [proposal = ''] = await saveProposals(tx, [
      {
        ...{ act: 'RECORD', author: writer.editor, reason: parsedReason, content },
        fields: proposedFields(undefined, content),
      },
    ]);
    return { result: { proposal }, feed: [] };
  });
}
