/** `@name`, or `@"a name with blanks"`. The sign must begin a word: addresses of e-mail mention nobody. */
const MENTION = /(?<![\p{L}\p{N}._%+-])@(?:"([^"\n]{1,128})"|([\p{L}\p{N}][\p{L}\p{N}._:-]{0,127}))/gu;

/** Returns the names that a text mentions, each once, in their order. */
export function mentionedNames(text: string): string[] {
  const names = [...text.matchAll(MENTION)].map(([, quoted, plain = '']) => quoted ?? withoutStop(plain));
  return [...new Set(names)];
}

/** The stop at the end of a sentence is no part of a name. */
const withoutStop = (name: string) => name.replace(/[.:-]+$/, '');
