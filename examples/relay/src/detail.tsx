import { graphql, useFragment, useLazyLoadQuery } from 'react-relay';
import type { detail_development$key } from './__generated__/detail_development.graphql';
import type { detailQuery } from './__generated__/detailQuery.graphql';

export function Detail({ id, attempt }: { id: string; attempt: number }) {
  const { node } = useLazyLoadQuery<detailQuery>(
    graphql`
      query detailQuery($id: ID!) {
        node(id: $id) {
          ...detail_development @alias(as: "development")
        }
      }
    `,
    { id },
    { fetchKey: attempt },
  );
  return node?.development && <Article development={node.development} />;
}

function Article(props: { development: detail_development$key }) {
  const development = useFragment(
    graphql`
      fragment detail_development on Development {
        id
        slug
        revision
        headline
        summary
        confidence
        disputed
        occurred {
          edtf
          text
        }
        retraction {
          reason
        }
        disputes {
          field
          values {
            text
            isPreferred
            claims {
              key
              citation {
                source {
                  title
                }
              }
            }
          }
        }
      }
    `,
    props.development,
  );
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
