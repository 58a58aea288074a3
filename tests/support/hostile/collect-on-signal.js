// Preloaded into a server: collects garbage on SIGUSR2, so that a test sees what is held and not what is left over.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
process.on('SIGUSR2', () => collect());
