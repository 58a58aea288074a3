import { datesAgree } from '../../../domain/dates/agreement.js';
import { citationInput } from '../../../domain/development/content/input.js';
import { withCitation } from '../../../domain/development/evidence/citations.js';
import {
  type ChangeOptions,
  changeDevelopment,
  refuseRetracted,
} from '../../../domain/development/write/change.js';
import type { DevelopmentRef } from '../../../domain/development/write/commit.js';
import { parseInput } from '../../../domain/input.js';
import type { Writer } from '../../../domain/write.js';
import type { RecordNamesCache } from '../../record-names-cache.js';
import { UnknownSuggestionError } from '../errors.js';
import { citationOf } from './draft.js';
import type { Chosen } from './take.js';
import { ensureSource, findSuggestion, lockSuggestion, markSuggestion } from './take.js';

/** A suggestion to add to a development of the record. */
export interface Addition {
  /** The id of the article. Undefined: the caller's id is that of something else. */
  readonly item: string | undefined;
  readonly key: string;
}

/**
 * Adds a suggestion to an existing development: as a citation, with a claim about its date if that competes. Its source
 * and the mark of the suggestion commit together with it. There is never a second development.
 *
 * @throws {UnknownInboxItemError}
 * @throws {UnknownSuggestionError}
 * @throws {SuggestionUsedError}
 * @throws As the mutation that adds citations does.
 */
export async function addToDevelopment(
  writer: Writer,
  names: RecordNamesCache,
  slug: string,
  { item, key }: Addition,
  options: ChangeOptions = {},
): Promise<DevelopmentRef> {
  const chosen = await findSuggestion(writer.db, names, item, key);
  if (chosen.offered.draft === null) throw new UnknownSuggestionError(key);
  const request = { operation: 'add suggestion', slug, input: { item, key } };
  return changeDevelopment(writer, request, options, async (tx, before, authorship) => {
    refuseRetracted(before);
    await lockSuggestion(tx, chosen);
    const feed = await ensureSource(tx, chosen.article, { ...authorship, reason: null });
    const fields = parseInput(citationInput, citationFor(chosen, before.content.occurred.edtf));
    await markSuggestion(tx, chosen, writer, 'CITED', before.id);
    return { ...(await withCitation(tx, before, fields)), feed };
  });
}

/** @param known The date of the development. */
function citationFor({ article, offered: { suggestion } }: Chosen, known: string) {
  const { fields } = suggestion;
  const occurred = 'occurred' in fields ? fields.occurred : null;
  const competes = occurred !== null && !datesAgree(occurred, known);
  const isDenied = suggestion.kind !== 'STATEMENT' && 'isDenial' in fields && fields.isDenial;
  return {
    ...citationOf(suggestion, article),
    ...(isDenied && { stance: 'DISPUTES' as const }),
    ...(competes && { claims: [{ field: 'OCCURRED' as const, value: occurred }] }),
  };
}
