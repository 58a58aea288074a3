import { describeWithDatabase } from '../../support/fixtures.js';
import {
  CHANGE,
  CITATION,
  expectRefusal,
  LINK,
  REVISION,
  type Row,
  SOURCE,
  STATEMENT,
  SYSTEM,
  TREATY,
  test,
} from '../../support/hostile/refusals.js';

const EDTF = /Expected an EDTF date of the years 1000 to 9998, such as 2019-08-02/;
const UNKNOWN_SLUGS: Row[] = [
  ['an unknown actor', STATEMENT, { participants: [{ actor: 'nobody', role: 'SPEAKER' }] }],
  ['an unknown topic', STATEMENT, { topics: ['nothing'] }],
  ['an unknown treaty', STATEMENT, { treaties: ['nothing'] }],
  ['an unknown weapon system', STATEMENT, { weaponSystems: ['nothing'] }],
  ['an unknown doctrine', STATEMENT, { doctrines: ['nothing'] }],
  ['a doctrine change of an unknown doctrine', CHANGE, { doctrine: 'nothing' }],
  ['an unknown source', STATEMENT, { citations: [{ source: 'nothing' }] }],
  ['an added citation of an unknown source', CITATION, { source: 'nothing' }],
  ['an unknown development', REVISION, { slug: 'nothing' }],
  ['a link to an unknown development', LINK, { to: 'nothing' }],
  ['an unknown party of a treaty', TREATY, { parties: ['nobody'] }],
  ["an unknown source of a weapon system's name", SYSTEM, { aliases: [{ name: 'A', source: 'nothing' }] }],
].map(
  ([name, mutation, input]) => [name, mutation, input, 'UNKNOWN_SLUG', /No [a-z ]+ has the slug "no/] as Row,
);

const DATES: Row[] = [
  'yesterday',
  '2019-13',
  '2019-02-30',
  '2020/2019',
  '0999',
  '9999',
  '2019-2-1',
  ' ',
  '',
  '1-1-1',
  '2019/2020/2021',
  '../..',
  '２０１９',
  `2019${' '.repeat(99)}x`,
].flatMap((date) =>
  (
    [
      [STATEMENT, { occurred: date }],
      [CHANGE, { effective: date }],
      [REVISION, { occurred: date }],
      [SOURCE, { published: date }],
      [TREATY, { states: [{ state: 'SIGNED', since: date }] }],
    ] as const
  ).map(
    ([mutation, input]): Row => [
      `${JSON.stringify(date).slice(0, 20)} as a date in ${mutation[0]}`,
      mutation,
      input,
      'INVALID_INPUT',
      EDTF,
    ],
  ),
);

describeWithDatabase('a mutation refuses', () => {
  test.for([...UNKNOWN_SLUGS, ...DATES])('%s', (row, { record }) => expectRefusal(record, row));
});
