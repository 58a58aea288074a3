import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';

interface PageTitleProps {
  readonly children: string;
  /** The title in the browser's tab. By default the heading. */
  readonly tab?: string | undefined;
  readonly beside?: ReactNode;
}

let isFirstPage = true;

/** The heading of a page. It takes the focus when the page comes, so that a screen reader says where one is. */
export function PageTitle({ children, tab = children, beside }: PageTitleProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    if (!isFirstPage) heading.current?.focus();
    isFirstPage = false;
  }, []);
  useEffect(() => {
    document.title = `${tab} · Desk · Doctrine Wire`;
  }, [tab]);
  return (
    <div className="page-title">
      <h1 ref={heading} tabIndex={-1}>
        <bdi>{children}</bdi>
      </h1>
      {beside}
    </div>
  );
}
