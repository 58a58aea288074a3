import { useEffect, useState } from 'react';
import type { FuzzyDate } from '../../../wire/queries/card.js';
import { READ_DATE } from '../../queries/read-date.js';
import { useDesk } from '../../session/session-context.js';
import { useDebounced } from './use-debounced.js';

/** How the server reads a date: the date, or why it is none. */
export interface DateReading {
  /** The text that was read. */
  readonly text: string;
  readonly date?: FuzzyDate | undefined;
  readonly problem?: string | undefined;
}

/** Asks the server what a text in EDTF means, shortly after the last keystroke. */
export function useDateReading(text: string): DateReading | undefined {
  const { client } = useDesk();
  const settled = useDebounced(text.trim(), 200);
  const [reading, setReading] = useState<DateReading>();
  useEffect(() => {
    if (settled === '') return setReading(undefined);
    const { unsubscribe } = client
      .query(READ_DATE, { edtf: settled, language: 'en' })
      .subscribe(({ data, error }) => {
        const read = data?.readDate;
        if (read?.__typename === 'FuzzyDate') setReading({ text: settled, date: read });
        else if (read) setReading({ text: settled, problem: read.message });
        else setReading({ text: settled, problem: error?.message });
      });
    return unsubscribe;
  }, [client, settled]);
  return reading;
}
