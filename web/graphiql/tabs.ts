import welcome from './tabs/01-welcome.graphql?raw';
import ledToTheEnd from './tabs/02-led-to-the-end.graphql?raw';
import putinMissiles from './tabs/03-putin-missiles.graphql?raw';
import doctrineChanges from './tabs/04-doctrine-changes.graphql?raw';
import restsOnTheArticle from './tabs/05-rests-on-the-article.graphql?raw';
import beforeTheCorrection from './tabs/06-before-the-correction.graphql?raw';
import perYear from './tabs/07-per-year.graphql?raw';
import live from './tabs/08-live.graphql?raw';
import record from './tabs/09-record.graphql?raw';
import recordVariables from './tabs/09-record.json?raw';

/**
 * The tabs of a first visit, left to right. GraphiQL names each after its operation. The tabs between the first
 * and the live one are the questions of docs/questions.md.
 */
export const defaultTabs = [
  { query: welcome },
  { query: ledToTheEnd },
  { query: putinMissiles },
  { query: doctrineChanges },
  { query: restsOnTheArticle },
  { query: beforeTheCorrection },
  { query: perYear },
  { query: live },
  {
    query: record,
    variables: recordVariables,
    headers: '{\n  "Authorization": "Bearer paste-the-token-here"\n}\n',
  },
];
