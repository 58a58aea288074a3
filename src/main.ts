#!/usr/bin/env node
import { Command, InvalidArgumentError, Option } from 'commander';
import { pino } from 'pino';
import { type Config, ConfigError, loadConfig } from './config/load.js';
import { DatabaseStartError } from './database/errors.js';
import { openDatabase } from './database/open.js';
import { DomainError } from './domain/errors.js';
import { createToken, listTokens, revokeToken } from './domain/token.js';
import { exportCommand } from './export/command.js';
import { startNewEpoch } from './feed/epoch.js';
import type { Role } from './generated/prisma/client.js';
import { ListenError } from './http/listen.js';
import { ManifestError } from './http/persisted-documents.js';
import { importCommand } from './import/command.js';
import { openForImport } from './import/open.js';
import { startServer } from './server.js';
import { verifyCommand } from './verify/command.js';
import { VERSION } from './version.js';
import { welcome } from './welcome.js';

const program = new Command('doctrine-wire')
  .description('The live, sourced record of arms-control and military-posture developments.')
  .version(VERSION)
  .showHelpAfterError();

program
  .command('serve', { isDefault: true })
  .description('serve GraphQL, WebSocket, SSE and GraphiQL')
  .action(async () => {
    const config = loadConfig(process.env);
    const log = pino({ level: config.logLevel });
    const server = await startServer(config, log);
    try {
      log.info({ url: server.url }, 'listening');
      if (server.isNew && config.database.kind === 'embedded') print(await welcome(server));
      await signal('SIGINT', 'SIGTERM');
      log.info('shutting down');
    } finally {
      await server[Symbol.asyncDispose]();
    }
  });

program
  .command('migrate')
  .description('bring the database to the newest migration')
  .option('--restored', 'the database was restored from a backup: cursors of before cannot be continued')
  .action(({ restored }: { restored?: boolean }) =>
    withDatabase(async ({ db, applied }) => {
      print(applied.length === 0 ? 'The database is up to date.' : `Applied ${applied.join(', ')}.`);
      if (!restored) return;
      await startNewEpoch(db);
      print('Began a new epoch: followers that come with an older cursor are told to reload.');
    }),
  );

program.addCommand(importCommand(() => openForImport(loadConfig(process.env))));

program.addCommand(exportCommand(() => openDatabase(loadConfig(process.env).database)));

program.addCommand(verifyCommand(() => openDatabase(loadConfig(process.env).database)));

const token = program.command('token').description('tokens for writing');

token
  .command('create')
  .description('make a token and show it, this once')
  .requiredOption('--name <name>', 'who holds it; revisions carry this name')
  .addOption(
    new Option('--role <role>', 'what it allows')
      .choices(['READER', 'EDITOR', 'ADMIN'])
      .makeOptionMandatory(),
  )
  .option('--expires <date>', 'the day on which it stops working, e.g. 2027-01-31', parseDay)
  .action(({ name, role, expires }: { name: string; role: Role; expires?: Date }) =>
    withDatabase(async ({ db }) => {
      print(await createToken(db, { name, role, ...(expires && { expiresAt: expires }) }));
    }),
  );

token
  .command('list')
  .description('show all tokens but not their text')
  .action(() =>
    withDatabase(async ({ db }) => {
      const day = (date: Date | null) => date?.toISOString().slice(0, 10) ?? '-';
      for (const { name, role, createdAt, expiresAt, revokedAt, lastUsedAt } of await listTokens(db)) {
        const dates = `created ${day(createdAt)}, expires ${day(expiresAt)}, last used ${day(lastUsedAt)}`;
        print(`${name}\t${role}\t${dates}${revokedAt ? `, revoked ${day(revokedAt)}` : ''}`);
      }
    }),
  );

token
  .command('revoke')
  .description('make a token stop working')
  .requiredOption('--name <name>', 'the name it was made with')
  .action(({ name }: { name: string }) =>
    withDatabase(async ({ db }) => {
      await revokeToken(db, name);
      print(`Revoked ${name}.`);
    }),
  );

try {
  await program.parseAsync();
} catch (error) {
  if (!isForUser(error)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function withDatabase(
  work: (database: Awaited<ReturnType<typeof openDatabase>>) => Promise<void>,
): Promise<void> {
  const config: Config = loadConfig(process.env);
  const database = await openDatabase(config.database);
  try {
    await work(database);
  } finally {
    await database[Symbol.asyncDispose]();
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Errors whose message says all that the user needs; others keep their stack. */
function isForUser(error: unknown): error is Error {
  const known = [ConfigError, DatabaseStartError, DomainError, ListenError, ManifestError];
  return known.some((kind) => error instanceof kind);
}

function parseDay(text: string): Date {
  const date = new Date(`${text}T00:00:00Z`);
  // A day that the calendar lacks would become one of the next month.
  const isDay = !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
  if (!isDay || date.getTime() <= Date.now()) {
    throw new InvalidArgumentError('Expected a day to come, such as 2027-01-31.');
  }
  return date;
}

function signal(...names: NodeJS.Signals[]): Promise<void> {
  return new Promise((resolve) => {
    for (const name of names) process.once(name, () => resolve());
  });
}
