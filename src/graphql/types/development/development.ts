import { kindOf } from '../../../domain/development/content/content.js';
import { disputesOf, isDisputed } from '../../../domain/development/evidence/disputes.js';
import { findView } from '../../../domain/development/read/view.js';
import { parseSlug } from '../../../domain/references/lookup.js';
import { builder } from '../../builder.js';
import { LOADED, priced } from '../../cost.js';
import { highlightsCost } from '../../filter-cost.js';
import { AsOfInput, atOf } from '../../inputs/as-of.js';
import { loadReferences, loadView } from '../../loaders.js';
import { isPresent, keyAt } from '../../node-id.js';
import { showDevelopments } from '../budget.js';
import {
  ConfidenceEnum,
  DevelopmentKindEnum,
  DevelopmentStatusEnum,
  LinkRelationEnum,
  ParticipantRoleEnum,
} from '../enums/development.js';
import { ClaimFieldEnum } from '../enums/evidence.js';
import { FuzzyDateRef } from '../fuzzy-date.js';
import { ParticipationRef, participationsOf } from '../references/actor.js';
import { DoctrineRef } from '../references/doctrine.js';
import { TopicRef } from '../references/topic.js';
import { TreatyRef } from '../references/treaty.js';
import { WeaponSystemRef } from '../references/weapon-system.js';
import { CitationRef, ClaimRef, DisputeRef, partsOf } from './evidence.js';
import { HighlightRef, loadHighlights } from './highlight.js';
import { LinkDirectionEnum, LinkRef, linksIn, linksOut } from './link.js';
import { RetractionRef } from './retraction.js';
import { lastRevision } from './revisions.js';

export const TYPE_NAMES = {
  EVENT: 'Event',
  STATEMENT: 'Statement',
  DOCTRINE_CHANGE: 'DoctrineChange',
} as const;

