import type { ReactNode } from 'react';

interface SectionProps {
  /** The fragment that links lead to. */
  readonly id: string;
  readonly title: string;
  readonly children: ReactNode;
}

/** A part of a page with its heading. */
export function Section({ id, title, children }: SectionProps) {
  return (
    <section className="part" id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      {children}
    </section>
  );
}
