import type { DevelopmentFilter } from '@doctrine-wire/client';

const KINDS = ['EVENT', 'STATEMENT', 'DOCTRINE_CHANGE'] as const;

export function Filters(props: { value: DevelopmentFilter; onChange: (filter: DevelopmentFilter) => void }) {
  const { value, onChange } = props;
  return (
    <p>
      <label>
        Kind{' '}
        <select
          value={value.kind?.[0] ?? ''}
          onChange={({ target }) => {
            const kind = KINDS.filter((one) => one === target.value);
            onChange({ ...value, kind: kind.length > 0 ? kind : undefined });
          }}
        >
          <option value="">all</option>
          {KINDS.map((kind) => (
            <option key={kind}>{kind}</option>
          ))}
        </select>
      </label>{' '}
      <label>
        <input
          type="checkbox"
          checked={value.disputed ?? false}
          onChange={({ target }) => onChange({ ...value, disputed: target.checked || undefined })}
        />{' '}
        Disputed only
      </label>
    </p>
  );
}
