import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';
import { MigrationError } from './errors.js';

export type { SchemaEngine } from '@prisma/schema-engine-wasm';

/** Names the tables and enums that migrations ignore: none. */
export const NO_FILTERS = { externalTables: [], externalEnums: [] };

// Node's types for this global come with the browser's, which have no place here.
declare const WebAssembly: {
  instantiate(
    module: Uint8Array,
    imports: Record<string, object>,
  ): Promise<{ instance: { exports: Record<string, unknown> } }>;
};

type EngineModule = typeof import('@prisma/schema-engine-wasm/schema_engine_bg');

// The package keeps one instance in module state, and a second would break the closures of the first. So the process
// has one, even if this file is loaded twice, as vitest does for two projects.
const ENGINE = Symbol.for('doctrine-wire.schema-engine');
const shared = globalThis as { [ENGINE]?: Promise<EngineModule> } & {
  PRISMA_WASM_PANIC_REGISTRY?: { message?: string | undefined; set_message(message: string): void };
};

/**
 * Runs a script in one piece, as one implicit transaction. PrismaPg itself splits scripts at every semicolon, those in
 * function bodies included.
 */
export class ScriptAdapter extends PrismaPg {
  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect();
    adapter.executeScript = async (sql) => {
      await adapter.executeRaw({ sql, args: [], argTypes: [] });
    };
    return adapter;
  }
}

/**
 * Starts Prisma's schema engine, as WebAssembly, on a database. Free it after use.
 *
 * The package targets bundlers, so without one its module is instantiated by hand.
 */
export async function startSchemaEngine(
  adapter: SqlMigrationAwareDriverAdapterFactory,
  datamodel: { path: string; content: string },
): Promise<SchemaEngine> {
  shared[ENGINE] ??= instantiate();
  const { SchemaEngine } = await shared[ENGINE];
  const ignoreLog = () => {};
  return SchemaEngine.new(
    { datamodels: [[datamodel.path, datamodel.content]] },
    ignoreLog,
    bindMigrationAwareSqlAdapterFactory(adapter),
  );
}

/** Converts an error or a panic of the engine into an error with its message. */
export function engineError(error: unknown): MigrationError {
  const registry = shared.PRISMA_WASM_PANIC_REGISTRY;
  const message = registry?.message ?? (error instanceof Error ? error.message : String(error));
  if (registry) registry.message = undefined;
  return new MigrationError(`The database could not be migrated: ${message}`, { cause: error });
}

async function instantiate(): Promise<EngineModule> {
  const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  // Not import.meta.resolve, which vitest's module runner lacks.
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const wasm = await readFile(join(dirname(entry), 'schema_engine_bg.wasm'));
  shared.PRISMA_WASM_PANIC_REGISTRY = {
    set_message(message) {
      this.message = message;
    },
  };
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': { ...glue } });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports['__wbindgen_start'] as () => void)();
  return glue;
}
