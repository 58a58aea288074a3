import type { IncomingMessage } from 'node:http';
import Negotiator from 'negotiator';

/** The languages that dates have words for, the default first. In American English the month comes first. */
const LANGUAGES = ['en', 'en-US', 'de', 'fr', 'es', 'ru', 'uk', 'zh', 'ar'];

/** Returns the language in which a reader wants dates, by `Accept-Language`. English if there are no words for it. */
export const languageOf = (request: IncomingMessage): string =>
  new Negotiator(request).languages(LANGUAGES)[0] ?? 'en';
