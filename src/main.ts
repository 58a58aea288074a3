#!/usr/bin/env node
import { Command } from 'commander';
import type { OpenDatabase } from './database/open.js';
import { DatabaseUnavailableError } from './database/unavailable.js';
import { DomainError } from './domain/errors.js';
import { StartError } from './start-error.js';
import { VERSION } from './version.js';

/** Adds a command's options and action. */
type Configure = (command: Command) => void;

// Each command is imported when it is run: importing all of them takes longer than most of them run.
const commands: Readonly<Record<string, { description: string; load(): Promise<Configure> }>> = {
  serve: {
    description: 'Serve the page, the desk, and GraphQL over HTTP, WebSocket and SSE.',
    load: async () => (await import('./commands/serve.js')).configureServe,
  },
  migrate: {
    description: 'Apply pending migrations to the database.',
    load: async () => (await import('./commands/migrate.js')).configureMigrate,
  },
  import: {
    description: 'Import tables or JSON files into the record with a mapping, or restore an export.',
    load: loadImport,
  },
  undo: {
    description: 'Undo a run of an import: retract what it recorded, revert what it revised.',
    load: loadUndo,
  },
  export: {
    description: 'Export the whole record as NDJSON. The import command restores it into an empty record.',
    load: loadExport,
  },
  verify: {
    description: 'Check the whole record or an export and report every broken rule. Changes nothing.',
    load: loadVerify,
  },
  erase: {
    description: 'Erase a development, a quotation or a reference for good, in two steps.',
    load: async () => (await import('./commands/erase.js')).configureErase,
  },
  draft: {
    description: 'Suggest statements, events and doctrine changes from an article. Changes nothing.',
    load: loadDraft,
  },
  watch: {
    description: 'Fetch watched feeds into the inbox, as serve does with WATCH=1.',
    load: loadWatch,
  },
  token: {
    description: 'Create, list and revoke API tokens.',
    load: async () => (await import('./commands/token.js')).configureToken,
  },
};

const program = new Command('doctrine-wire')
  .description('The live, sourced record of arms-control and military-posture developments.')
  .version(VERSION)
  .showHelpAfterError()
  .hook('preSubcommand', async (_, command) => {
    const configure = await commands[command.name()]?.load();
    configure?.(command);
  });
for (const [name, { description }] of Object.entries(commands)) {
  program.command(name, { isDefault: name === 'serve' }).description(description);
}

// Commander takes an unknown command for an argument of the default one.
const [given = ''] = process.argv.slice(2);
if (!given.startsWith('-') && ![...Object.keys(commands), 'help', ''].includes(given)) {
  program.error(`error: unknown command '${given}'`);
}

try {
  await program.parseAsync();
} catch (error) {
  const isKnown = [StartError, DomainError, DatabaseUnavailableError].some((known) => error instanceof known);
  if (!(error instanceof Error && isKnown)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function loadImport(): Promise<Configure> {
  const { importCommand } = await import('./import/command.js');
  const { openForImport } = await import('./import/open.js');
  const { loadConfig } = await import('./config/load.js');
  return (command) => importCommand(() => openForImport(loadConfig(process.env)), command);
}

async function loadUndo(): Promise<Configure> {
  const { configureUndo } = await import('./import/undo/command.js');
  const { openForImport } = await import('./import/open.js');
  const { loadConfig } = await import('./config/load.js');
  return (command) => configureUndo(() => openForImport(loadConfig(process.env)), command);
}

async function loadExport(): Promise<Configure> {
  const { exportCommand } = await import('./backup/export-command.js');
  return (command) => exportCommand(openRecord, command);
}

async function loadVerify(): Promise<Configure> {
  const { verifyCommand } = await import('./verify/command.js');
  const { verifyExport } = await import('./backup/verify-export.js');
  return (command) => verifyCommand(openRecord, verifyExport, command);
}

async function loadDraft(): Promise<Configure> {
  const { draftCommand } = await import('./intake/draft-command.js');
  const { userAgentOf } = await import('./intake/user-agent.js');
  const { loadConfig } = await import('./config/load.js');
  const fetching = () => {
    const { intake, publicUrl } = loadConfig(process.env);
    return { allowed: intake.allowed, userAgent: userAgentOf(publicUrl) };
  };
  return (command) => draftCommand({ open: openRecord, fetching }, command);
}

async function loadWatch(): Promise<Configure> {
  const { watchCommand } = await import('./intake/watch/command.js');
  const { loadConfig } = await import('./config/load.js');
  return (command) => watchCommand(loadConfig(process.env), command);
}

async function openRecord(): Promise<OpenDatabase> {
  const { loadConfig } = await import('./config/load.js');
  const { openDatabase } = await import('./database/open.js');
  return openDatabase(loadConfig(process.env).database);
}
