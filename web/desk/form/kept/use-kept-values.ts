import { useCallback, useEffect, useRef, useState } from 'react';
import { useDesk } from '../../session/session-context.js';
import type { FormValues } from '../values/form-values.js';
import { forgetForm, type KeptForm, keepForm, loadForm } from './kept-forms.js';

/** How long after the last change a form is kept, in milliseconds. */
const DELAY = 400;

export interface KeptValues {
  readonly values: FormValues;
  /** When the values were kept that the form has been restored from. Undefined: it was not. */
  readonly restoredAt: number | undefined;
  /** The base of a restored revision, which may be older than the one that was loaded. */
  readonly base: KeptForm['base'];
  readonly isChanged: boolean;
  change(changes: Partial<FormValues>): void;
  /** Takes new values from the server, and starts from them. */
  restart(values: FormValues, base: KeptForm['base']): void;
  /** Forgets what was kept: it was sent, or given up. */
  forget(): void;
}

/** Holds the values of a form, and keeps them in the browser until they are sent. */
export function useKeptValues(form: string, begun: Pick<KeptForm, 'kind' | 'values' | 'base'>): KeptValues {
  const { viewer } = useDesk();
  const [start, setStart] = useState(() => {
    const kept = loadForm(viewer.name, form);
    return { values: kept?.values ?? begun.values, base: kept?.base ?? begun.base, restoredAt: kept?.at };
  });
  const [values, setValues] = useState(start.values);
  const [isChanged, setChanged] = useState(start.restoredAt !== undefined);
  const unsaved = useRef<KeptForm>(undefined);

  const flush = useCallback(() => {
    if (unsaved.current) keepForm(viewer.name, form, unsaved.current);
    unsaved.current = undefined;
  }, [viewer.name, form]);
  const { kind } = begun;
  const { base } = start;
  useEffect(() => {
    if (!isChanged) return;
    unsaved.current = { kind, values, base, at: Date.now() };
    const timer = setTimeout(flush, DELAY);
    return () => clearTimeout(timer);
  }, [values, isChanged, kind, base, flush]);
  useEffect(() => {
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, [flush]);

  const change = useCallback((changes: Partial<FormValues>) => {
    setChanged(true);
    setValues((old) => ({ ...old, ...changes }));
  }, []);
  const forget = useCallback(() => {
    unsaved.current = undefined;
    setChanged(false);
    forgetForm(viewer.name, form);
  }, [viewer.name, form]);
  const restart = useCallback((newValues: FormValues, newBase: KeptForm['base']) => {
    setStart({ values: newValues, base: newBase, restoredAt: undefined });
    setValues(newValues);
  }, []);
  return { values, restoredAt: start.restoredAt, base, isChanged, change, restart, forget };
}
