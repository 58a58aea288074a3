import type { DevelopmentView } from '../../domain/development/view.js';
import {
  findHighlights,
  type Highlight,
  type HighlightField,
  type HighlightPart,
} from '../../domain/search/highlight.js';
import { batched } from '../batch.js';
import { builder } from '../builder.js';
import { inGroups } from '../loaders.js';

const HighlightFieldEnum = builder.enumType('HighlightField', {
  description: 'Where words that are searched for stand.',
  values: {
    HEADLINE: { description: 'In the headline.' },
    SUMMARY: { description: 'In the summary.' },
    QUOTATION: { description: 'In the words said, in their original language.' },
    TRANSLATION: { description: 'In the translation of the words said.' },
    NAME: {
      description:
        'In a name, as it is now, of a participant, topic, treaty, weapon system or doctrine of the development.',
    },
  } satisfies Record<HighlightField, object>,
});

const HighlightPartRef = builder.objectRef<HighlightPart>('HighlightPart').implement({
  description: 'A piece of text: put it on a page as text, never as HTML.',
  fields: (t) => ({
    text: t.exposeString('text', { description: 'The piece as it is written, white space included.' }),
    isHit: t.exposeBoolean('isHit', { description: 'Whether it is a word that is searched for.' }),
  }),
});

/** Where words that are searched for stand in one field or name. */
export const HighlightRef = builder.objectRef<Highlight>('Highlight').implement({
  description: 'A field, or a name, in which words stand that are searched for.',
  fields: (t) => ({
    field: t.expose('field', { type: HighlightFieldEnum, description: 'Which field, or that it is a name.' }),
    parts: t.expose('parts', {
      type: [HighlightPartRef],
      description:
        'The text in pieces, in its order: join them to show it. It is whole, but of words said that are longer than 400 characters: of those there are up to 3 passages with ` … ` between them.',
    }),
  }),
});

/** How many developments are looked through by one statement: a page. */
const AT_ONCE = 100;

interface HighlightKey {
  readonly view: DevelopmentView;
  readonly text: string;
}

/** Where the words of a text stand in a development: one statement for each text that a page is asked for. */
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
