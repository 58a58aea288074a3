import {
  type Kind,
  type RecordFields,
  type RecordInput,
  recordInputs,
} from '../../../domain/development/content/input.js';
import type { DevelopmentRef } from '../../../domain/development/write/commit.js';
import { recordMany } from '../../../domain/development/write/record.js';
import { InvalidInputError } from '../../../domain/errors.js';
import { parseInput, text } from '../../../domain/input.js';
import { findResult, hashOf, parseKey, type Writer, write } from '../../../domain/write.js';
import type { RecordNamesCache } from '../../record-names-cache.js';
import { UnknownSuggestionError } from '../errors.js';
import { ensureSource, findSuggestion, lockSuggestion, markSuggestion } from './take.js';

/** A development by an editor in place of the suggested draft. */
type Edits = { readonly [K in Kind]?: RecordInput<K> | null | undefined };

/** A suggestion to accept. */
export interface Acceptance {
  /** The id of the article. Undefined: the caller's id is that of something else. */
  readonly item: string | undefined;
  readonly key: string;
  readonly edits?: Edits;
  readonly publish?: boolean | null | undefined;
  readonly reason?: string | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * Records the development of a suggestion, with its source if the record has none, and marks the suggestion as used. All
 * of it commits together.
 *
 * @throws {UnknownInboxItemError}
 * @throws {UnknownSuggestionError}
 * @throws {SuggestionUsedError}
 * @throws As the mutations that record developments do.
 */
export async function acceptSuggestion(
  writer: Writer,
  names: RecordNamesCache,
  acceptance: Acceptance,
): Promise<DevelopmentRef> {
  const { item, key, edits = {}, publish, reason, idempotencyKey } = acceptance;
  const parsedReason = reason == null ? null : parseInput(text(1_000), reason, 'reason');
  const edited = readEdits(edits);
  const request = {
    operation: 'accept suggestion',
    input: { item, key, edits, publish, reason },
    idempotencyKey,
  };
  const known = parseKey(request);
  const first =
    known === undefined
      ? undefined
      : await findResult<DevelopmentRef>(writer.db, writer.editor, known, hashOf(request));
  if (first) return first; // Its text may have been deleted since.
  const chosen = await findSuggestion(writer.db, names, item, key);
  const { article, offered } = chosen;
  const { draft, suggestion } = offered;
  if (draft === null) throw new UnknownSuggestionError(key);
  const kind = edited?.kind ?? (suggestion.kind as Kind);
  return write(writer, request, async (tx) => {
    await lockSuggestion(tx, chosen);
    const fields = edited?.fields ?? (parseInput(recordInputs[kind], draft, 'draft') as RecordFields);
    const authorship = { editor: writer.editor, reason: parsedReason, at: writer.at };
    // The source is public at once, and the reason of a draft is not.
    const sourceFeed = await ensureSource(tx, article, { ...authorship, reason: null });
    const { result, feed } = await recordMany(tx, [{ kind, fields }], publish === true, authorship);
    const [made] = result;
    if (!made) throw new Error('A suggestion was accepted without a development.');
    await markSuggestion(tx, chosen, writer, 'DRAFTED', made.id);
    return { result: made, feed: [...sourceFeed, ...feed], references: true };
  });
}

const EDITS = { STATEMENT: 'statement', EVENT: 'event', DOCTRINE_CHANGE: 'doctrineChange' } as const;

/** @throws {InvalidInputError} For edits that are not valid, and for those of several kinds. */
function readEdits(edits: Edits): { readonly kind: Kind; readonly fields: RecordFields } | undefined {
  const given = (Object.keys(EDITS) as Kind[]).filter((kind) => edits[kind] != null);
  const [kind] = given;
  if (kind === undefined) return undefined;
  if (given.length > 1) {
    const got = given.map((one) => EDITS[one]).join(' and ');
    throw InvalidInputError.at(
      '',
      `Expected at most one of statement, event and doctrineChange; got ${got}.`,
    );
  }
  return { kind, fields: parseInput(recordInputs[kind], edits[kind], EDITS[kind]) as RecordFields };
}
