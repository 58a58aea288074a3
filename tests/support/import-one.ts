import type { Kind, RecordFields } from '../../src/domain/development/content/input.js';
import { recordInputs } from '../../src/domain/development/content/input.js';
import { recordMany } from '../../src/domain/development/write/record.js';
import { parseInput } from '../../src/domain/input.js';
import type { Writer } from '../../src/domain/write.js';
import { appendToFeed } from '../../src/feed/position.js';

/** A development with its ids in other data sets. */
export interface Imported {
  readonly kind: Kind;
  readonly input: object;
  readonly externalIds: readonly { readonly dataset: string; readonly value: string }[];
}

/** Records a development with ids in other data sets, as an import does. */
export async function importOne(
  { db, editor, wake }: Writer,
  { kind, input, externalIds }: Imported,
  publish = true,
): Promise<void> {
  const fields = parseInput(recordInputs[kind], input) as RecordFields;
  const position = await db.$transaction(async (tx) => {
    const { feed } = await recordMany(tx, [{ kind, fields, externalIds }], publish, { editor, reason: null });
    return appendToFeed(tx, feed);
  });
  wake(position);
}
