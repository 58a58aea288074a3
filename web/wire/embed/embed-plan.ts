import type { EmbedState } from '../page-state.js';
import { EMBED } from '../queries/embed.js';

const SIZE = 10;

export const embedVariables = ({ selection: { filter, order, asOf, page }, language }: EmbedState) => ({
  filter: filter as never,
  orderBy: order ?? null,
  asOf: asOf ?? null,
  first: page.first ?? SIZE,
  language,
});

/** The queries of the embedded list, by name. */
export const planOfEmbed = (state: EmbedState) => ({
  embed: { document: EMBED, variables: embedVariables(state) },
});
