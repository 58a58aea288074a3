// Loaded into every server: tells how much memory it holds, after a garbage collection.
import { readFileSync } from 'node:fs';
import { answerCalls } from './process.js';

/** Resident memory in bytes. */
function residentMemory(): number {
  globalThis.gc?.();
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kilobytes) * 1_024;
}

answerCalls({ residentMemory });
process.channel?.unref(); // Nobody is to stay alive for it.
