import { Quotation } from '../list/quotation.js';
import type { Detail } from '../queries/development.js';

/** The words of a statement, or the policy before and after a change. */
export function Words({ detail }: { readonly detail: Detail }) {
  if (detail.__typename === 'Statement') {
    const { quotation, translation, originalLanguage, translator, setting, attribution } = detail;
    const by = translator ? `Translated by ${translator}` : 'In translation';
    return (
      <>
        {quotation && <Quotation text={quotation} language={originalLanguage} />}
        {translation && <Quotation text={translation} language="en" note={by} />}
        {(setting || attribution) && (
          <p className="setting">{[setting, attribution].filter(Boolean).join('. ')}</p>
        )}
      </>
    );
  }
  if (detail.__typename !== 'DoctrineChange' || (!detail.before && !detail.after)) return null;
  return (
    <dl className="before-after">
      {detail.before && (
        <div>
          <dt>Before</dt>
          <dd>{detail.before}</dd>
        </div>
      )}
      {detail.after && (
        <div>
          <dt>After</dt>
          <dd>{detail.after}</dd>
        </div>
      )}
    </dl>
  );
}
