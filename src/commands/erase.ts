import { type Command, Option } from 'commander';
import { COMMAND_LINE } from '../domain/audit/audit.js';
import { erase } from '../domain/erasure/erase.js';
import { requestErasure } from '../domain/erasure/request.js';
import { ErasureGround, ErasureTarget } from '../generated/prisma/enums.js';
import { withDatabase } from './with-database.js';

interface Options {
  readonly target: ErasureTarget;
  readonly ground?: ErasureGround;
  readonly reason?: string;
  readonly code?: string;
}

/** Erases a development or a quotation in two steps: the first prints what would go and a code, the second takes the code. */
export function configureErase(command: Command): void {
  command
    .argument('[slug]', 'the development; not with --code')
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
          const { revisions, notes, slug: left } = await erase(writer, { code });
          print(`Erased ${revisions} revisions and ${notes} notes. The development is now "${left}".`);
          print('Backups and exports made before still have the content.');
          return;
        }
        if (slug === undefined || ground === undefined || reason === undefined) {
          command.error('error: expected a slug with --ground and --reason, or --code');
        }
        const asked = await requestErasure(writer, { target, slug, ground, reason });
        print(
          `"${asked.headline}": ${asked.revisions} revisions and ${asked.notes} notes would be erased for good.`,
        );
        for (const gone of asked.slugs) print(`The slug "${gone}" would lead nowhere.`);
        print(`To erase, run within 15 minutes: doctrine-wire erase --code ${asked.code}`);
      }),
    );
}
