import { useMemo } from 'react';
import { KIND_PATHS, type KindPath } from '../address.js';
import { usePresence } from '../live/use-presence.js';
import { EDITABLE } from '../queries/editable.js';
import { navigate } from '../shell/navigation.js';
import { PageTitle } from '../shell/page-title.js';
import { useQuery } from '../shell/use-query.js';
import { DevelopmentForm } from './development-form.js';
import { valuesOf } from './values/values-of.js';

/** The form that revises a development. */
export function EditPage({ slug }: { readonly slug: string }) {
  usePresence(slug);
  const { data, problem } = useQuery(EDITABLE, { slug });
  const development = data?.development;
  const values = useMemo(() => development && valuesOf(development), [development]);
  if (problem) return <p className="refusal">{problem}</p>;
  if (!data) return <p role="status">Loading…</p>;
  if (!development || !values) return <PageTitle>No development has this address</PageTitle>;
  const [kind] = Object.entries(KIND_PATHS).find(([, known]) => known === development.kind) ?? [];
  return (
    <>
      <PageTitle>{`Revise: ${development.headline}`}</PageTitle>
      <DevelopmentForm
        kind={kind as KindPath}
        form={`edit:${slug}`}
        values={values}
        base={{ slug, revision: development.revision, values }}
        isPublic={development.status === 'PUBLISHED'}
        onSaved={(saved) => navigate({ page: 'development', slug: saved.slug })}
      />
    </>
  );
}
