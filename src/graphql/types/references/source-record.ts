import type { At } from '../../../domain/development/read/view.js';
import { countAgreement, type SourceAgreement } from '../../../domain/references/source-agreement.js';
import { builder } from '../../builder.js';
import { batched } from '../../context.js';
import { priced, SCAN_COST } from '../../cost.js';
import { inGroups } from '../../loaders.js';
import { pastPosition } from '../../node-id.js';
import { SourceRef } from './source.js';

interface AgreementKey {
  readonly id: string;
  readonly at: At;
}

/** Batches the sources of a request into one statement for each position. */
const loadAgreement = batched(100, async ({ db }, keys: readonly AgreementKey[]) => {
  const found = new Map<AgreementKey, SourceAgreement>();
  await inGroups(keys, positionOfKey, async (group, { at }) => {
    const ids = group.map(({ id }) => id);
    const counts = await countAgreement(db, ids, at);
    for (const [index, key] of group.entries()) found.set(key, counts[index] ?? NONE);
    return [];
  });
  return keys.map((key) => found.get(key) ?? NONE);
});

const NONE: SourceAgreement = { preferred: 0, normal: 0, deprecated: 0 };
const positionOfKey = ({ at }: AgreementKey) => String(at);

const AgreementRef = builder.objectRef<SourceAgreement>('SourceAgreement').implement({
  description: 'The number of claims of a source at each rank, in published developments.',
  fields: (t) => ({
    preferred: t.exposeInt('preferred', {
      description: 'The number of claims that set the value of a field.',
    }),
    normal: t.exposeInt('normal', { description: 'The number of claims that are alternatives or unranked.' }),
    deprecated: t.exposeInt('deprecated', { description: 'The number of claims that are considered wrong.' }),
  }),
});

// Separate from source.ts, which the types of developments import.
builder.objectFields(SourceRef, (t) => ({
  agreement: t.field({
    ...priced({ points: SCAN_COST }),
    type: AgreementRef,
    description: 'The ranks of the claims of this source in published developments.',
    resolve: (row, _args, context) => loadAgreement(context, { id: row.id, at: pastPosition(context, row) }),
  }),
}));
