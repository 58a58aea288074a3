import type { Selection } from './use-selection.js';

interface SelectBoxProps<One> {
  readonly one: One;
  readonly selection: Selection<One>;
}

/** A checkbox that selects a line for a bulk action. */
export function SelectBox<One extends { readonly headline: string }>({
  one,
  selection,
}: SelectBoxProps<One>) {
  return (
    <label className="select">
      <span className="unseen">Select: {one.headline}</span>
      <input type="checkbox" checked={selection.has(one)} onChange={() => selection.toggle(one)} />
    </label>
  );
}
