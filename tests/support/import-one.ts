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
export const importOne = (writer: Writer, imported: Imported, publish = true): Promise<void> =>
  importMany(writer, [imported], publish);

/** Records developments in one transaction. */
export async function importMany(
  { db, editor, wake }: Writer,
  imported: readonly Imported[],
  publish = true,
): Promise<void> {
  const items = imported.map(({ kind, input, externalIds }) => ({
    kind,
    fields: parseInput(recordInputs[kind], input) as RecordFields,
    externalIds,
  }));
  const position = await db.$transaction(async (tx) => {
    const { feed } = await recordMany(tx, items, publish, { editor, reason: null });
    return appendToFeed(tx, feed);
  });
  wake(position);
}
