import type { Shape } from '../api/client';

type Body = Shape<'DelaysBody'>;
type Group = 'Toutes les orientations' | 'Orientations urgentes' | 'Le reste';

interface Field {
  /** Of the body; `urgent.answer` is inside. */
  readonly name: string;
  readonly label: string;
  readonly unit: string;
  readonly group: Group;
}

const answers = [
  ['reminders', 'Rappels sans réponse'],
  ['coordinator', 'La coordination est prévenue'],
  ['late', 'Montrée comme en retard après'],
  ['answer', 'Sans réponse, elle expire après'],
  ['answerUnderReview', 'La même, quand elle est à l’étude'],
] as const;

const working = 'jours ouvrés';

export const fields: readonly Field[] = [
  ...answers.map(([name, label]): Field => ({ name, label, unit: working, group: 'Toutes les orientations' })),
  ...answers.map(([name, label]): Field => ({
    name: `urgent.${name}`,
    label,
    unit: working,
    group: 'Orientations urgentes',
  })),
  { name: 'firstSession', label: 'Rien d’enregistré après l’acceptation : rappel', unit: working, group: 'Le reste' },
  { name: 'heldCalendarDays', label: 'Attente de la validation par l’État', unit: 'jours', group: 'Le reste' },
  { name: 'silenceCalendarDays', label: 'Suivi sans nouvelles : rappel après', unit: 'jours', group: 'Le reste' },
];

const at = (body: object, name: string): unknown =>
  name.split('.').reduce<unknown>((of, part) => (of as Record<string, unknown> | undefined)?.[part], body);

/** What the fields of the form show; what is not set is left out. */
export function valuesOf(body: Body): Record<string, string> {
  const values: Record<string, string> = {};
  for (const { name } of fields) {
    const value = at(body, name) as number | number[] | undefined;
    if (value !== undefined) values[name] = [value].flat().join(', ');
  }
  return values;
}

/** Of what was typed: numbers, and lists of them. What is no number is sent as it is, and refused beside its field. */
export function bodyOf(values: Record<string, string>): Body {
  const body: Record<string, unknown> = {};
  const urgent: Record<string, unknown> = {};
  for (const { name } of fields) {
    const typed = values[name]?.trim();
    if (!typed) continue;
    const value = name.endsWith('reminders') ? typed.split(/[,;\s]+/).map(Number) : Number(typed);
    if (name.startsWith('urgent.')) urgent[name.slice(7)] = value;
    else body[name] = value;
  }
  return { ...body, ...(Object.keys(urgent).length > 0 && { urgent }) };
}

/** `Sans réponse, elle expire après : 18 au lieu de 20` */
export function differences(before: Body, after: Body): string[] {
  const [was, is] = [valuesOf(before), valuesOf(after)];
  return fields
    .filter(({ name }) => was[name] !== is[name])
    .map(
      ({ name, label, group }) =>
        `${label}${group === 'Orientations urgentes' ? ' (urgentes)' : ''} : ${is[name] ?? 'la valeur de départ'} au lieu de ${was[name] ?? 'la valeur de départ'}`,
    );
}
