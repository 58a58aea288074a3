import type { KindPath } from '../../address.js';
import type { FormValues } from '../values/form-values.js';

/** A form that has not been sent, as the browser keeps it. It holds no token. */
export interface KeptForm {
  readonly kind: KindPath;
  readonly values: FormValues;
  /** When it was kept, in milliseconds since the epoch. */
  readonly at: number;
  /** The development that it revises, and the state from which the editor began. Undefined: a new one. */
  readonly base?:
    | { readonly slug: string; readonly revision: number; readonly values: FormValues }
    | undefined;
}

const PREFIX = 'doctrine-wire-form:';

const keyOf = (editor: string, form: string) => `${PREFIX}${editor}:${form}`;

/**
 * Keeps unsent forms of an editor in the browser's local storage, so that they survive a crash. If the storage is full or
 * blocked, the form goes on without.
 *
 * @returns Whether it could be kept.
 */
export function keepForm(editor: string, form: string, kept: KeptForm): boolean {
  try {
    localStorage.setItem(keyOf(editor, form), JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

export function loadForm(editor: string, form: string): KeptForm | undefined {
  try {
    const text = localStorage.getItem(keyOf(editor, form));
    return text === null ? undefined : (JSON.parse(text) as KeptForm);
  } catch {
    return undefined;
  }
}

export function forgetForm(editor: string, form: string): void {
  localStorage.removeItem(keyOf(editor, form));
}

/** Returns the forms that an editor has not sent, newest first. */
export function listForms(editor: string): readonly (KeptForm & { readonly form: string })[] {
  const prefix = keyOf(editor, '');
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(prefix))
    .flatMap((key) => {
      const form = key.slice(prefix.length);
      const kept = loadForm(editor, form);
      return kept ? [{ ...kept, form }] : [];
    })
    .sort((one, other) => other.at - one.at);
}
