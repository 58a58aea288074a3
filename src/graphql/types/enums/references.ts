import { COUNTED_USES, type ReferenceOrder } from '../../../domain/references/list.js';
import { ActorKind, DeliveryPlatform, TreatyState, WeaponClass } from '../../../generated/prisma/enums.js';
import { builder } from '../../builder.js';
import { describeEnum } from './describe-enum.js';

export const ActorKindEnum = describeEnum('ActorKind', 'The kind of an actor.', ActorKind, {
  PERSON: 'A person.',
  STATE: 'A state or dependent territory with an ISO 3166-1 code.',
  ORGANISATION: 'A ministry, parliament, company, agency, armed group or other body.',
  ALLIANCE: 'A permanent association of states.',
  OUTLET: 'A newspaper, news agency or broadcaster.',
});

export const TreatyStateEnum = describeEnum('TreatyState', 'The legal state of a treaty.', TreatyState, {
  SIGNED: 'Signed, but not in force yet.',
  IN_FORCE: 'In force.',
  SUSPENDED: 'Suspended by at least one principal party.',
  ENDED: 'No longer in force.',
});

export const WeaponClassEnum = describeEnum('WeaponClass', 'The class of a weapon.', WeaponClass, {
  BALLISTIC_MISSILE: 'A missile with a ballistic trajectory.',
  CRUISE_MISSILE: 'A missile that flies under power within the atmosphere.',
  HYPERSONIC: 'A glide vehicle or missile that manoeuvres at more than five times the speed of sound.',
  MISSILE_DEFENCE: 'An interceptor or missile-defence system.',
  OTHER: 'Any other weapon.',
});

export const DeliveryPlatformEnum = describeEnum(
  'DeliveryPlatform',
  'The platform that a weapon is launched from.',
  DeliveryPlatform,
  {
    GROUND: 'Launched from the ground.',
    AIR: 'Launched from an aircraft.',
    SEA: 'Launched from a ship or submarine.',
    SPACE: 'Launched from orbit.',
  },
);

export const ReferenceOrderEnum = builder.enumType('ReferenceOrder', {
  description: 'The order of a list of actors, topics, treaties, weapon systems, doctrines or sources.',
  values: {
    SLUG: { value: 'slug', description: 'By slug.' },
    NAME: {
      value: 'name',
      description: 'By name, without case and accents. Sources by title. Ties by slug.',
    },
    RECENTLY_USED: {
      value: 'recentlyUsed',
      description: `By the latest change of a published development that refers to the object. Looks at the ${COUNTED_USES.toLocaleString('en')} developments that were changed last; all other objects follow by slug.`,
    },
    MOST_USED: {
      value: 'mostUsed',
      description: `By the number of published developments that refer to the object. Looks at the ${COUNTED_USES.toLocaleString('en')} developments that were changed last; ties by slug.`,
    },
  } as const satisfies Record<string, { value: ReferenceOrder; description: string }>,
});
