import { directionOf } from '../text-direction.js';

interface QuotationProps {
  readonly text: string;
  readonly language?: string | null | undefined;
  readonly note?: string | undefined;
}

/** Words as they were said or written, in their language and direction. */
export function Quotation({ text, language, note }: QuotationProps) {
  return (
    <blockquote>
      <p lang={language ?? undefined} dir={directionOf(text)}>
        {text}
      </p>
      {note && <footer>{note}</footer>}
    </blockquote>
  );
}
