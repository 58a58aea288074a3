type Result = Record<string, unknown>;

const KEPT = 20;
const EARLIER = 'earlier messages (newest first, added by this page)';

/**
 * Turns the messages of one subscription into what the result pane shows: GraphiQL replaces the pane
 * with every message, so each one carries the `KEPT` before it along under a key of our own.
 */
export function createMessageLog(): { add(result: Result): Result } {
  let kept: readonly Result[] = [];
  return {
    add(result) {
      const shown = kept.length === 0 ? result : { ...result, [EARLIER]: kept };
      kept = [result, ...kept].slice(0, KEPT);
      return shown;
    },
  };
}
