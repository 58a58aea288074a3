import { CopyButton } from '../layout/copy-button.js';
import { useSite } from '../site.js';

/** The HTML that puts a list into another page. Empty where no other site may embed it. */
export function EmbedSnippet({ search }: { readonly search: string }) {
  const { embedOrigin } = useSite();
  if (embedOrigin === undefined) return null;
  const source = `${embedOrigin}/embed${search}`.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const html = `<iframe src="${source}" title="Doctrine Wire" width="100%" height="480" loading="lazy"></iframe>`;
  return (
    <li className="snippet">
      <details>
        <summary>Embed</summary>
        <label htmlFor="snippet">HTML for a page of a site that this server allows:</label>
        <textarea id="snippet" readOnly rows={4} value={html} spellCheck={false} />
        <CopyButton text={html} />
      </details>
    </li>
  );
}
