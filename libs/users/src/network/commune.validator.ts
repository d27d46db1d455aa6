import { foldName } from '@fil-rouge/kernel';
import { ValidateBy, type ValidationArguments, type ValidationOptions } from 'class-validator';
import { findPlaces } from './commune-directory';
import { communeName, communesByPostalCode, isCommune, isEpci } from './communes.service';
import { isNearby } from './sarthe';

/** The INSEE code of a commune of today. */
export const IsCommune = (options?: ValidationOptions): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isCommune',
      validator: {
        validate: (value) => typeof value === 'string' && isCommune(value),
        defaultMessage: (args) => notACommune(args?.value),
      },
    },
    options,
  );

/**
 * Not a code that may be somebody's postal code: whoever types 72200 for La Flèche would have written Moncé-en-Belin, in silence. `communeName` beside it says that
 * the commune is meant. Of lists nothing is asked: they are picked, not typed.
 */
export const IsMeant = (): PropertyDecorator =>
  ValidateBy({
    name: 'ambiguousCommune',
    validator: {
      validate: (value, args) =>
        typeof value !== 'string' || communesByPostalCode(value).length === 0 || isNamed(value, args),
      defaultMessage: (args) => whichOne(String(args?.value)),
    },
  });

/**
 * A commune far from where the network works is refused unless its name is given beside the code. Nouméa for a resident of the Sarthe is a slip, or
 * somebody who moves there: the name says which.
 */
export const IsNear = (): PropertyDecorator =>
  ValidateBy({
    name: 'farCommune',
    validator: {
      validate: (value, args) =>
        typeof value !== 'string' || !isCommune(value) || isNearby(value) || isNamed(value, args),
      defaultMessage: (args) =>
        `${String(args?.value)} is ${communeName(String(args?.value))}, far from the Sarthe. Send communeName beside it when that is meant.`,
    },
  });

/** The name that stands beside `commune`. */
export const IsNameOfCommune = (): PropertyDecorator =>
  ValidateBy({
    name: 'communeName',
    validator: {
      validate: (_, args) => isNamed((args?.object as { commune?: unknown }).commune, args),
      defaultMessage: (args) =>
        `$property must be the name of the commune whose code stands beside it${nameBeside(args)}`,
    },
  });

const isNamed = (code: unknown, args: ValidationArguments | undefined): boolean => {
  const said = (args?.object as { communeName?: unknown } | undefined)?.communeName;
  return typeof code === 'string' && typeof said === 'string' && foldName(said) === foldName(communeName(code) ?? '');
};

const nameBeside = (args: ValidationArguments | undefined): string => {
  const { commune } = (args?.object ?? {}) as { commune?: unknown };
  const name = typeof commune === 'string' ? communeName(commune) : undefined;
  return name === undefined ? '' : `: ${commune as string} is ${name}`;
};

const several = (codes: readonly string[]): string =>
  codes
    .slice(0, 5)
    .map((code) => `${communeName(code)} (${code})`)
    .join(', ') + (codes.length > 5 ? ', …' : '');

const whichOne = (code: string): string =>
  `${code} is the INSEE code of ${communeName(code)} and the postal code of ${several(communesByPostalCode(code))}. Send communeName beside it when ${communeName(code)} is meant, else the INSEE code of the other.`;

/** What was typed is often a postal code, or the code of a commune that has merged. */
function notACommune(value: unknown): string {
  const meant =
    typeof value === 'string' && /^\d[\dAB]\d{3}$/.test(value)
      ? findPlaces(value, { limit: 6 }).filter(({ code, postalCodes }) => code === value || postalCodes.includes(value))
      : [];
  if (meant.length === 0) return '$property must hold INSEE codes of communes, for instance 72181';
  const [{ code, name, successor }] = meant as [(typeof meant)[number]];
  if (code === value && successor)
    return `$property must hold INSEE codes of communes: ${name} now belongs to ${successor.name} (${successor.code})`;
  return `$property must hold INSEE codes of communes: ${String(value)} is the postal code of ${several(meant.map(({ code, successor }) => successor?.code ?? code))}`;
}

/** The SIREN of an EPCI. */
export const IsEpci = (options?: ValidationOptions): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isEpci',
      validator: {
        validate: (value) => typeof value === 'string' && isEpci(value),
        defaultMessage: () => '$property must be the SIREN of an EPCI, for instance 247200132',
      },
    },
    options,
  );
