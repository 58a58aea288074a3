import type { ServerResponse } from 'node:http';
import type { DocumentNode, ExecutionArgs } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { Context } from '../graphql/context.js';
import type { Call } from './call.js';
import type { Calls } from './calls.js';
import { operationIn } from './outcome.js';

/** Writes down what Yoga learns of a request: to come first, before any plugin that refuses it. */
export function useCalls(calls: Calls, streams: { opened(): void; closed(): void }): Plugin {
  return {
    onParse:
      () =>
      ({ result }) => {
        const call = calls.current();
        if (call && result && 'definitions' in result) note(call, result);
      },
    onContextBuilding: ({ context }) => {
      const call = calls.current();
      // At the end of the building: the viewer is the work of another.
      return call && (() => noteViewer(call, context as Partial<Context>));
    },
    onExecute: ({ args }) => noteArgs(calls, args),
    onSubscribe: ({ args }) => noteArgs(calls, args),
    onResultProcess: ({ result, serverContext }) => {
      const call = calls.current();
      if (!isAsyncIterable(result)) {
        if (!Array.isArray(result)) call?.settle(result.errors);
        return;
      }
      call?.end('ok');
      const { res } = serverContext as { res?: ServerResponse };
      if (!res || res.closed) return;
      streams.opened();
      res.once('close', () => streams.closed());
    },
  };
}

/** Notes which operation of a document is meant. */
export function note(call: Call, document: DocumentNode, name?: string | null): void {
  const operation = operationIn(document, name);
  if (!operation) return;
  call.operation = operation.operation;
  call.operationName = operation.name?.value;
}

/** Notes what is asked on behalf of the current call, and by whom. */
export function noteArgs(
  calls: Calls,
  {
    document,
    operationName,
    contextValue,
  }: Pick<ExecutionArgs, 'document' | 'operationName' | 'contextValue'>,
): void {
  const call = calls.current();
  if (!call) return;
  note(call, document, operationName);
  noteViewer(call, contextValue as Partial<Context>);
}

function noteViewer(call: Call, { viewer }: Partial<Context>): void {
  if (viewer) call.viewer = viewer.name;
}
