import { linkToDevelopment } from '../links.js';
import type { Detail } from '../queries/development.js';

/** Shows the tombstone of a retracted development. */
export function Tombstone({ detail }: { readonly detail: Detail }) {
  const { retraction } = detail;
  return (
    <div className="tombstone">
      <p>
        <strong>This development was retracted.</strong> {retraction?.reason}
      </p>
      {retraction?.successor && (
        <p>
          {'See instead: '}
          <a href={linkToDevelopment(retraction.successor.slug)}>{retraction.successor.headline}</a>
        </p>
      )}
      <p>Its earlier revisions stay in the record, below.</p>
    </div>
  );
}
