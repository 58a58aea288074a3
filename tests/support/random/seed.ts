import fc from 'fast-check';

/**
 * Tries the same random cases in every run, so that a run fails only for what has changed since. Set `FUZZ_SEED` to try
 * others. Loaded before each test file.
 */
fc.configureGlobal({ seed: Number(process.env['FUZZ_SEED'] ?? 20261130) });
