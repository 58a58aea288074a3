import type { ComponentType } from 'react';
import type { View } from '../page-state.js';
import type { PlaceMapProps } from './place-map.js';
import type { TimelineProps } from './timeline.js';

/** The views beside the list. A browser loads the code of the one that it shows. */
export interface Views {
  readonly Timeline?: ComponentType<TimelineProps>;
  readonly PlaceMap?: ComponentType<PlaceMapProps>;
}

export async function loadViews(view: View | undefined): Promise<Views> {
  if (view === 'timeline') return { Timeline: (await import('./timeline.js')).Timeline };
  if (view === 'map') return { PlaceMap: (await import('./place-map.js')).PlaceMap };
  return {};
}
