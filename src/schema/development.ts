import { canEdit, visibleTo } from '../domain/access.js';
import { parseSlug } from '../domain/references.js';
import { builder } from './builder.js';
import { DoctrineRef } from './doctrine.js';
import {
  ClaimFieldEnum,
  ConfidenceEnum,
  DevelopmentStatusEnum,
  LinkRelationEnum,
  ParticipantRoleEnum,
} from './enums.js';
import { BY_ORDINAL, ClaimRef } from './evidence.js';
import { FuzzyDateRef } from './fuzzy-date.js';
import { LinkDirectionEnum, LinkRef } from './link.js';
import { ParticipationRef } from './participation.js';
import { TopicRef } from './topic.js';
import { TreatyRef } from './treaty.js';
import { WeaponSystemRef } from './weapon-system.js';

const TYPE_NAMES = { EVENT: 'Event', STATEMENT: 'Statement', DOCTRINE_CHANGE: 'DoctrineChange' } as const;

/** What all developments have in common. */
export const DevelopmentRef = builder.prismaInterface('Development', {
  name: 'Development',
  description: 'One line of the record: an event, a statement or a doctrine change.',
  interfaces: [builder.nodeInterfaceRef()],
  resolveType: ({ kind }) => TYPE_NAMES[kind],
  fields: (t) => ({
    id: t.globalID({
      description: 'The global id, for `node`.',
      resolve: ({ kind, id }) => ({ type: TYPE_NAMES[kind], id }),
    }),
    slug: t.exposeString('slug'),
    headline: t.exposeString('headline'),
    summary: t.exposeString('summary'),
    occurred: t.field({
      type: FuzzyDateRef,
      description: 'When it happened, was said or was changed.',
      resolve: (it) => ({
        edtf: it.occurredEdtf,
        earliest: it.occurredEarliest,
        latest: it.occurredLatest,
        precision: it.occurredPrecision,
      }),
    }),
    status: t.expose('status', { type: DevelopmentStatusEnum }),
    confidence: t.expose('confidence', { type: ConfidenceEnum }),
    disputed: t.exposeBoolean('disputed'),
    revision: t.exposeInt('revision'),
    recordedAt: t.expose('recordedAt', { type: 'DateTime' }),
    publishedAt: t.expose('publishedAt', { type: 'DateTime', nullable: true }),
    participants: t.field({
      type: [ParticipationRef],
      description: "Who had a part in it, in the editors' order; at most 100.",
      args: {
        role: t.arg({ type: [ParticipantRoleEnum], description: 'Only those in one of these roles.' }),
      },
      select: (_args, _context, nested) => ({ participations: nested({ orderBy: BY_ORDINAL }) }),
      resolve: ({ participations }, { role }) =>
        participations.filter((participation) => !role || role.includes(participation.role)),
    }),
    topics: t.field({
      type: [TopicRef],
      description: "What it is filed under, in the editors' order; at most 100.",
      select: (_args, _context, nested) => ({
        topics: { orderBy: BY_ORDINAL, select: { topic: nested(true) } },
      }),
      resolve: ({ topics }) => topics.map(({ topic }) => topic),
    }),
    citations: t.relation('citations', {
      description: "Where sources speak of it, in the editors' order; at most 100.",
      query: { orderBy: BY_ORDINAL },
    }),
    claims: t.field({
      type: [ClaimRef],
      description: "What its citations claim about its fields, in the editors' order.",
      args: { field: t.arg({ type: [ClaimFieldEnum], description: 'Only claims on one of these fields.' }) },
      select: (_args, _context, nested) => ({ claims: nested({ orderBy: BY_ORDINAL }) }),
      resolve: ({ claims }, { field }) => claims.filter((claim) => !field || field.includes(claim.field)),
    }),
    links: t.field({
      type: [LinkRef],
      description: 'How it bears on other developments and they on it: those that go out come first.',
      args: {
        direction: t.arg({ type: LinkDirectionEnum, description: 'Only those that go out, or come in.' }),
        relation: t.arg({ type: [LinkRelationEnum], description: 'Only links of these relations.' }),
      },
      select: (_args, { viewer }, nested) => ({
        linksOut: nested({ where: { to: visibleTo(viewer) }, orderBy: [...BY_ORDINAL, { toId: 'asc' }] }),
        linksIn: nested({ where: { from: visibleTo(viewer) }, orderBy: [{ fromId: 'asc' }, ...BY_ORDINAL] }),
      }),
      resolve: ({ linksOut, linksIn }, { direction, relation }) =>
        [...(direction === 'IN' ? [] : linksOut), ...(direction === 'OUT' ? [] : linksIn)].filter(
          (link) => !relation || relation.includes(link.relation),
        ),
    }),
    treaties: t.field({
      type: [TreatyRef],
      description: "The treaties that it is about, in the editors' order; at most 50.",
      select: (_args, _context, nested) => ({
        treaties: { orderBy: BY_ORDINAL, select: { treaty: nested(true) } },
      }),
      resolve: ({ treaties }) => treaties.map(({ treaty }) => treaty),
    }),
    weaponSystems: t.field({
      type: [WeaponSystemRef],
      description: "The weapon systems that it is about, in the editors' order; at most 50.",
      select: (_args, _context, nested) => ({
        weaponSystems: { orderBy: BY_ORDINAL, select: { weaponSystem: nested(true) } },
      }),
      resolve: ({ weaponSystems }) => weaponSystems.map(({ weaponSystem }) => weaponSystem),
    }),
    doctrines: t.field({
      type: [DoctrineRef],
      description: "The doctrines that it is about, in the editors' order; at most 50.",
      select: (_args, _context, nested) => ({
        doctrines: { orderBy: BY_ORDINAL, select: { doctrine: nested(true) } },
      }),
      resolve: ({ doctrines }) => doctrines.map(({ doctrine }) => doctrine),
    }),
    revisions: t.relation('revisions', {
      description:
        'How it came to be as it is, newest first; the last 100. Drafts are shown to editors only.',
      query: (_args, { viewer }) => ({
        where: canEdit(viewer) ? {} : { status: { not: 'DRAFT' } },
        orderBy: [{ number: 'desc' }],
        take: 100,
      }),
    }),
  }),
});

builder.queryFields((t) => ({
  development: t.prismaField({
    type: DevelopmentRef,
    nullable: true,
    description: 'The development with this slug, retracted ones included; null where there is none.',
    args: { slug: t.arg.string({ required: true, description: 'E.g. `inf-moratorium-ends-2025`.' }) },
    resolve: (query, _root, { slug }, { db, viewer }) =>
      db.development.findFirst({ ...query, where: { slug: parseSlug(slug), ...visibleTo(viewer) } }),
  }),
}));
