import type { GraphQLSchema } from 'graphql';
import { builder } from './builder.js';
import { COST_RULE } from './cost.js';
import './types/scalars.js';
import './errors.js';
import './queries/node.js';
import './types/development.js';
import './queries/developments.js';
import './queries/timeline.js';
import './queries/facets.js';
import './queries/chain.js';
import './queries/changes-between.js';
import './types/source-record.js';
import './subscriptions/feed.js';
import './mutations/writer.js';
import './mutations/record.js';
import './mutations/revise.js';
import './mutations/change-evidence.js';
import './mutations/upserts.js';

builder.queryType({
  description: `Reading is open to everyone; drafts are shown to editors only.\n\n${COST_RULE}`,
});
builder.subscriptionType({
  description: 'What is new, as it happens: over WebSocket (graphql-transport-ws) and SSE.',
});

/** The whole schema, from the files that this one imports. */
export const schema: GraphQLSchema = builder.toSchema();
