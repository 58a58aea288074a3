import { PageFrame } from '../layout/page-frame.js';

/** What the record is, and how to read it. */
export function AboutPage({ hasGraphiQL }: { readonly hasGraphiQL: boolean }) {
  return (
    <PageFrame path="/about" hasGraphiQL={hasGraphiQL}>
      <h1>About this record</h1>
    </PageFrame>
  );
}
