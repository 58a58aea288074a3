import welcome from './tabs/01-welcome.graphql?raw';
import putinMissiles from './tabs/02-putin-missiles.graphql?raw';
import doctrineChanges from './tabs/03-doctrine-changes.graphql?raw';
import perYear from './tabs/04-per-year.graphql?raw';
import live from './tabs/05-live.graphql?raw';
import record from './tabs/06-record.graphql?raw';
import recordVariables from './tabs/06-record.json?raw';

/** The tabs of a first visit, left to right; GraphiQL names each after its operation. */
export const defaultTabs = [
  { query: welcome },
  { query: putinMissiles },
  { query: doctrineChanges },
  { query: perYear },
  { query: live },
  {
    query: record,
    variables: recordVariables,
    headers: '{\n  "Authorization": "Bearer paste-the-token-here"\n}\n',
  },
];
