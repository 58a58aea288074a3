import { type FoundReference, REFERENCE_KINDS, type ReferenceKind } from './kinds.js';

interface SimilarReferencesProps {
  readonly kind: ReferenceKind;
  readonly found: readonly FoundReference[];
  onPick(reference: FoundReference): void;
}

/** Warns, before a reference is made, of those that may be the same under another spelling. */
export function SimilarReferences({ kind, found, onPick }: SimilarReferencesProps) {
  return (
    <div role="status" className="similar">
      {found.length > 0 && (
        <>
          <h3>The record may have it already</h3>
          <ul>
            {found.map((one) => (
              <li key={one.slug}>
                <span>
                  <bdi>
                    <b>{one.name}</b>
                  </bdi>
                  {one.note && <span className="small"> {one.note}</span>}
                </span>
                <button type="button" className="quiet" onClick={() => onPick(one)}>
                  Use this {REFERENCE_KINDS[kind].one}
                  <span className="unseen">: {one.name}</span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
