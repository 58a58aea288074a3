// Locks a directory when told to and says how that went; holds it until it is told to release it or dies.
// Plain JavaScript on dist/, because Node 20 runs no TypeScript.
import { createInterface } from 'node:readline';
import { lockDirectory } from '../../../dist/database/directory-lock.js';

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
