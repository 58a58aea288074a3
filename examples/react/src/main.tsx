import { createRoot } from 'react-dom/client';
import { Wall } from './wall';

const server = new URLSearchParams(location.search).get('server') ?? 'http://127.0.0.1:4000/graphql';

createRoot(document.getElementById('root') as HTMLElement).render(<Wall url={server} />);
