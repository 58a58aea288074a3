/** The fields of a development in a list, on three levels. */
export const CARD = `slug headline summary occurred { edtf } confidence disputed
  participants { role actor { slug name } } citations { credibility source { slug title publisher reliability } }`;

/** The same fields in PostGraphile's schema. */
export const PEER_CARD = `slug headline summary occurred confidence disputed
  participationsByDevelopmentId { nodes { role actorByActorId { slug name } } }
  citationsByDevelopmentId { nodes { credibility sourceBySourceId { slug title publisher reliability } } }`;

/** Returns the nodes of a page from ours or the SQL. */
export const pageOf = (data: any): unknown[] => data.developments.nodes;

/** Returns the nodes of PostGraphile's page in the form of ours. */
export function peerPageOf(data: any): unknown[] {
  const [page] = Object.values<any>(data);
  return page.nodes.map(
    ({ occurred, participationsByDevelopmentId, citationsByDevelopmentId, ...node }: any) => ({
      ...node,
      occurred: { edtf: occurred },
      participants: participationsByDevelopmentId.nodes.map(({ role, actorByActorId }: any) => ({
        role,
        actor: actorByActorId,
      })),
      citations: citationsByDevelopmentId.nodes.map(({ credibility, sourceBySourceId }: any) => ({
        credibility,
        source: sourceBySourceId,
      })),
    }),
  );
}
