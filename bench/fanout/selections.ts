/** Fields of about the same size each, of which a selection takes some. */
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

/** What a list of developments on a page would ask for. */
export const ONE_SELECTION = [item(FIELDS, '')];

/** The same, from a cursor on. */
export const RESUMING = item(FIELDS, '(after: $after)');

/** Selections that all differ: other names, other fields, two thirds of them with a relation to other tables. */
export function differentSelections(count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const small = SMALL.filter((_, at) => (index + at) % 8 > 1).map((field) => `${field}${index}: ${field}`);
    return item(`headline summary ${small.join(' ')} ${RELATIONS[index % 3]}`, '');
  });
}
