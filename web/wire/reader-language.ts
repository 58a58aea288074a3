import { directionOf } from './text-direction.js';

/** Returns the locale whose conventions go with a language of dates. English has the day first. */
export const localeOf = (language: string): string => (language === 'en' ? 'en-GB' : language);

/** Returns the attributes of a text in the reader's language, on a page that is in English. */
export const spokenIn = (language: string, text: string) =>
  language.startsWith('en') ? {} : { lang: language, dir: directionOf(text) };
