import { type Command, InvalidArgumentError, Option } from 'commander';
import { createToken, listTokens, revokeToken } from '../domain/token.js';
import type { Role } from '../generated/prisma/client.js';
import { withDatabase } from './with-database.js';

/** Manages API tokens: `create`, `list` and `revoke`. */
export function configureToken(token: Command): void {
  token
    .command('create')
    .description('create a token and print it; it cannot be shown again')
    .requiredOption('--name <name>', 'who holds it; revisions carry this name')
    .addOption(
      new Option('--role <role>', 'what it allows')
        .choices(['READER', 'CONTRIBUTOR', 'EDITOR', 'ADMIN'])
        .makeOptionMandatory(),
    )
    .option('--expires <date>', 'the day on which it expires, e.g. 2027-01-31', parseDay)
    .action(({ name, role, expires }: { name: string; role: Role; expires?: Date }) =>
      withDatabase(async ({ db }, print) => {
        print(await createToken(db, { name, role, ...(expires && { expiresAt: expires }) }));
      }),
    );

  token
    .command('list')
    .description('list all tokens, without their text')
    .action(() =>
      withDatabase(async ({ db }, print) => {
        for (const { name, role, createdAt, expiresAt, revokedAt, lastUsedAt } of await listTokens(db)) {
          const dates = `created ${day(createdAt)}, expires ${day(expiresAt)}, last used ${day(lastUsedAt)}`;
          print(`${name}\t${role}\t${dates}${revokedAt ? `, revoked ${day(revokedAt)}` : ''}`);
        }
      }),
    );

  token
    .command('revoke')
    .description('revoke a token')
    .requiredOption('--name <name>', 'the name that it was created with')
    .action(({ name }: { name: string }) =>
      withDatabase(async ({ db }, print) => {
        await revokeToken(db, name);
        print(`Revoked ${name}.`);
      }),
    );
}

const day = (date: Date | null) => date?.toISOString().slice(0, 10) ?? '-';

function parseDay(text: string): Date {
  const date = new Date(`${text}T00:00:00Z`);
  // Date accepts 2027-02-31 and reads it as a day in March.
  const isDay = !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
  if (!isDay || date.getTime() <= Date.now()) {
    throw new InvalidArgumentError('Expected a day in the future, such as 2027-01-31.');
  }
  return date;
}
