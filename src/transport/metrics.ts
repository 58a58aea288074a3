import type { IncomingMessage, ServerResponse } from 'node:http';
import { Counter, Gauge, Registry } from 'prom-client';
import type { FanOut, FanOutFigures } from '../feed/fan-out.js';
import type { Tail } from '../feed/tail.js';

/**
 * Answers `/metrics` in the text format of Prometheus.
 *
 * @returns A listener that answers the request and returns true, or leaves it and returns false.
 */
export function createMetrics(
  tail: Tail,
  fanOut: FanOut,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const registry = new Registry();
  const gauge = (name: string, help: string, value: () => number) =>
    new Gauge({
      name: `doctrine_wire_${name}`,
      help,
      registers: [registry],
      collect() {
        this.set(value());
      },
    });
  const counter = (name: string, help: string, figure: keyof FanOutFigures) =>
    new Counter({
      name: `doctrine_wire_${name}`,
      help,
      registers: [registry],
      collect() {
        this.reset();
        this.inc(fanOut.figures[figure]);
      },
    });

  gauge('feed_position', 'The newest position of the feed that this instance has read.', () =>
    Number(tail.head.position),
  );
  gauge('feed_subscribers', 'Subscriptions that are open.', () => fanOut.figures.subscribers);
  gauge('feed_groups', 'Groups of subscriptions that share their executions.', () => fanOut.figures.groups);
  counter('feed_executions_total', 'Selections executed for an item of the feed.', 'executions');
  counter('feed_fell_behind_total', 'How often a slow subscriber went back to replaying.', 'fellBehind');
  counter('feed_cut_off_total', 'Subscribers cut off because they took nothing for too long.', 'cutOff');

  return ({ url = '', method }, response) => {
    if (method !== 'GET' || url.split('?')[0] !== '/metrics') return false;
    registry.metrics().then(
      (text) => response.writeHead(200, { 'Content-Type': registry.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
    return true;
  };
}
