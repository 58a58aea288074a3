import type { GraphQLSchema } from 'graphql';
import { builder } from './builder.js';
import { COST_RULE } from './cost.js';
import './scalars.js';
import './errors.js';
import './node.js';
import './development.js';
import './developments.js';
import './timeline.js';
import './facets.js';
import './chain.js';
import './changes-between.js';
import './source-record.js';
import './feed.js';
import './writer.js';
import './record.js';
import './revise.js';
import './change-evidence.js';
import './upserts.js';

builder.queryType({
  description: `Reading is open to everyone; drafts are shown to editors only.\n\n${COST_RULE}`,
});
builder.subscriptionType({
  description: 'What is new, as it happens: over WebSocket (graphql-transport-ws) and SSE.',
});

/** The whole schema, from the files that this one imports. */
export const schema: GraphQLSchema = builder.toSchema();
