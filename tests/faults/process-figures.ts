import { readdir, readFile, readlink } from 'node:fs/promises';

const MEGABYTE = 1024 ** 2;

/** Returns a process's resident memory in megabytes. */
async function residentMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return (Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024) / MEGABYTE;
}

/** Watches a process's resident memory. `stop` returns its largest growth in megabytes. */
export async function watchMemory(pid: number): Promise<{ stop(): number }> {
  const before = await residentMemory(pid);
  let most = before;
  const look = setInterval(() => {
    residentMemory(pid).then((now) => {
      most = Math.max(most, now);
    });
  }, 50);
  return {
    stop: () => {
      clearInterval(look);
      return most - before;
    },
  };
}

/**
 * Returns whether a process still holds its end of a connection to 127.0.0.1, identified by the client's port. A client
 * that does not read cannot notice that it was cut off.
 */
export async function holds(pid: number, port: number): Promise<boolean> {
  const remote = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  for (const line of (await readFile('/proc/net/tcp', 'utf8')).split('\n')) {
    const [, , to, , , , , , , inode] = line.trim().split(/\s+/);
    if (to?.endsWith(remote) && inode !== '0' && (await owns(pid, inode ?? ''))) return true;
  }
  return false;
}

async function owns(pid: number, inode: string): Promise<boolean> {
  for (const descriptor of await readdir(`/proc/${pid}/fd`)) {
    const target = await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => '');
    if (target === `socket:[${inode}]`) return true;
  }
  return false;
}
