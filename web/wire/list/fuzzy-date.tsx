import type { FuzzyDate as FuzzyDateData } from '../queries/card.js';

/** Shows a date as precisely as the evidence, and marks what is not certain in words. */
export function FuzzyDate({ date }: { readonly date: FuzzyDateData }) {
  const { text, precision, earliest, latest, edtf } = date;
  const isDay = precision === 'DAY' && earliest !== null && earliest === latest;
  return isDay ? (
    <time className="date" dateTime={earliest}>
      {text}
    </time>
  ) : (
    <span className="date" title={`EDTF: ${edtf}`}>
      {text}
    </span>
  );
}