builder.interfaceType('Development', {
  description: 'An entry of the record: an event, a statement or a doctrine change.',
  interfaces: [builder.nodeInterfaceRef()],
  resolveType: ({ content }) => TYPE_NAMES[content.detail.kind],
  fields: (t) => ({
    id: t.globalID({
      description:
        'The global id, for `node`. A state read as of a point in the past has an id of its own, which contains the point: equal ids mean equal objects.',
      resolve: (view, _args, context) => ({
        type: TYPE_NAMES[view.content.detail.kind],
        id: keyAt(context, view),
      }),
    }),
    current: t.field({
      ...priced(LOADED),
      type: 'Development',
      description:
        'The development as it is now: itself, unless it was read as of a point in the past. If it has been retracted since, this is its tombstone, with `retraction`.',
      resolve: async (view, _args, context) => {
        if (isPresent(context, view.at)) return view;
        showDevelopments(context, 1);
        const current = await loadView(context, { id: view.id, at: undefined });
        if (!current)
          throw new Error(`The development ${view.id} was public and is no longer in the record.`);
        return current;
      },
    }),
    slug: t.string({
      description:
        'The readable key, unique in the record, e.g. `inf-moratorium-ends-2025`. After a rename, `development` still finds it by its earlier slugs.',
      resolve: ({ content }) => content.slug,
    }),
    kind: t.field({
      type: DevelopmentKindEnum,
      description: 'The kind, which the object type follows.',
      resolve: ({ content }) => kindOf(content),
    }),
    url: t.string({
      nullable: true,
      description:
        'The permalink: `/d/<slug>` at the address that the operator has set (`PUBLIC_URL`). Null if none is set.',
      resolve: ({ content }, _args, { publicUrl }) =>
        publicUrl === undefined ? null : `${publicUrl}/d/${content.slug}`,
    }),
    headline: t.string({
      description: 'A one-sentence headline, 1 to 300 characters.',
      resolve: ({ content }) => content.headline,
    }),
    summary: t.string({
      description:
        'A summary of a few sentences, written by the editors. Empty if the headline is sufficient.',
      resolve: ({ content }) => content.summary,
    }),
    occurred: t.field({
      type: FuzzyDateRef,
      description: 'The date of the event, statement or change.',
      resolve: ({ content }) => content.occurred,
    }),
    status: t.expose('status', {
      type: DevelopmentStatusEnum,
      description: 'The publication status: draft, published or retracted.',
    }),
    confidence: t.field({
      type: ConfidenceEnum,
      description: 'The confidence that it is accurate: `derivedConfidence`, unless the editors set another.',
      resolve: ({ content }) => content.confidence,
    }),
    confidenceReason: t.string({
      nullable: true,
      description: 'Why the editors set a confidence other than the derived one. Null if they did not.',
      resolve: ({ content }) => content.confidenceReason,
    }),
    derivedConfidence: t.field({
      type: ConfidenceEnum,
      description:
        'The confidence calculated from the citations, with the reliability their sources had when the revision was written.\n\nA supporting citation is HIGH if its source has reliability A or B and its credibility is 1 or 2; MODERATE for A to C and 1 to 3; otherwise LOW. The development is HIGH with two HIGH citations of different publishers, or one HIGH citation of credibility 1. It is MODERATE with any HIGH or MODERATE citation, otherwise LOW. A disputing citation with at least the grade of the best supporting one lowers it by one step.',
      resolve: ({ content }) => content.derivedConfidence,
    }),
    disputed: t.boolean({
      description: 'Whether claims that are not deprecated disagree about a field: see `disputes`.',
      resolve: ({ content }) => isDisputed(content.claims),
    }),
    disputes: t.field({
      type: [DisputeRef],
      description:
        'The fields that claims disagree about, with their competing values. Ignores deprecated claims.',
      resolve: (view) => partsOf(view, disputesOf(view.content.claims)),
    }),
    revision: t.exposeInt('revision', {
      description:
        'The number of the returned revision, starting at 1. It is the latest unless `asOf` selects an earlier one.',
    }),
    recordedAt: t.expose('recordedAt', {
      type: 'DateTime',
      description: 'The time at which it was first recorded, as a draft or published.',
    }),
    publishedAt: t.expose('publishedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The time of its first publication. Null for a draft.',
    }),
    changedAt: t.expose('changedAt', {
      type: 'DateTime',
      description: 'The time at which the returned revision was recorded: that of the latest change.',
    }),
    retraction: t.field({
      type: RetractionRef,
      nullable: true,
      description: 'The reason for its withdrawal, and its replacement. Null unless it is retracted.',
      resolve: async (view, _args, context) => {
        if (view.status !== 'RETRACTED') return null;
        return { revision: await lastRevision(context, view), view }; // The retraction is the latest revision.
      },
    }),
    participants: t.field({
      type: [ParticipationRef],
      description: 'The actors involved and their roles, in the order set by the editors. At most 100.',
      args: {
        role: t.arg({
          type: [ParticipantRoleEnum],
          description: 'Return only participants with one of these roles. All by default.',
        }),
      },
      resolve: (view, { role }) =>
        participationsOf(view, (participant) => !role?.length || role.includes(participant.role)),
    }),
    citations: t.field({
      type: [CitationRef],
      description: 'The citations of sources, in the order set by the editors. At most 100.',
      resolve: (view) => partsOf(view, view.content.citations),
    }),
    claims: t.field({
      type: [ClaimRef],
      description:
        'The claims that its citations make about its fields, in the order set by the editors. At most 100.',
      args: {
        field: t.arg({
          type: [ClaimFieldEnum],
          description: 'Return only claims about one of these fields. All by default.',
        }),
      },
      resolve: (view, { field }) =>
        partsOf(
          view,
          view.content.claims.filter((claim) => !field?.length || field.includes(claim.field)),
        ),
    }),
    links: t.field({
      ...priced(LOADED),
      type: [LinkRef],
      description:
        'The links to and from other developments. Outgoing links come first; there are at most 100 of them.',
      args: {
        direction: t.arg({
          type: LinkDirectionEnum,
          description: 'Return only outgoing or only incoming links.',
        }),
        relation: t.arg({
          type: [LinkRelationEnum],
          description: 'Return only links with one of these relations. All by default.',
        }),
      },
      resolve: async (view, { direction, relation }, context) => {
        const links = await Promise.all([
          direction === 'IN' ? [] : linksOut(context, view),
          direction === 'OUT' ? [] : linksIn(context, view),
        ]);
        return links.flat().filter(({ link }) => !relation?.length || relation.includes(link.relation));
      },
    }),
    topics: t.field({
      type: [TopicRef],
      description: 'Its topics, in the order set by the editors. At most 100.',
      resolve: ({ content, at }, _args, context) => loadReferences(context, 'topic', content.topicIds, at),
    }),
    treaties: t.field({
      type: [TreatyRef],
      description: 'The treaties it concerns, in the order set by the editors. At most 50.',
      resolve: ({ content, at }, _args, context) => loadReferences(context, 'treaty', content.treatyIds, at),
    }),
    weaponSystems: t.field({
      type: [WeaponSystemRef],
      description: 'The weapon systems it concerns, in the order set by the editors. At most 50.',
      resolve: ({ content, at }, _args, context) =>
        loadReferences(context, 'weaponSystem', content.weaponSystemIds, at),
    }),
    doctrines: t.field({
      type: [DoctrineRef],
      description: 'The doctrines it concerns, in the order set by the editors. At most 50.',
      resolve: ({ content, at }, _args, context) =>
        loadReferences(context, 'doctrine', content.doctrineIds, at),
    }),
    highlights: t.field({
      ...priced(highlightsCost),
      type: [HighlightRef],
      description:
        'The fields and names of this revision that match a search text, with the matching words marked. Ordered by field as in HighlightField, then by name. The words of a phrase are marked wherever they occur.',
      args: {
        text: t.arg.string({
          required: true,
          description: 'The search text, as in `DevelopmentFilter.text`. Words excluded by `-` are ignored.',
        }),
      },
      resolve: (view, { text }, context) => loadHighlights(context, { view, text }),
    }),
  }),
});

builder.queryFields((t) => ({
  development: t.field({
    type: 'Development',
    nullable: true,
    description:
      'The development with this slug, or with this earlier slug. Also returns retracted developments. Null if there is none.',
    args: {
      slug: t.arg.string({ required: true, description: 'The slug, e.g. `inf-moratorium-ends-2025`.' }),
      asOf: t.arg({
        type: AsOfInput,
        description: 'Return the development as it was at this point. Null if it was not published yet.',
      }),
    },
    resolve: async (_root, { slug, asOf }, context) => {
      const at = await atOf(context, asOf);
      return (await findView(context.db, context.viewer, at, parseSlug(slug))) ?? null;
    },
  }),
}));
