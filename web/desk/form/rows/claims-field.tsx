import type { Kind } from '../../address.js';
import { RowsField } from '../fields/rows-field.js';
import { SelectField } from '../fields/select-field.js';
import { TextField } from '../fields/text-field.js';
import { CLAIM_FIELDS, CLAIM_RANKS } from '../parts/words.js';
import { newClaim } from '../values/empty-values.js';
import type { ClaimRow } from '../values/form-values.js';
import { ClaimValueField } from './claim-value-field.js';

interface ClaimsFieldProps {
  readonly kind: Kind;
  readonly path: string;
  readonly rows: readonly ClaimRow[];
  onChange(rows: readonly ClaimRow[]): void;
}

/** What a citation claims about fields of the development. */
export function ClaimsField({ kind, path, rows, onChange }: ClaimsFieldProps) {
  return (
    <RowsField
      path={path}
      label="Claims of this source"
      one="claim"
      rows={rows}
      create={newClaim}
      onChange={onChange}
    >
      {(claim, at, change) => (
        <div className="grid">
          <SelectField
            path={`${at}.field`}
            label="About"
            value={claim.field}
            options={CLAIM_FIELDS[kind]}
            onChange={(field) => change({ field })}
          />
          <SelectField
            path={`${at}.rank`}
            label="Rank"
            value={claim.rank}
            options={CLAIM_RANKS}
            onChange={(rank) => change({ rank })}
          />
          <ClaimValueField path={`${at}.value`} claim={claim} change={change} />
          <TextField
            path={`${at}.note`}
            label="Remark"
            value={claim.note}
            onChange={(note) => change({ note })}
          />
        </div>
      )}
    </RowsField>
  );
}
