import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** Checks the types of an example against the built client. @throws With the compiler's output. */
export function checkTypes(name: Example): void {
  const cwd = fileURLToPath(new URL(`../../examples/${name}/`, import.meta.url));
  execFileSync('npx', ['tsc', '-p', '.'], { cwd, stdio: 'pipe' });
}

export type Example = 'apollo' | 'urql' | 'relay' | 'react';

/** Builds an example as its users do, and serves it from a port of its own. */
export async function serveExample(name: Example) {
  const root = fileURLToPath(new URL(`../../examples/${name}/`, import.meta.url));
  if (name === 'relay') execFileSync('npm', ['run', 'compile'], { cwd: root, stdio: 'pipe' });
  const built = await build({
    root,
    logLevel: 'warn',
    build: { write: false, chunkSizeWarningLimit: 1_000 },
  });
  const output = Array.isArray(built) ? (built[0]?.output ?? []) : 'output' in built ? built.output : [];
  const files = new Map(
    output.map((file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source]),
  );
  const http = createServer(({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    const path = pathname === '/' ? '/index.html' : pathname;
    const body = files.get(path);
    response.setHeader('content-type', path.endsWith('.js') ? 'text/javascript' : 'text/html');
    response.statusCode = body === undefined ? 404 : 200;
    response.end(body);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}
