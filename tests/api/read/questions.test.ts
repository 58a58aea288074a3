import { readFile } from 'node:fs/promises';
import { expect } from 'vitest';
import { DEVELOPMENTS } from '../../../src/dossier/developments.js';
import { describeWithDatabase } from '../../support/fixtures.js';
import { test } from '../../support/shared.js';

const TABS = new URL('../../../web/graphiql/tabs/', import.meta.url);
const PAGE = new URL('../../../docs/questions.md', import.meta.url);

const QUESTIONS = [
  ['02-led-to-the-end', 'Everything that led to the end of the moratorium, in order, with who said what'],
  [
    '03-putin-missiles',
    'Every statement by Putin about intermediate-range missiles, with competing dates and their sources',
  ],
  [
    '04-doctrine-changes',
    'All doctrine changes since 2019 with before and after, and the events and statements they respond to',
  ],
  ['05-rests-on-the-article', 'Which facts rest on the article alone? Which are disputed?'],
  ['06-before-the-correction', 'What did the record say before the correction of the date of the address?'],
  ['07-per-year', 'Developments per year and kind, for a chart'],
] as const;

const INTRODUCTION = `# Six questions

Each question about the example record takes one request. GraphiQL's tabs hold the same requests. The responses are those
of a fresh example record. [evidence.md](evidence.md) explains the terms.
`;

interface Answered {
  readonly title: string;
  readonly explanation: string;
  readonly request: string;
  readonly data: any;
}

describeWithDatabase('the questions of docs/questions.md', () => {
  test('are answered as documented by the requests in the GraphiQL tabs', async ({ dossier }) => {
    const answered: Answered[] = [];
    for (const [file, title] of QUESTIONS) {
      const text = await readFile(new URL(`${file}.graphql`, TABS), 'utf8');
      const [comment = '', ...rest] = text.split('\n\n');
      const request = rest.join('\n\n').trim();
      const explanation = comment.replace(/^# ?/gm, '').trim();
      answered.push({ title, explanation, request, data: await dossier.data(request) });
    }

    const [led, putin, doctrine, article, address, chart] = answered.map(({ data }) => data);
    const slugs = (nodes: { slug: string }[]) => nodes.map(({ slug }) => slug);
    expect(slugs(led.chain.nodes)).toEqual([
      'inf-moratorium-begins-2019',
      'united-states-leaves-inf-2019',
      'putin-announces-inf-suspension-2019',
      'putin-federal-assembly-address-2019',
      'russia-suspends-inf-2019',
      'putin-no-first-deployment-2019',
      'ryabkov-missile-threats-2025',
      'foreign-ministry-announces-moratorium-end-2025',
      'inf-moratorium-ends-2025',
    ]);
    expect(led.chain.isComplete).toBe(true);
    expect(putin.statements.totalCount).toBe(6);
    const disputes = putin.statements.nodes.flatMap(({ disputes: found }: any) => found);
    const dates = disputes.map(({ values }: any) =>
      values.map(({ text, claims }: any) => [text, claims[0].citation.source.reliability]),
    );
    expect(dates).toEqual([
      [
        ['20 February 2019', 'B'],
        ['February 2020', 'F'],
      ],
      [
        ['28 June 2024', 'B'],
        ['28 June 2020', 'F'],
      ],
    ]);
    expect(doctrine.doctrineChanges.nodes.map(({ changeType }: any) => changeType)).toEqual([
      'ADOPTED',
      'ADOPTED',
      'AMENDED',
      'ABANDONED',
    ]);
    expect(article.alone.totalCount).toBe(4);
    expect(article.disputed.totalCount).toBe(4);
    expect(address.before).toMatchObject({ occurred: { edtf: '2020-02' }, disputed: true, revision: 2 });
    expect(address.now).toMatchObject({ occurred: { edtf: '2019-02-20' }, disputed: true });
    expect(chart.timeline.reduce((sum: number, { count }: any) => sum + count, 0)).toBe(DEVELOPMENTS.length);

    await expect(INTRODUCTION + answered.map(section).join('')).toMatchFileSnapshot(PAGE.pathname);
  });
});

function section({ title, explanation, request, data }: Answered, index: number): string {
  const json = JSON.stringify(data, null, 2);
  return `\n## ${index + 1}. ${title}\n\n${explanation}\n\n\`\`\`graphql\n${request}\n\`\`\`\n\n\`\`\`json\n${json}\n\`\`\`\n`;
}
