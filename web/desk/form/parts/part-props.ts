import type { Kind } from '../../address.js';
import type { FormValues } from '../values/form-values.js';

/** What each part of the form for a development gets. */
export interface PartProps {
  readonly kind: Kind;
  readonly values: FormValues;
  change(changes: Partial<FormValues>): void;
}
