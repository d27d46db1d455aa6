import {
  exportColumnValues,
  exportFailureValues,
  exportFormatValues,
  exportRowValues,
  exportStatusValues,
  placeValues,
  sessionStatusValues,
  themeValues,
  type ExportColumn,
  type ExportFormat,
  type ExportRow,
} from '@fil-rouge/kernel';
import { AtMost, Code, Codes } from '@fil-rouge/platform';
import { IsCommune } from '@fil-rouge/users';
import { ArrayNotEmpty, ArrayUnique, IsArray, IsIn } from 'class-validator';
import { NamedResponse } from '../case/cases.responses.dto';
import { Day, Id, Optional, Several } from '../fields.dto';
import type { ExportFilters } from './export';

/** The same choices as for the list of sessions. */
export class ExportBody implements ExportFilters {
  /** One line per session, or per participation: those of workshops too. */
  @IsIn(exportRowValues)
  row!: ExportRow;

  /** csv or xlsx. */
  @IsIn(exportFormatValues)
  format!: ExportFormat;

  /** Which, in this order. */
  @ArrayNotEmpty()
  @Several(exportColumnValues)
  columns!: ExportColumn[];

  /** recorded (the default), or entered_in_error. */
  @Optional()
  @IsIn(sessionStatusValues)
  status?: 'recorded' | 'entered_in_error';

  /** From this day on. */
  @Optional()
  @Day()
  from?: string;

  /** Up to this day, which counts. */
  @Optional()
  @Day()
  to?: string;

  /** Who recorded it. A counsellor exports their own: it may be left out. */
  @Optional()
  @Id()
  counsellor?: string;

  /** With one of these themes. */
  @Optional()
  @ArrayNotEmpty()
  @Several(themeValues, 50)
  theme?: string[];

  /** With this label of your structure; of sessions alone. */
  @Optional()
  @Id()
  tag?: string;

  /** lieu_activite, domicile, a_distance, autre. */
  @Optional()
  @ArrayNotEmpty()
  @Several(placeValues)
  place?: string[];

  /** At this place; of sessions alone. */
  @Optional()
  @Id()
  placeId?: string;

  /** Where it was (INSEE). */
  @Optional()
  @IsArray()
  @ArrayNotEmpty()
  @AtMost(100)
  @ArrayUnique()
  @IsCommune({ each: true })
  commune?: string[];
}

export const exportActions = ['file', 'remove'] as const;

export class ExportShown {
  id!: string;
  @Code(exportStatusValues)
  status!: string;
  @Code(exportRowValues)
  row!: string;
  @Code(exportFormatValues)
  format!: string;
  @Codes(exportColumnValues)
  columns!: string[];
  /** Of which days, where that was chosen. */
  from?: string;
  to?: string;
  /** Whose work, where that was chosen. */
  counsellor?: NamedResponse;
  /** Lines there are by now. */
  rows!: number;
  /** How many there will be; absent while they have not been counted. */
  total?: number;
  /** Of the file, once it is ready. */
  bytes?: number;
  @Code(exportFailureValues)
  failure?: string;
  askedAt!: string;
  endedAt?: string;
  /** From then on it is gone, whatever it is. */
  expiresAt!: string;
  /** What you may do with it now: fetch the file, remove it. */
  @Codes(exportActions)
  actions!: string[];
}

/** Five at most: asking for another one takes the oldest away. */
export class ExportsShown {
  items!: ExportShown[];
}
