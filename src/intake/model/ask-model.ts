import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { ModelRequest } from './contract.js';

/** The model gave no answer that can be read. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
}

/** Nothing listens at its address, the connection broke, or the model has no time: the article is not at fault. */
export class ModelAwayError extends ModelError {}

/** The statuses of a server, or of a proxy before it, that answers other requests or will later. */
const AWAY: ReadonlySet<number | undefined> = new Set([429, 502, 503, 504]);
/** The largest answer, in bytes. */
const MAX_ANSWER = 1024 * 1024;

export interface AskOptions {
  readonly url: string;
  /** How long the answer may take, in milliseconds. */
  readonly timeout: number;
  readonly signal: AbortSignal;
}

/**
 * Posts an article to the operator's language model. Redirects are not followed, so that the text goes nowhere else.
 *
 * @returns The JSON of the answer.
 * @throws {ModelAwayError} If it cannot be reached, or answers with the status 429, 502, 503 or 504.
 * @throws {ModelError} If there is no answer in time, or it is no JSON of at most 1 MB with the status 200.
 */
export async function askModel(body: ModelRequest, { url, timeout, signal }: AskOptions): Promise<unknown> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(timeout)]);
  const send = url.startsWith('https:') ? requestHttps : requestHttp;
  const text = await new Promise<string>((resolve, reject) => {
    const asked = send(url, {
      method: 'POST',
      signal: limit,
      agent: false,
      headers: { 'content-type': 'application/json', accept: 'application/json' },
    });
    asked.on('error', reject);
    asked.on('response', (response) => {
      const { statusCode } = response;
      const parts: Buffer[] = [];
      let size = 0;
      const refuse = (error: ModelError) => {
        response.destroy();
        reject(error);
      };
      if (statusCode !== 200) {
        const Refusal = AWAY.has(statusCode) ? ModelAwayError : ModelError;
        return refuse(new Refusal(`SUGGEST_URL answers with the status ${statusCode}.`));
      }
      response.on('error', reject);
      response.on('data', (part: Buffer) => {
        size += part.length;
        if (size <= MAX_ANSWER) parts.push(part);
        else refuse(new ModelError(`SUGGEST_URL answers with more than ${MAX_ANSWER} bytes.`));
      });
      response.on('end', () => resolve(Buffer.concat(parts).toString('utf8')));
    });
    asked.end(JSON.stringify(body));
  }).catch((error: unknown) => {
    if (error instanceof ModelError || signal.aborted) throw error;
    if (limit.aborted)
      throw new ModelError(`The model at SUGGEST_URL did not answer within ${timeout / 1_000} s.`);
    const reason = error instanceof Error ? error.message : String(error);
    throw new ModelAwayError(`The model at SUGGEST_URL cannot be reached: ${reason}.`, { cause: error });
  });
  try {
    return JSON.parse(text);
  } catch {
    throw new ModelError('The model at SUGGEST_URL did not return JSON. See docs/intake.md for the format.');
  }
}
