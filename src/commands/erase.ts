import { type Command, Option } from 'commander';
import type { Database } from '../database/open.js';
import { COMMAND_LINE } from '../domain/audit/audit.js';
import { erase } from '../domain/erasure/erase.js';
import type { NamedIn } from '../domain/erasure/references/named-in.js';
import { requestErasure } from '../domain/erasure/request.js';
import { isOfReference } from '../domain/erasure/target.js';
import { findSlugs } from '../domain/references/lookup.js';
import { ErasureGround, ErasureTarget } from '../generated/prisma/enums.js';
import { withDatabase } from './with-database.js';

interface Options {
  readonly target: ErasureTarget;
  readonly ground?: ErasureGround;
  readonly reason?: string;
  readonly code?: string;
}

/** As many developments as there are, in 24 days at most. */
const NO_BOUNDS = { most: Number.POSITIVE_INFINITY, timeout: 2 ** 31 - 1 };

/** Erases a development, a quotation or a reference in two steps: the first prints what would go and a code, the second takes the code. */
export function configureErase(command: Command): void {
  command
    .argument('[slug]', 'the development or reference; not with --code')
    .addOption(
      new Option('--target <part>', 'what to erase')
        .choices(Object.values(ErasureTarget))
        .default('DEVELOPMENT'),
    )
    .addOption(
      new Option('--ground <ground>', 'the ground; everybody sees it').choices(Object.values(ErasureGround)),
    )
    .option('--reason <text>', 'the reason, for the audit; it must not repeat what is erased')
    .option('--code <code>', 'erase what the first step has printed')
    .action((slug: string | undefined, { target, ground, reason, code }: Options) =>
      withDatabase(async ({ db }, print) => {
        const writer = { db, editor: COMMAND_LINE, wake: () => {} }; // The database wakes other processes.
        if (code !== undefined) {
          const erased = await erase(writer, { code }, NO_BOUNDS);
          const { revisions, notes, developments, slug: left } = erased;
          const subject = isOfReference(erased) ? 'reference' : 'development';
          print(`Erased ${revisions} revisions and ${notes} notes. The ${subject} is now "${left}".`);
          if (developments > 0) print(`${developments} developments have lost their earlier revisions.`);
          print('Backups and exports made before still have the content.');
          return;
        }
        if (slug === undefined || ground === undefined || reason === undefined) {
          command.error('error: expected a slug with --ground and --reason, or --code');
        }
        const asked = await requestErasure(writer, { target, slug, ground, reason }, NO_BOUNDS);
        print(
          `"${asked.title}": ${asked.revisions} revisions and ${asked.notes} notes would be erased for good.`,
        );
        for (const gone of asked.slugs) print(`The slug "${gone}" would lead nowhere.`);
        if (asked.developments > 0)
          print(
            `${asked.developments} developments would lose the offices of the actor, and their earlier revisions.`,
          );
        if (asked.namedIn.count > 0) await printNamed(db, asked.namedIn, print);
        print(`To erase, run within 15 minutes: doctrine-wire erase --code ${asked.code}`);
      }),
    );
}

/** Names the developments whose words keep a name of the reference. */
async function printNamed(
  db: Database,
  { ids, count }: NamedIn,
  print: (line: string) => void,
): Promise<void> {
  print(`${count} developments have a name of it in their own words, which stay. Erase or revise them too:`);
  for (const { slug } of await findSlugs(db, 'Development', { id: { in: [...ids] } })) print(`  ${slug}`);
  if (count > ids.length) print(`  and ${count - ids.length} more`);
}
