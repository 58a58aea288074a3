// Locks a directory on command and prints the outcome. Holds the lock until a release command or its death.
// Plain JavaScript on dist/, because Node 20 cannot run TypeScript.
import { createInterface } from 'node:readline';
import { lockDirectory } from '../../../dist/database/embedded/directory-lock.js';

const directory = process.argv[2] ?? '';
let lock;

for await (const command of createInterface({ input: process.stdin })) {
  if (command === 'lock') {
    try {
      lock = await lockDirectory(directory);
      console.log('locked');
    } catch (error) {
      console.log(error.pid === undefined ? String(error) : `refused, held by ${error.pid}`);
    }
  } else {
    await lock[Symbol.asyncDispose]();
    console.log('released');
  }
}
