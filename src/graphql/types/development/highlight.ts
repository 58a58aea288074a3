import type { DevelopmentView } from '../../../domain/development/read/view.js';
import { findHighlights, type Highlight, type HighlightField } from '../../../domain/search/highlight.js';
import type { HighlightPart } from '../../../domain/search/marks.js';
import { builder } from '../../builder.js';
import { batched } from '../../context.js';
import { inGroups } from '../../loaders.js';

const HighlightFieldEnum = builder.enumType('HighlightField', {
  description: 'The field that a highlight is from.',
  values: {
    HEADLINE: { description: 'The headline.' },
    SUMMARY: { description: 'The summary.' },
    QUOTATION: { description: 'The quoted words in the original language.' },
    TRANSLATION: { description: 'The translation of the quoted words.' },
    PLACE: { description: 'The name of a place.' },
    LOCATOR: { description: 'The locator of a citation, e.g. a page.' },
    EXTERNAL_ID: { description: 'The id in a data set that it was imported from.' },
    NAME: {
      description:
        'A current name of a participant, topic, treaty, weapon system or doctrine of the development.',
    },
  } satisfies Record<HighlightField, object>,
});

const HighlightPartRef = builder.objectRef<HighlightPart>('HighlightPart').implement({
  description: 'A fragment of a text. Render it as text, never as HTML.',
  fields: (t) => ({
    text: t.exposeString('text', { description: 'The fragment, including white space.' }),
    isHit: t.exposeBoolean('isHit', { description: 'Whether the fragment is a matching word.' }),
  }),
});

export const HighlightRef = builder.objectRef<Highlight>('Highlight').implement({
  description: 'A field or name that matches a search text.',
  fields: (t) => ({
    field: t.expose('field', { type: HighlightFieldEnum, description: 'The matching field.' }),
    parts: t.expose('parts', {
      type: [HighlightPartRef],
      description:
        'The fragments in order; join them to get the text. Quotations and translations over 400 characters are cut to at most 3 passages, separated by ` … `.',
    }),
  }),
});

/** Developments searched by one statement: a page. */
const AT_ONCE = 100;

interface HighlightKey {
  readonly view: DevelopmentView;
  readonly text: string;
}

/** Finds the matches of a search text in a development, with one statement for each text on a page. */
export const loadHighlights = batched(AT_ONCE, async ({ db }, keys: readonly HighlightKey[]) => {
  const found = new Map<HighlightKey, Highlight[]>();
  await inGroups(
    keys,
    ({ text }) => text,
    async (group, { text }) => {
      const highlights = await findHighlights(
        db,
        text,
        group.map(({ view }) => view),
      );
      for (const [index, key] of group.entries()) found.set(key, highlights[index] ?? []);
      return [];
    },
  );
  return keys.map((key) => found.get(key) ?? []);
});
