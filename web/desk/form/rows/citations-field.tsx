import type { FoundReference } from '../../references/kinds.js';
import { ReferenceField } from '../../references/reference-field.js';
import { RowsField } from '../fields/rows-field.js';
import { SelectField } from '../fields/select-field.js';
import { TextField } from '../fields/text-field.js';
import type { PartProps } from '../parts/part-props.js';
import { CREDIBILITIES, STANCES } from '../parts/words.js';
import { newCitation } from '../values/empty-values.js';
import type { SourceRef } from '../values/form-values.js';
import { ClaimsField } from './claims-field.js';

/** The citations, each with its claims beside it. */
export function CitationsField({ kind, values, change: changeForm }: PartProps) {
  return (
    <RowsField
      path="citations"
      label="Citations"
      one="citation"
      note="A published development needs at least one."
      rows={values.citations}
      create={newCitation}
      onChange={(citations) => changeForm({ citations })}
    >
      {(row, at, change) => {
        const text = (name: 'locator' | 'excerpt' | 'language') => ({
          path: `${at}.${name}`,
          value: row[name],
          onChange: (value: string) => change({ [name]: value }),
        });
        return (
          <div className="beside">
            <div className="grid">
              <ReferenceField<SourceRef>
                kind="source"
                path={`${at}.source`}
                label="Source"
                chosen={row.source ? [row.source] : []}
                details={({ publisher, reliability }) => (
                  <span className="small">
                    {[publisher, `grade ${reliability}`].filter(Boolean).join(', ')}
                  </span>
                )}
                onChange={([source]) => change({ source: source ? sourceRef(source) : null })}
              />
              <SelectField
                path={`${at}.credibility`}
                label="Credibility of this item"
                value={row.credibility}
                options={CREDIBILITIES}
                onChange={(credibility) => change({ credibility })}
              />
              <SelectField
                path={`${at}.stance`}
                label="Stance"
                value={row.stance}
                options={STANCES}
                onChange={(stance) => change({ stance })}
              />
              <TextField label="Place in the source" note="Page, paragraph or minute." {...text('locator')} />
              <TextField label="Excerpt" rows={2} language={row.language || undefined} {...text('excerpt')} />
              <TextField label="Language of the excerpt" {...text('language')} />
            </div>
            <ClaimsField
              kind={kind}
              path={`${at}.claims`}
              rows={row.claims}
              onChange={(claims) => change({ claims })}
            />
          </div>
        );
      }}
    </RowsField>
  );
}

const sourceRef = ({ slug, name, publisher = '', reliability = 'F' }: FoundReference): SourceRef => ({
  ...{ slug, name, publisher, reliability },
});
