import { type JudgeInput, judgeDuplicate } from '../../../domain/duplicates/judge.js';
import { keyOfPair, readJudgements } from '../../../domain/duplicates/judgements.js';
import { builder } from '../../builder.js';
import { ERRORS } from '../../errors/groups.js';
import { JudgementRef } from '../../types/duplicates/duplicates.js';
import { DuplicateKindEnum, DuplicateVerdictEnum } from '../../types/enums/duplicates.js';
import { argsOf, mutationOptions, successOf, writerOf } from '../define-mutation.js';
import { withInputPath } from '../input-path.js';

const NAME = 'judgeDuplicate';

type Input = JudgeInput & { readonly idempotencyKey?: string | null | undefined };

const input = builder.inputType('JudgeDuplicateInput', {
  description: 'A judgement whether two entries are one thing.',
  fields: (t) => ({
    kind: t.field({ type: DuplicateKindEnum, required: true, description: 'The type of the two entries.' }),
    one: t.string({ required: true, description: 'The slug of one entry.' }),
    other: t.string({ required: true, description: 'The slug of the other entry.' }),
    verdict: t.field({ type: DuplicateVerdictEnum, required: true, description: 'The verdict.' }),
    reason: t.string({ description: 'The reason, for other editors. At most 2,000 characters.' }),
    idempotencyKey: t.string({
      description: 'A key of 1 to 200 characters: repeating the mutation with it has no further effect.',
    }),
  }),
});

const SuccessRef = builder
  .objectRef<{ readonly oneId: string; readonly otherId: string }>(successOf(NAME))
  .implement({
    description: 'The judgement is kept.',
    fields: (t) => ({
      judgement: t.field({
        type: JudgementRef,
        description: 'The latest judgement on the two entries.',
        resolve: async (pair, _args, { db }) => {
          const judgement = (await readJudgements(db, [pair])).get(keyOfPair(pair));
          if (!judgement)
            throw new Error(`The judgement on ${keyOfPair(pair)} was written and cannot be read.`);
          return judgement;
        },
      }),
      cursor: t.field({
        type: 'Cursor',
        nullable: true,
        description: 'Always null: judgements are not in the feed.',
        resolve: () => null,
      }),
    }),
  });

builder.mutationField(NAME, (t) =>
  t.field({
    ...mutationOptions(NAME, {
      description:
        'Stores your judgement whether two entries are one thing. `duplicateSuggestions`, `similarReferences` and imports do not suggest a NOT_SAME pair again, until a compared field of one of the two changes. The latest judgement on a pair counts.',
      errors: ERRORS.naming,
    }),
    type: SuccessRef,
    args: argsOf<Input>(t, { input: input as never, argument: 'The judgement.' }),
    resolve: async (_root, args: unknown, context) => {
      const { idempotencyKey, ...judgement } = (args as { readonly input: Input }).input;
      return judgeDuplicate(writerOf(context), judgement, idempotencyKey).catch((error: unknown) => {
        throw withInputPath(error, judgement);
      });
    },
  }),
);
