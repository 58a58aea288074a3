import { InvalidInputError } from './errors.js';
import { parseInput, shown, text } from './input.js';

/** The prefix of names of JWT holders. No token has a name with it. */
export const JWT_PREFIX = 'jwt:';

/** The name of the holder of ADMIN_TOKEN. */
export const ADMIN_NAME = 'ADMIN_TOKEN';

/** Names that revisions and log lines use for others: parts of the system, readers without a token, erased editors. */
const RESERVED = [ADMIN_NAME, 'dossier', 'import', 'anonymous', 'erased', 'command line'];

/** Control characters, line breaks, bidi controls and invisible characters; not the joiners that some scripts need. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/u;

/**
 * Checks the name of somebody who writes. Revisions show it, so it must neither look like another nor change the text
 * around it. Other texts are trimmed, but a name stands for one subject or token: with blanks at its ends it is refused.
 *
 * @param path The input's name for it.
 * @throws {InvalidInputError}
 */
export function checkEditorName(name: unknown, path: string, maxLength: number): string {
  const trimmed = parseInput(text(maxLength), name, path);
  const given = String(name);
  const refuse = (expected: string) =>
    InvalidInputError.at(path, `Expected ${expected}; got ${shown(given)}.`);
  if (UNPRINTABLE.test(given)) {
    throw refuse('a name without line breaks, control characters, bidi controls and invisible characters');
  }
  if (given !== trimmed) throw refuse('a name without blanks at its ends');
  const folded = given.normalize('NFKC').toLowerCase();
  if (folded.startsWith(JWT_PREFIX) || RESERVED.some((word) => word.toLowerCase() === folded)) {
    throw refuse(
      `a name other than ${RESERVED.join(', ')} that does not begin with "${JWT_PREFIX}", because these stand for others`,
    );
  }
  return given;
}
