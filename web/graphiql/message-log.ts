type Result = Record<string, unknown>;

const KEPT = 20;
const EARLIER = 'earlier messages (newest first, added by this page)';

/**
 * Adds the last `KEPT` messages to each message of a subscription, under a key of our own, because GraphiQL
 * replaces the result pane with every message.
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
