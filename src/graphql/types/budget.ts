import { BadArgumentError } from '../../domain/errors.js';
import type { Context } from '../context.js';

/** How many developments an answer may show, each as often as it stands there. */
const MAX_SHOWN = 10_000;

/**
 * Counts the developments that an answer shows, pages by their size. Links lead to links, and sources to
 * what cites them: without a bound, a short document could ask for more than fits in memory.
 *
 * @throws {BadArgumentError} For more than 10,000.
 */
export function showDevelopments(context: Context, count: number): void {
  context.shownDevelopments += count;
  if (context.shownDevelopments > MAX_SHOWN) {
    throw new BadArgumentError(
      '',
      `Expected a request whose answer shows at most ${MAX_SHOWN} developments, each as often as it is nested; got more. ` +
        'Nest links less deeply, ask for smaller pages, or walk links with chain.',
    );
  }
}
