import type { FuzzyDate as FuzzyDateData } from '../queries/card.js';
import { spokenIn } from '../reader-language.js';
import { useSite } from '../site.js';

/** Shows a date as precisely as the evidence, in the reader's language, and marks what is not certain in words. */
export function FuzzyDate({ date }: { readonly date: FuzzyDateData }) {
  const { language } = useSite();
  const { text, precision, earliest, latest, edtf } = date;
  const isDay = precision === 'DAY' && earliest !== null && earliest === latest;
  const spoken = spokenIn(language, text);
  return isDay ? (
    <time className="date" dateTime={earliest} {...spoken}>
      {text}
    </time>
  ) : (
    <span className="date" title={`EDTF: ${edtf}`} {...spoken}>
      {text}
    </span>
  );
}
