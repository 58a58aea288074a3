import { localeOf, spokenIn } from '../reader-language.js';
import { useSite } from '../site.js';

/** A moment, to the minute and in UTC, as the reader's language writes it. */
export function Moment({ at }: { readonly at: string }) {
  const { language } = useSite();
  const text = formatOf(language).format(new Date(at));
  // The server's text stays: a browser may know other conventions of a language.
  return (
    <time dateTime={at} {...spokenIn(language, text)} suppressHydrationWarning>
      {text}
    </time>
  );
}

const FORMAT = {
  year: 'numeric',
  month: 'long',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
  timeZoneName: 'short',
  calendar: 'gregory',
} as const;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(language: string): Intl.DateTimeFormat {
  const known = formats.get(language);
  if (known) return known;
  const format = new Intl.DateTimeFormat(localeOf(language), FORMAT);
  formats.set(language, format);
  return format;
}
