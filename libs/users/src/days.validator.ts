import { isLocalDate } from '@fil-rouge/kernel';
import { ValidateBy, type ValidationOptions } from 'class-validator';

/** A calendar day that exists, `YYYY-MM-DD`. */
export const IsDay = (options?: ValidationOptions): PropertyDecorator =>
  ValidateBy({
    name: 'isDate',
    validator: { validate: (value) => typeof value === 'string' && isLocalDate(value), defaultMessage: () => '$property must be a date YYYY-MM-DD' },
  }, options);
