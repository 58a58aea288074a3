import { useEffect } from 'react';
import type { KindPath } from '../address.js';
import { navigate } from '../shell/navigation.js';
import { PageTitle } from '../shell/page-title.js';
import { DevelopmentForm } from './development-form.js';
import { EMPTY_VALUES } from './values/empty-values.js';

/** The form for a new development. Its address names the form, so that two tabs do not share one. */
export function NewPage({ kind, form }: { readonly kind: KindPath; readonly form: string }) {
  useEffect(() => {
    if (form === '')
      navigate({ page: 'new', kind, form: crypto.randomUUID().slice(0, 8) }, { replace: true });
  }, [form, kind]);
  return (
    <>
      <PageTitle>{`New ${kind.replace('-', ' ')}`}</PageTitle>
      {form !== '' && (
        <DevelopmentForm
          key={form}
          {...{ kind, form }}
          values={EMPTY_VALUES}
          onSaved={({ slug }) => navigate({ page: 'development', slug })}
        />
      )}
    </>
  );
}
