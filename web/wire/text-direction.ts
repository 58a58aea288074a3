const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u;
const LETTER = /\p{L}/u;

/** Returns the direction of a text by its first letter, as `dir="auto"` does, so that the server can say it too. */
export function directionOf(text: string): 'ltr' | 'rtl' {
  for (const character of text.slice(0, 200)) {
    if (LETTER.test(character)) return RIGHT_TO_LEFT.test(character) ? 'rtl' : 'ltr';
  }
  return 'ltr';
}
