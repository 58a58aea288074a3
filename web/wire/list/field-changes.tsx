interface FieldChangesProps {
  readonly changes: readonly { readonly field: string; readonly before: unknown; readonly after: unknown }[];
}

/** Values of fields before and after a change. */
export function FieldChanges({ changes }: FieldChangesProps) {
  return (
    <dl className="changes">
      {changes.map(({ field, before, after }) => (
        <div key={field}>
          <dt>{field}</dt>
          <dd>
            <del>{textOf(before)}</del> <ins>{textOf(after)}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}

const MAX_TEXT = 400;

function textOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}
