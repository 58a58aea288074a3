import { createRoot } from 'react-dom/client';
import { Desk } from './desk.js';
import './styles/desk.css';

const root = document.getElementById('root');
if (root) createRoot(root).render(<Desk />);
