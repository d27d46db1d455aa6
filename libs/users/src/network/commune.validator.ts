import { ValidateBy, type ValidationOptions } from 'class-validator';
import { isCommune, isEpci } from './communes';

/** The INSEE code of a commune of today. */
export const IsCommune = (options?: ValidationOptions): PropertyDecorator =>
  ValidateBy({
    name: 'isCommune',
    validator: { validate: (value) => typeof value === 'string' && isCommune(value), defaultMessage: () => '$property must hold INSEE codes of communes, for instance 72181' },
  }, options);

/** The SIREN of an EPCI. */
export const IsEpci = (options?: ValidationOptions): PropertyDecorator =>
  ValidateBy({
    name: 'isEpci',
    validator: { validate: (value) => typeof value === 'string' && isEpci(value), defaultMessage: () => '$property must be the SIREN of an EPCI, for instance 247200132' },
  }, options);
