import type { PageError } from '../../../src/http/page/module.js';

/** A problem, in place of an embedded list. */
export function EmbedProblem({ problem: { status, message } }: { readonly problem: PageError }) {
  return (
    <main>
      <h1>Doctrine Wire</h1>
      <p className="empty">{status === 401 ? 'Reading this record requires a token.' : message}</p>
      <footer>
        <a href="/" target="_top">
          Open Doctrine Wire
        </a>
      </footer>
    </main>
  );
}
