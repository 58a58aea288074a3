import { readFileSync } from 'node:fs';

/** Returns the resident memory of a process, in bytes. 0 if it has ended, and on systems other than Linux. */
export function readResidentBytes(pid: number | undefined): number {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
    return Number(kilobytes ?? 0) * 1_024;
  } catch {
    return 0;
  }
}
