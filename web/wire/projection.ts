import { geoEqualEarth } from 'd3-geo';

/** The size of the map, in units of its SVG. */
export const MAP_WIDTH = 960;
export const MAP_HEIGHT = 470;

/** Equal Earth: areas keep their proportions, so no country looks larger than it is. */
export const projection = geoEqualEarth()
  .scale(175)
  .translate([MAP_WIDTH / 2, MAP_HEIGHT / 2]);
