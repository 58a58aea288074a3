import { canEdit } from '../../../domain/access.js';
import { type Difference, describeProposals, inputsOf } from '../../../domain/proposals/differences.js';
import { findProposals, type ProposalRow } from '../../../domain/proposals/list.js';
import { builder } from '../../builder.js';
import { batched } from '../../context.js';
import { LOADED, priced } from '../../cost.js';
import { loadView } from '../../loaders.js';
import { addNodeLoader } from '../../queries/node.js';
import { showDevelopments } from '../budget.js';
import { DevelopmentKindEnum } from '../enums/development.js';
import { ProposalActEnum, ProposalStateEnum } from '../enums/review.js';

const loadDifferences = batched(100, ({ db, viewer }, proposals: readonly ProposalRow[]) =>
  describeProposals(db, viewer, proposals),
);

const loadInput = batched(100, ({ db, viewer }, proposals: readonly ProposalRow[]) =>
  inputsOf(db, viewer, proposals),
);

const VALUE = 'In the format of `FieldChange`. Null if it is empty.';

const DifferenceRef = builder.objectRef<Difference>('ProposalDifference').implement({
  description: 'A field that a proposal changes.',
  fields: (t) => ({
    field: t.exposeString('field', { description: 'The name of the field in inputs, e.g. `headline`.' }),
    base: t.field({
      type: 'JSON',
      nullable: true,
      description: `The value that its author changed. ${VALUE}`,
      resolve: ({ base }) => base,
    }),
    current: t.field({
      type: 'JSON',
      nullable: true,
      description: `The value of the development now. ${VALUE}`,
      resolve: ({ current }) => current,
    }),
    proposed: t.field({
      type: 'JSON',
      nullable: true,
      description: `The proposed value. ${VALUE}`,
      resolve: ({ proposed }) => proposed,
    }),
    isConflict: t.exposeBoolean('isConflict', {
      description:
        'Whether the development has a third value now. Name such a field in `acceptProposal(fields:)`.',
    }),
  }),
});

/** Loads a proposal that the viewer may see. */
export const loadProposal = batched(
  100,
  async ({ db, viewer }, ids: readonly string[]): Promise<(ProposalRow | undefined)[]> => {
    const rows = new Map((await findProposals(db, viewer, ids)).map((row) => [row.id, row]));
    return ids.map((id) => rows.get(id));
  },
);

export const ProposalRef = builder.objectRef<ProposalRow>('Proposal');

addNodeLoader('Proposal', ({ db, viewer }, ids) => findProposals(db, viewer, ids));

ProposalRef.implement({
  description:
    "A change that waits for an editor's decision. Editors see all proposals, contributors their own.",
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.globalID({
      description: 'The global id, for `node` and for `proposal` in inputs.',
      resolve: ({ id }) => ({ type: 'Proposal', id }),
    }),
    act: t.expose('act', { type: ProposalActEnum, description: 'The change that it asks for.' }),
    kind: t.expose('kind', { type: DevelopmentKindEnum, description: 'The kind of the development.' }),
    state: t.expose('state', { type: ProposalStateEnum, description: 'The state.' }),
    author: t.exposeString('author', {
      description:
        'The name of the token of its author, or the part of the system that made it, e.g. `import`.',
    }),
    isByMachine: t.exposeBoolean('isByMachine', { description: 'Whether a program made it.' }),
    reason: t.exposeString('reason', {
      nullable: true,
      description: 'The reason that its author gave. Null if none was given.',
    }),
    headline: t.string({ description: 'The proposed headline.', resolve: ({ content }) => content.headline }),
    input: t.field({
      ...priced(LOADED),
      type: 'JSON',
      description: 'The whole proposed content in the format of the inputs that record developments.',
      resolve: (proposal, _args, context) => loadInput(context, proposal),
    }),
    fields: t.field({
      type: ['String'],
      description: 'The names in inputs of the fields that it changes, in alphabetical order.',
      resolve: ({ fields }) => [...fields],
    }),
    differences: t.field({
      ...priced(LOADED),
      type: [DifferenceRef],
      description: 'The fields that it changes, with their values.',
      resolve: (proposal, _args, context) => loadDifferences(context, proposal),
    }),
    baseRevision: t.exposeInt('baseRevision', {
      nullable: true,
      description: 'The revision that its author changed. Null for a new development.',
    }),
    development: t.field({
      ...priced(LOADED),
      type: 'Development',
      nullable: true,
      description:
        'The development that it changes, or that it became. Null for a new one that is not accepted, and for one that you may not see.',
      resolve: async ({ developmentId }, _args, context) => {
        if (developmentId === null) return null;
        showDevelopments(context, 1);
        return (await loadView(context, { id: developmentId, at: undefined })) ?? null;
      },
    }),
    assignee: t.string({
      nullable: true,
      description: 'The editor to whom it is assigned. Null for nobody, and for contributors.',
      resolve: ({ assignee }, _args, { viewer }) => (canEdit(viewer) ? assignee : null),
    }),
    decidedBy: t.exposeString('decidedBy', {
      nullable: true,
      description: 'The editor who decided about it. Null while it is open.',
    }),
    decidedAt: t.expose('decidedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The time of the decision. Null while it is open.',
    }),
    decision: t.exposeString('decision', {
      nullable: true,
      description: 'The reason for the decision. Null if none was given.',
    }),
    acceptedFields: t.field({
      type: ['String'],
      description: 'The fields that were accepted. Empty before.',
      resolve: ({ accepted }) => [...accepted],
    }),
    revision: t.exposeInt('revision', {
      nullable: true,
      description: 'The revision of the development that it became. Null if it was not accepted.',
    }),
    recordedAt: t.expose('recordedAt', {
      type: 'DateTime',
      description: 'The time at which it was received.',
    }),
  }),
});
