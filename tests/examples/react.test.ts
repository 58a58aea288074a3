import { test } from 'vitest';
import { checkTypes } from './site.js';

test('the example without a GraphQL client has the types of the package', () => checkTypes('react'));
