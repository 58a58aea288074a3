import type { ReactNode } from 'react';
import { useSite } from '../site.js';
import { SignOut } from './sign-in.js';

export interface FrameProps {
  /** The path of the page, to mark it in the navigation. */
  readonly path: string;
  /** The state of the live connection. */
  readonly status?: ReactNode;
  readonly children: ReactNode;
}

/** The parts that all pages have: the way to the content, the navigation, the footer. */
export function PageFrame({ path, status, children }: FrameProps) {
  const { hasGraphiQL, hasSession } = useSite();
  const current = (to: string) => (to === path ? { 'aria-current': 'page' as const } : {});
  return (
    <>
      <a className="skip" href="#content">
        Skip to the content
      </a>
      <header className="masthead">
        <a className="wordmark" href="/" {...current('/')}>
          Doctrine Wire
        </a>
        <p className="strapline">A live, sourced record of arms control</p>
        <nav aria-label="Pages">
          <a href="/about" {...current('/about')}>
            About
          </a>
          {hasGraphiQL && <a href="/graphql">API</a>}
        </nav>
        {hasSession && <SignOut />}
        {status}
      </header>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      <footer className="colophon">
        <p>
          Every statement here cites its sources. Nothing is overwritten: corrections add revisions.{' '}
          <a href="/about">How the record works</a>
        </p>
      </footer>
    </>
  );
}
