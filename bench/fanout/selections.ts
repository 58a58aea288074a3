/** Fields of similar size, from which selections choose. */
const SMALL = ['status', 'confidence', 'disputed', 'revision', 'slug', 'recordedAt', 'publishedAt', 'id'];
const RELATIONS = [
  'topics { slug name }',
  'participants { role actor { slug name } }',
  'occurred { edtf text }',
];

const item = (fields: string, after: string) =>
  `subscription Feed${after && '($after: Cursor)'} { feed${after} { __typename ` +
  `... on DevelopmentPublished { cursor development { ${fields} } } ... on FeedCaughtUp { cursor } } }`;

const FIELDS = 'id slug headline summary status confidence revision recordedAt occurred { edtf text }';

/** The selection of a typical list page. */
export const ONE_SELECTION = [item(FIELDS, '')];

/** The same, after a cursor. */
export const RESUMING = item(FIELDS, '(after: $after)');

/** Distinct selections with different names and fields, two thirds of them with a relation to other tables. */
export function differentSelections(count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const small = SMALL.filter((_, at) => (index + at) % 8 > 1).map((field) => `${field}${index}: ${field}`);
    return item(`headline summary ${small.join(' ')} ${RELATIONS[index % 3]}`, '');
  });
}
