import { DevelopmentCard } from '@doctrine-wire/client/fragments';

const QUERY = `
  query Wall {
    developments(first: 20) {
      nodes {
        ...DevelopmentCard
      }
    }
  }
  ${DevelopmentCard}
`;

export async function loadWall(url: string): Promise<DevelopmentCard[]> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: QUERY }),
  });
  const { data, errors } = await response.json();
  if (!data?.developments) throw new Error(errors?.[0]?.message ?? `Status ${response.status}`);
  return data.developments.nodes;
}
