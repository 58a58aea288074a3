import type { TestServer } from '../../support/server.js';
import { send } from '../desk/desk-client.js';

const ITEM = 'id url title language publishedAt state text versions { key url title isCurrent }';

/** Adds an article and returns the item, and whether it is new. */
export const add = (server: TestServer, input: object, token?: string): Promise<any> =>
  send(server, 'addArticle', input, `isNew item { ${ITEM} }`, token);

const SENTENCES = [
  'Officials in Geneva said on Tuesday that the talks about missiles would go on after the summer break.',
  'The two delegations met for nine hours and exchanged lists of the sites that each of them could inspect.',
  'A spokesman for the ministry called the meeting useful and declined to name the next date in public.',
  'Diplomats from three other states followed the talks from a hotel on the other side of the lake.',
  'The proposal would limit launchers with a range of more than five hundred kilometres on the continent.',
  'Its authors want inspections on short notice, and a commission that decides about disputes in ten days.',
];

/** An article of some length with a number in it, which makes it one of its own. */
export const article = (number: number, change = ''): string =>
  SENTENCES.map(
    (sentence, at) => `${sentence.replaceAll('the', `the${number > 0 ? ` ${number}th` : ''}`)} ${at}.`,
  )
    .join('\n\n')
    .concat(change);
