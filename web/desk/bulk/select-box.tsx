import type { Selection } from './use-selection.js';

interface SelectBoxProps<One> {
  readonly one: One;
  readonly selection: Selection<One>;
}

/** Selects a line for something that is done to many at once. */
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
