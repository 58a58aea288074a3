import { disputesOf } from '../../domain/development/disputes.js';
import { findView } from '../../domain/development/view.js';
import { parseSlug } from '../../domain/references/lookup.js';
import { builder } from '../builder.js';
import { HIGHLIGHT_COST, LIST_COST } from '../cost.js';
import { AsOfInput, atOf } from '../inputs/as-of.js';
import { loadReferences, loadRevisions } from '../loaders.js';
import { DevelopmentRef } from './development-ref.js';
import { DoctrineRef } from './doctrine.js';
import {
  ClaimFieldEnum,
  ConfidenceEnum,
  DevelopmentStatusEnum,
  LinkRelationEnum,
  ParticipantRoleEnum,
} from './enums.js';
import { CitationRef, ClaimRef, DisputeRef, partsOf } from './evidence.js';
import { FuzzyDateRef } from './fuzzy-date.js';
import { HighlightRef, loadHighlights } from './highlight.js';
import { LinkDirectionEnum, LinkRef, linksIn, linksOut } from './link.js';
import { ParticipationRef } from './participation.js';
import { RetractionRef } from './retraction.js';
import { RevisionRef } from './revision.js';
import { TopicRef } from './topic.js';
import { TreatyRef } from './treaty.js';
import { WeaponSystemRef } from './weapon-system.js';

const TYPE_NAMES = { EVENT: 'Event', STATEMENT: 'Statement', DOCTRINE_CHANGE: 'DoctrineChange' } as const;

