import { useState } from 'react';
import { capital } from '../../wire/words.js';
import { forgetForm, listForms } from '../form/kept/kept-forms.js';
import { useDesk } from '../session/session-context.js';
import { DeskLink } from '../shell/navigation.js';

/** The forms that this browser keeps for the editor because they were never sent. */
export function UnsentForms() {
  const { viewer } = useDesk();
  const [forms, setForms] = useState(() => listForms(viewer.name));
  if (forms.length === 0) return null;
  const forget = (form: string) => {
    forgetForm(viewer.name, form);
    setForms(listForms(viewer.name));
  };
  return (
    <section className="part" aria-labelledby="unsent-title">
      <h2 id="unsent-title">Not sent yet</h2>
      <p className="small">Kept in this browser only.</p>
      <ul className="lines">
        {forms.map(({ form, kind, values, base, at }) => {
          const name = values.headline || 'without a headline';
          const what = capital(kind.replace('-', ' '));
          return (
            <li key={form}>
              <DeskLink to={base ? { page: 'edit', slug: base.slug } : { page: 'new', kind, form }}>
                {base ? 'Revision' : what}: <bdi>{name}</bdi>
              </DeskLink>{' '}
              <span className="small">{new Date(at).toLocaleString('en-GB')}</span>{' '}
              <button type="button" className="quiet" onClick={() => forget(form)}>
                Discard<span className="unseen"> {name}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
