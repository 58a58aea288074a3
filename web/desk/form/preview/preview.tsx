import { useDeferredValue } from 'react';
import { DevelopmentCard } from '../../../wire/list/development-card.js';
import type { Kind } from '../../address.js';
import { useDateReading } from '../fields/use-date-reading.js';
import type { FormValues } from '../values/form-values.js';
import { cardOf } from './card-of.js';

/** What the wire will show of the form, by the wire's own card. */
export function Preview({ kind, values }: { readonly kind: Kind; readonly values: FormValues }) {
  const shown = useDeferredValue(values);
  const reading = useDateReading(shown.occurred);
  return (
    <aside className="preview" aria-labelledby="preview-title">
      <h2 id="preview-title">As readers will see it</h2>
      {/* Its links lead to what is not published yet. */}
      <div className="cards" inert>
        <DevelopmentCard
          card={cardOf(kind, shown, reading?.date)}
          asOf={undefined}
          isUnsaved={!shown.confidence}
        />
      </div>
      {!shown.confidence && (
        <p className="small">The confidence is derived from the citations when you save.</p>
      )}
    </aside>
  );
}
