import type { DevelopmentView } from '../../domain/development/view.js';
import { builder } from '../builder.js';

/** What all developments have in common; implemented in development.ts. */
export const DevelopmentRef = builder.interfaceRef<DevelopmentView>('Development');
