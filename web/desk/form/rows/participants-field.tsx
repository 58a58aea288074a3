import { ReferenceField } from '../../references/reference-field.js';
import { RowsField } from '../fields/rows-field.js';
import { SelectField } from '../fields/select-field.js';
import { TextField } from '../fields/text-field.js';
import { PARTICIPANT_ROLES } from '../parts/words.js';
import { newParticipant } from '../values/empty-values.js';
import type { ParticipantRow } from '../values/form-values.js';

interface ParticipantsFieldProps {
  readonly path: string;
  readonly label: string;
  readonly rows: readonly ParticipantRow[];
  /** The role of a new row. */
  readonly firstRole: string;
  /** Whether all have this role. */
  readonly isFixed?: boolean;
  onChange(rows: readonly ParticipantRow[]): void;
}

/** Actors with their roles and the offices that they held. */
export function ParticipantsField({
  path,
  label,
  rows,
  firstRole,
  isFixed,
  onChange,
}: ParticipantsFieldProps) {
  return (
    <RowsField
      path={path}
      label={label}
      one={isFixed ? 'speaker' : 'participant'}
      rows={rows}
      create={() => newParticipant(rows.length === 0 ? firstRole : 'PARTICIPANT')}
      onChange={onChange}
    >
      {(row, at, change) => (
        <div className="grid">
          <ReferenceField
            kind="actor"
            path={`${at}.actor`}
            label="Actor"
            chosen={row.actor ? [row.actor] : []}
            onChange={([actor = null]) => change({ actor })}
          />
          {!isFixed && (
            <SelectField
              path={`${at}.role`}
              label="Role"
              value={row.role}
              options={PARTICIPANT_ROLES}
              onChange={(changed) => change({ role: changed })}
            />
          )}
          <TextField
            path={`${at}.capacity`}
            label="Office at the time"
            value={row.capacity}
            onChange={(capacity) => change({ capacity })}
          />
        </div>
      )}
    </RowsField>
  );
}
