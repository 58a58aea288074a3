import { useQuery } from '@apollo/client/react';
import { DETAIL } from './documents';

export function Detail({ slug }: { slug: string }) {
  const { data } = useQuery(DETAIL, { variables: { slug } });
  const development = data?.development;
  if (!development) return null;
  return (
    <article>
      <h2>{development.headline}</h2>
      {development.retraction && <p>Retracted: {development.retraction.reason}</p>}
      <p>
        {development.occurred.text}. {development.summary}
      </p>
      {development.disputes.map(({ field, values }) => (
        <section key={field}>
          <h3>Disputed: {field.toLowerCase()}</h3>
          <ul>
            {values.map(({ text, isPreferred, claims }) => (
              <li key={text}>
                {text} {isPreferred && '(preferred)'}{' '}
                <small>{claims.map(({ citation }) => citation.source.title).join('; ')}</small>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </article>
  );
}
