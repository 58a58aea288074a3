import { useEffect, useRef } from 'react';
import type { Suggestion } from '../queries/inbox.js';

interface MarkedTextProps {
  readonly text: string;
  readonly suggestions: readonly Suggestion[];
  readonly current: Suggestion | undefined;
  onChoose(key: string): void;
}

/** The text of an article. Each suggestion has its number where it begins and a line under its words. */
export function MarkedText({ text, suggestions, current, onChoose }: MarkedTextProps) {
  const box = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: The key says which of them is current.
  useEffect(() => {
    box.current?.querySelector('mark')?.scrollIntoView({ block: 'nearest' });
  }, [current?.key]);
  return (
    <div className="article-text" ref={box}>
      {paragraphsOf(text).map(({ start, end }) => (
        <p key={start}>
          {partsOf(start, end, suggestions).map((part) => (
            <Part key={part.start} {...{ text, part, suggestions, current, onChoose }} />
          ))}
        </p>
      ))}
    </div>
  );
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function Part({
  text,
  part: { start, end },
  suggestions,
  current,
  onChoose,
}: MarkedTextProps & { readonly part: Span }) {
  const words = text.slice(start, end);
  const covers = suggestions.filter((one) => one.start <= start && one.end >= end);
  const begins = suggestions.filter((one) => one.start === start);
  const isCurrent = current !== undefined && covers.includes(current);
  const Words = isCurrent ? 'mark' : 'span';
  return (
    <>
      {begins.map((one) => (
        <button
          key={one.key}
          type="button"
          className="number"
          aria-current={one === current ? 'true' : undefined}
          aria-label={`Suggestion ${suggestions.indexOf(one) + 1}`}
          onClick={() => onChoose(one.key)}
        >
          {suggestions.indexOf(one) + 1}
        </button>
      ))}
      <Words className={covers.length > 0 ? 'suggested' : undefined}>{words}</Words>
    </>
  );
}

function paragraphsOf(text: string): Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (const paragraph of text.split('\n\n')) {
    spans.push({ start, end: start + paragraph.length });
    start += paragraph.length + 2;
  }
  return spans;
}

/** Divides a paragraph where suggestions begin and end. */
function partsOf(start: number, end: number, suggestions: readonly Suggestion[]): Span[] {
  const ends = suggestions.flatMap((one) => [one.start, one.end]).filter((at) => at > start && at < end);
  const cuts = [...new Set([start, ...ends, end])].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((from, at) => ({ start: from, end: cuts[at + 1] ?? end }));
}