DevelopmentRef.implement({
  description: 'One line of the record: an event, a statement or a doctrine change.',
  interfaces: [builder.nodeInterfaceRef()],
  resolveType: ({ content }) => TYPE_NAMES[content.detail.kind],
  fields: (t) => ({
    id: t.globalID({
      description: 'The global id, for `node`.',
      resolve: ({ content, id }) => ({ type: TYPE_NAMES[content.detail.kind], id }),
    }),
    slug: t.string({
      description:
        'The readable key, unique in the record, e.g. `inf-moratorium-ends-2025`. One that it had before it was renamed leads to it for ever.',
      resolve: ({ content }) => content.slug,
    }),
    headline: t.string({
      description: 'One sentence that says what happened, 1 to 300 characters.',
      resolve: ({ content }) => content.headline,
    }),
    summary: t.string({
      description: "A few sentences in the editors' own words; empty where the headline says it all.",
      resolve: ({ content }) => content.summary,
    }),
    occurred: t.field({
      type: FuzzyDateRef,
      description: 'When it happened, was said or was changed.',
      resolve: ({ content }) => content.occurred,
    }),
    status: t.expose('status', {
      type: DevelopmentStatusEnum,
      description: 'Whether it is a draft, published or retracted.',
    }),
    confidence: t.field({
      type: ConfidenceEnum,
      description:
        'The confidence that it is as described: `derivedConfidence`, or what the editors put in its place.',
      resolve: ({ content }) => content.confidence,
    }),
    confidenceReason: t.string({
      nullable: true,
      description: 'Why the editors hold another confidence than the derived one; null where they do not.',
      resolve: ({ content }) => content.confidenceReason,
    }),
    derivedConfidence: t.field({
      type: ConfidenceEnum,
      description:
        'What the citations come to, by the grades that their sources had when the revision was written. A supporting citation is HIGH with a source A or B and credibility 1 or 2, MODERATE with A to C and 1 to 3, LOW otherwise. The development is HIGH with two such citations of different publishers, or one HIGH citation of credibility 1; MODERATE with any HIGH or MODERATE; else LOW; and one step lower where a disputing citation is graded as high as the best supporting one.',
      resolve: ({ content }) => content.derivedConfidence,
    }),
    disputed: t.boolean({
      description:
        'True where two claims on the same field that are not deprecated disagree: see `disputes`.',
      resolve: ({ content }) => disputesOf(content.claims).length > 0,
    }),
    disputes: t.field({
      type: [DisputeRef],
      description: 'The fields on which claims that are not deprecated disagree, with the competing values.',
      resolve: (view) => partsOf(view, disputesOf(view.content.claims)),
    }),
    revision: t.exposeInt('revision', {
      description:
        'The number of the revision that is shown, from 1: the newest, unless `asOf` asks for another.',
    }),
    recordedAt: t.expose('recordedAt', {
      type: 'DateTime',
      description: 'When it was first written down, drafts included.',
    }),
    publishedAt: t.expose('publishedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was published; null for a draft.',
    }),
    retraction: t.field({
      type: RetractionRef,
      nullable: true,
      description: 'Why it was withdrawn, and what stands in its place; null where it was not.',
      resolve: async (view, _args, context) => {
        if (view.status !== 'RETRACTED') return null;
        const [revision] = await loadRevisions(context, view); // A withdrawal is the last revision.
        if (!revision) throw new Error(`The development ${view.id} has no revision.`);
        return { revision, view };
      },
    }),
    participants: t.field({
      type: [ParticipationRef],
      description: "Who had a part in it, in the editors' order; at most 100.",
      args: {
        role: t.arg({ type: [ParticipantRoleEnum], description: 'Only those in one of these roles.' }),
      },
      resolve: ({ content }, { role }) =>
        content.participants.filter((participant) => !role || role.includes(participant.role)),
    }),
    citations: t.field({
      type: [CitationRef],
      description: "Where sources speak of it, in the editors' order; at most 100.",
      resolve: (view) => partsOf(view, view.content.citations),
    }),
    claims: t.field({
      type: [ClaimRef],
      description: "What its citations claim about its fields, in the editors' order; at most 100.",
      args: { field: t.arg({ type: [ClaimFieldEnum], description: 'Only claims on one of these fields.' }) },
      resolve: (view, { field }) =>
        partsOf(
          view,
          view.content.claims.filter((claim) => !field || field.includes(claim.field)),
        ),
    }),
    links: t.field({
      type: [LinkRef],
      description:
        'How it bears on other developments and they on it: those that go out come first, at most 100 of them.',
      args: {
        direction: t.arg({ type: LinkDirectionEnum, description: 'Only those that go out, or come in.' }),
        relation: t.arg({ type: [LinkRelationEnum], description: 'Only links of these relations.' }),
      },
      resolve: async (view, { direction, relation }, context) => {
        const links = await Promise.all([
          direction === 'IN' ? [] : linksOut(context, view),
          direction === 'OUT' ? [] : linksIn(context, view),
        ]);
        return links.flat().filter(({ link }) => !relation || relation.includes(link.relation));
      },
    }),
    topics: t.field({
      type: [TopicRef],
      description: "What it is filed under, in the editors' order; at most 100.",
      resolve: ({ content }, _args, context) => loadReferences(context, 'topic', content.topicIds),
    }),
    treaties: t.field({
      type: [TreatyRef],
      description: "The treaties that it is about, in the editors' order; at most 50.",
      resolve: ({ content }, _args, context) => loadReferences(context, 'treaty', content.treatyIds),
    }),
    weaponSystems: t.field({
      type: [WeaponSystemRef],
      description: "The weapon systems that it is about, in the editors' order; at most 50.",
      resolve: ({ content }, _args, context) =>
        loadReferences(context, 'weaponSystem', content.weaponSystemIds),
    }),
    doctrines: t.field({
      type: [DoctrineRef],
      description: "The doctrines that it is about, in the editors' order; at most 50.",
      resolve: ({ content }, _args, context) => loadReferences(context, 'doctrine', content.doctrineIds),
    }),
    highlights: t.field({
      complexity: { field: HIGHLIGHT_COST, multiplier: LIST_COST },
      type: [HighlightRef],
      description:
        'Where the words of a text stand in the development as it is shown: by field in the order of HighlightField, then by name; fields and names without any of them are left out. Words of a phrase are marked wherever they stand.',
      args: {
        text: t.arg.string({
          required: true,
          description:
            'What is searched for, as in the `text` of a filter; what is excluded by `-` is passed over.',
        }),
      },
      resolve: (view, { text }, context) => loadHighlights(context, { view, text }),
    }),
    revisions: t.field({
      type: [RevisionRef],
      description:
        'How it came to be as it is shown, newest first; the last 100. Drafts are shown to editors only.',
      resolve: (view, _args, context) => loadRevisions(context, view),
    }),
  }),
});

builder.queryFields((t) => ({
  development: t.field({
    type: DevelopmentRef,
    nullable: true,
    description:
      'The development that has, or had, this slug, retracted ones included; null where there is none.',
    args: {
      slug: t.arg.string({ required: true, description: 'E.g. `inf-moratorium-ends-2025`.' }),
      asOf: t.arg({ type: AsOfInput, description: 'As it stood then; null where it was not published yet.' }),
    },
    resolve: async (_root, { slug, asOf }, context) => {
      const at = await atOf(context, asOf);
      return (await findView(context.db, context.viewer, at, parseSlug(slug))) ?? null;
    },
  }),
}));
