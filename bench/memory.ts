// Loaded into every server. Reports its memory after a garbage collection.
import { readFileSync } from 'node:fs';
import { answerCalls } from './process.js';

/** Resident memory in bytes. */
function residentMemory(): number {
  globalThis.gc?.();
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kilobytes) * 1_024;
}

answerCalls({ residentMemory });
process.channel?.unref(); // Does not keep the process alive.
