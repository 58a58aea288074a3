import { type AuditBound, type AuditEntry, countAudit, readAudit } from '../../domain/audit/audit.js';
import { AuditAct } from '../../generated/prisma/enums.js';
import { builder, requireAdmin } from '../builder.js';
import { pageCost, priced } from '../cost.js';
import { createPage } from '../page.js';
import type { Order } from '../page-cursor.js';
import { connectionTypes } from '../relay.js';
import { describeEnum } from '../types/enums/describe-enum.js';

const AuditActEnum = describeEnum('AuditAct', 'An act that is not in the record itself.', AuditAct, {
  TOKEN_CREATED: 'A token was created. The subject is its name.',
  TOKEN_REVOKED: 'A token was revoked. The subject is its name.',
  ERASURE_REQUESTED:
    'An admin asked to erase something. The subject is the id of the development or reference.',
  ERASED: 'Something was erased. The subject is the id of the development or reference.',
  OVERRIDDEN: 'An admin overrode a rule of the review. The subject is the id of the development.',
  RESTORED: 'An export was restored into this record. The subject is the name of the file.',
  EXPORTED: 'The record was exported. The subject is the name of the file.',
});

const AuditEntryRef = builder.objectRef<AuditEntry>('AuditEntry').implement({
  description: 'An act that is not in the record itself. Nobody can change or delete it with this API.',
  fields: (t) => ({
    key: t.exposeString('id', {
      description: 'The key of the entry within the audit. Later entries have larger keys.',
    }),
    act: t.expose('act', { type: AuditActEnum, description: 'The act.' }),
    actor: t.exposeString('actor', { description: 'The name of the token, or `command line`.' }),
    subject: t.exposeString('subject', { description: 'What it was done to; see the act.' }),
    detail: t.expose('detail', {
      type: 'JSON',
      description: 'More about the act, e.g. `{ "role": "EDITOR" }` for a token.',
    }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime', description: 'When it was done.' }),
  }),
});

const NEWEST_FIRST: Order<AuditEntry> = {
  name: 'audit',
  columns: [{ field: 'id', type: 'uuid', direction: 'desc', value: ({ id }) => id }],
};

builder.queryField('audit', (t) =>
  t.connection(
    {
      ...priced(pageCost),
      type: AuditEntryRef,
      nullable: true,
      description: 'The acts that are not in the record itself, newest first. Admins only.',
      resolve: (_root, args, context) => {
        requireAdmin(context, 'audit');
        const { db } = context;
        return createPage({
          args,
          order: NEWEST_FIRST,
          find: ({ columns, bounds, take }) =>
            readAudit(db, {
              direction: columns[0]?.direction ?? 'desc',
              bounds: bounds.map(({ values: [id], isAfter, isInclusive }): AuditBound => {
                return { id: String(id), isAfter, isInclusive };
              }),
              take,
            }),
          count: (limit) => countAudit(db, limit),
        });
      },
    },
    ...connectionTypes('AuditEntry', 'entries'),
  ),
);
