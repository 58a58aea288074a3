import { createParser } from 'eventsource-parser';
import {
  type Connect,
  type ConnectionRequest,
  type FeedResult,
  type Patience,
  startWatch,
} from './connection.js';
import { ConnectionLostError } from './errors.js';
import { refusalByStatus, refusalOf } from './refusals.js';

/** How long a stream may be silent while the server answers probes, in milliseconds: two comments may be lost. */
const STREAM_SILENCE = 40_000;

/** Connects over Server-Sent Events: streams the response to one POST. */
export function overSSE(send: typeof fetch, patience: Patience): Connect {
  return async (request) => {
    const abort = new AbortController();
    const leave = () => abort.abort();
    request.signal.addEventListener('abort', leave);
    const die = (reason: Error) => abort.abort(reason);
    const network = startWatch(patience, die);
    const stream = startWatch({ ...patience, silenceTimeout: STREAM_SILENCE }, die);
    const alive = () => {
      network.alive();
      stream.alive();
    };
    let stopProbes = () => {};
    try {
      const response = await post(send, request, abort.signal);
      const { body } = response;
      if (!isEventStream(response) || !body) throw await refusalIn(response);
      if (response.ok) {
        network.opened();
        stream.opened();
        stopProbes = startProbes(send, request.url, patience, abort.signal, network.alive);
        request.onOpen();
      }
      await read(body.getReader(), request.onResult, alive);
      // A rejection can be a stream too. Its errors have arrived as a result.
      if (!response.ok) throw refusalByStatus(response.status);
    } catch (error) {
      if (request.signal.aborted) return;
      throw abort.signal.aborted ? abort.signal.reason : asLost(error);
    } finally {
      stopProbes();
      network.stop();
      stream.stop();
      request.signal.removeEventListener('abort', leave);
      abort.abort(); // Ends the request if the response was not read to its end.
    }
  };
}

/**
 * Asks the server for an answer at intervals: a stream cannot be pinged, and its comments come too seldom to show within
 * seconds that the network is gone.
 */
function startProbes(
  send: typeof fetch,
  url: URL,
  { silenceTimeout }: Patience,
  signal: AbortSignal,
  onAnswer: () => void,
): () => void {
  const address = new URL(url);
  address.searchParams.set('query', '{ __typename }');
  const probe = () => {
    send(address.href, { method: 'HEAD', cache: 'no-store', signal }).then(onAnswer, () => {});
  };
  const timer = setInterval(probe, silenceTimeout / 3);
  return () => clearInterval(timer);
}

function post(
  send: typeof fetch,
  { url, operation, variables, token }: ConnectionRequest,
  signal: AbortSignal,
) {
  return send(url.href, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ ...operation, variables }),
    cache: 'no-store',
    signal,
  });
}

function isEventStream(response: Response): boolean {
  return response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
}

/** Reads events until the stream ends or the server sends `complete`. */
async function read(
  reader: { read(): Promise<{ done: boolean; value?: Uint8Array | undefined }> },
  onResult: (result: FeedResult) => void,
  onBytes: () => void,
): Promise<void> {
  const decoder = new TextDecoder();
  let isComplete = false;
  const parser = createParser({
    onEvent: ({ event, data }) => {
      if (event === 'complete') isComplete = true;
      else if (event === 'next') onResult(JSON.parse(data));
    },
  });
  while (!isComplete) {
    const { done, value } = await reader.read();
    if (done) return;
    onBytes();
    parser.feed(decoder.decode(value, { stream: true }));
  }
}

/** Returns the error for a response that is no event stream. */
async function refusalIn(response: Response): Promise<Error> {
  const text = await response.text();
  try {
    const { errors } = JSON.parse(text) as FeedResult;
    if (Array.isArray(errors)) return refusalOf(errors);
  } catch {
    // Not JSON, for example a proxy's page. Use the status.
  }
  if (!response.ok) return refusalByStatus(response.status);
  const type = response.headers.get('content-type') ?? 'no content type';
  return new ConnectionLostError(`Expected text/event-stream from ${response.url}; got ${type}.`);
}

function asLost(error: unknown): Error {
  // fetch reports network errors as TypeError on every platform.
  if (error instanceof TypeError || !(error instanceof Error)) {
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
    return new ConnectionLostError(`The request failed${cause}.`, { cause: error });
  }
  return error;
}
