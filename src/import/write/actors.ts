import { write } from '../../domain/write.js';
import { Rollback } from '../check/check-rows.js';
import type { ActorMapping } from '../mapping/mapping.js';
import { ActorMapper } from '../mapping/row-mapper.js';
import type { BatchResult } from '../report/problems.js';
import { goodRows, type ImportPosition, stopIfAborted, type Writing } from './batches.js';
import { saveProgress } from './import-progress.js';
import { upsertActors } from './upsert-actors.js';

/** How long a block may take, in milliseconds: on a slow disk, next to a vacuum. */
const BLOCK_TIMEOUT = 10 * 60 * 1_000;

/** Writes the good rows block by block, as `writeDevelopments` does. Actors have no feed entries. */
export async function writeActors(
  writing: Writing<ActorMapping>,
  position: ImportPosition,
): Promise<boolean> {
  const { writer, mapping, problems, progress, identity, onError } = writing;
  const mapper = new ActorMapper(mapping);
  try {
    for await (const batch of goodRows(writing)) {
      stopIfAborted(writing, position);
      let result: BatchResult | undefined;
      let isKept = true;
      const request = { operation: 'import', input: null, timeout: BLOCK_TIMEOUT };
      await write(writer, request, async (tx) => {
        result = await upsertActors(
          tx,
          mapper,
          batch.rows.map((row) => mapper.map(row)),
        );
        if (onError === 'abort' && result.refused.length > 0) throw new Rollback();
        await saveProgress(tx, identity, position.after(batch, result));
        return { result: {}, feed: [], references: true };
      }).catch((error: unknown) => {
        if (!(error instanceof Rollback)) throw error;
        isKept = false;
      });
      for (const { problems: found } of result?.refused ?? []) problems.add(found);
      await problems.flush();
      if (!isKept || !result) return false;
      position.moveTo(position.after(batch, result), batch);
      progress.rows(position.rows);
    }
    return true;
  } catch (error) {
    throw position.stopped(error);
  }
}
