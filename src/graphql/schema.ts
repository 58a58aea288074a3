import { GraphQLSchema } from 'graphql';
import { builder } from './builder.js';
import { COST_RULE } from './cost-rule.js';
import './types/scalars.js';
import './errors.js';
import './queries/node.js';
import './types/development/development.js';
import './queries/developments.js';
import './queries/timeline.js';
import './queries/facets.js';
import './queries/chain.js';
import './queries/changes-between.js';
import './queries/proof.js';
import './queries/viewer.js';
import './types/development/around.js';
import './types/references/reference-developments.js';
import './types/references/source-record.js';
import './subscriptions/feed.js';
import './mutations/define-mutation.js';
import './mutations/record.js';
import './mutations/revise.js';
import './mutations/evidence.js';
import './mutations/links.js';
import './mutations/upserts.js';

builder.queryType({
  description: `Queries need no token, unless the server is configured to require one. Only editors see drafts. Every field can be null: if it fails, \`errors\` says why, and the other fields have their data.\n\n${COST_RULE}`,
});
builder.subscriptionType({
  description: 'Live changes, over WebSocket (graphql-transport-ws) or server-sent events.',
});

export const schema = new GraphQLSchema({
  ...builder.toSchema().toConfig(),
  description:
    'Doctrine Wire: a live, sourced record of arms-control and military-posture developments. Begin with `developments`, and follow `feed` from `feedHead`.',
});
