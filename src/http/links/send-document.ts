import { canEdit, isAnonymous } from '../../domain/access.js';
import { findOrMake } from '../cache/find-or-make.js';
import type { ResponseCache } from '../cache/response-cache.js';
import type { RateLimitOptions } from '../limits/rate-limit.js';
import { type Answer, createTextAnswer } from '../response/answer.js';
import { sendDocument } from '../response/send.js';
import type { LastChange } from './last-change.js';
import type { SendDocument } from './link.js';

export interface DocumentParts {
  readonly cache: ResponseCache<Answer>;
  readonly rateLimit: RateLimitOptions;
  readonly lastChange: LastChange;
}

/** Creates the function that sends documents, and keeps them in the response cache for all but editors. */
export function createSendDocument({ cache, rateLimit, lastChange }: DocumentParts): SendDocument {
  return async ({ exchange }, { key, type, render }) => {
    const { context } = exchange;
    const make = async () => createTextAnswer(await render());
    const answer = canEdit(context.viewer)
      ? await make()
      : await findOrMake({ cache, rateLimit }, context, key, make);
    context.lifetime.check();
    const isPublic = isAnonymous(context.viewer);
    const kept = { isPublic, lastModified: lastChange() };
    await sendDocument(exchange, { answer, status: 200, type, headers: {}, ...kept });
  };
}
