import type { Selected, Selection } from './use-selection.js';

/** Selects a development for a bulk change. */
export function SelectBox({ one, selection }: { readonly one: Selected; readonly selection: Selection }) {
  return (
    <label className="select">
      <span className="unseen">Select: {one.headline}</span>
      <input type="checkbox" checked={selection.has(one.slug)} onChange={() => selection.toggle(one)} />
    </label>
  );
}
