import { GraphQLSchema } from 'graphql';
import { builder } from './builder.js';
import { COST_RULE } from './cost-rule.js';
import './introspection.js';
import './types/scalars.js';
import './errors/development.js';
import './errors/inbox.js';
import './errors/merging.js';
import './errors/review.js';
import './errors/write.js';
import './queries/node.js';
import './types/development/development.js';
import './queries/developments.js';
import './queries/timeline.js';
import './queries/facets.js';
import './queries/chain.js';
import './queries/changes-between.js';
import './queries/proof.js';
import './queries/read-date.js';
import './queries/viewer.js';
import './queries/duplicates.js';
import './types/review/review.js';
import './queries/drafts.js';
import './queries/proposals.js';
import './queries/audit.js';
import './queries/inbox.js';
import './queries/watched-feeds.js';
import './types/development/around.js';
import './types/references/reference-developments.js';
import './types/references/reference-revisions.js';
import './types/references/source-record.js';
import './subscriptions/feed.js';
import './mutations/define-mutation.js';
import './mutations/development/record.js';
import './mutations/development/revise.js';
import './mutations/development/evidence.js';
import './mutations/development/links.js';
import './mutations/references/upserts.js';
import './types/desk/note.js';
import './types/desk/presence.js';
import './queries/mentions.js';
import './subscriptions/desk.js';
import './mutations/review/decide-proposals.js';
import './mutations/desk.js';
import './mutations/merging/judge-duplicate.js';
import './queries/merge-preview.js';
import './mutations/merging/merge-developments.js';
import './mutations/merging/merge-references.js';
import './types/development/conflict.js';
import './types/bulk/outcome.js';
import './types/bulk/act.js';
import './queries/bulk-preview.js';
import './mutations/development/bulk.js';
import './mutations/review/review.js';
import './mutations/review/proposals.js';
import './mutations/erase.js';
import './types/inbox/suggestion.js';
import './mutations/inbox/inbox.js';
import './mutations/inbox/suggestions.js';
import './mutations/inbox/watched-feeds.js';

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
