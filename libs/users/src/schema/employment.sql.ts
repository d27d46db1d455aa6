import { readTable } from '@fil-rouge/platform';
import { EmploymentEntity } from '../person/person.entity';

/** An employment that has begun by that day, and not ended. */
export const employedOn = (employment: string, day: string): string =>
  `not ${employment}.ended and ${employment}.from_date <= ${day} and (${employment}.until_date is null or ${day} <= ${employment}.until_date)`;

/** A right that stands on that day: the employment's dates, and a structure that the State has not refused or closed. */
export const lives = (employment: string, structure: string, day: string): string => `
  ${employedOn(employment, day)}
  and ${structure}.status not in ('refused', 'closed')`;

export const employments = readTable(EmploymentEntity, {
  of: 'case_id',
  person: `structure_id = me_employer() or user_id = me_user() or me_role() in ('coordinator', 'administrator')`,
  worker: true,
});
