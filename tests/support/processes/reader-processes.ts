import { readdirSync, readFileSync } from 'node:fs';

/** Processes that this one has started and that run the reader, with the names of their environment variables. */
export function readerProcesses(): { pid: number; variables: string[] }[] {
  return readdirSync('/proc').flatMap((name) => {
    try {
      const parent = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))?.[1];
      const isReader = readFileSync(`/proc/${name}/cmdline`, 'utf8').includes('/intake/reader/child.js');
      if (Number(parent) !== process.pid || !isReader) return [];
      const variables = readFileSync(`/proc/${name}/environ`, 'utf8').split('\0').filter(Boolean);
      return [{ pid: Number(name), variables: variables.map((variable) => variable.replace(/=.*/s, '')) }];
    } catch {
      return []; // It is no process, or has ended.
    }
  });
}
