import { CREDIBILITY, RELIABILITY } from '../words.js';

interface GradeProps {
  readonly reliability: keyof typeof RELIABILITY;
  readonly credibility: number;
}

/** The Admiralty grade of a citation: the code, and what it means in words. */
export function Grade({ reliability, credibility }: GradeProps) {
  return (
    <span className="grade">
      <b>
        {reliability}
        {credibility}
      </b>{' '}
      {RELIABILITY[reliability]}, {CREDIBILITY[credibility]}
    </span>
  );
}
