import { autonomyValues, equipmentValues, placeValues } from '@fil-rouge/kernel';
import { ArrayNotEmpty, IsIn } from 'class-validator';
import { NamedResponse } from './cases.responses.dto';
import { Commune, Day, Id, longText, Minutes, Optional, Removable, Several, Text, Themes } from './fields';

export class RecordSessionBody {
  /** The day of the session, `YYYY-MM-DD`; not in the future, at most two years back. */
  @Day()
  date!: string;

  /** How long, up to 1439. */
  @Minutes()
  minutes!: number;

  /** lieu_activite, domicile, a_distance or autre. */
  @IsIn(placeValues)
  place!: string;

  /** Where, INSEE code. */
  @Optional() @Commune()
  commune?: string;

  /** What it was about; administrative themes come with `aide_aux_demarches_administratives`. */
  @ArrayNotEmpty() @Themes()
  themes!: string[];

  /** What was used. */
  @Several(equipmentValues)
  equipment!: string[];

  /** How far the resident managed alone. */
  @Optional() @IsIn(autonomyValues)
  autonomy?: string;

  /** For everybody who works on the case. */
  @Optional() @Text(longText)
  summary?: string;

  /** For the own structure only. */
  @Optional() @Text(longText)
  privateNote?: string;

  /** The accepted referral it answers. */
  @Optional() @Id()
  referralId?: string;
}

/** Only what changes; null takes an optional value away. */
export class CorrectSessionBody {
  /** The day of the session. */
  @Optional() @Day()
  date?: string;

  /** How long, up to 1439. */
  @Optional() @Minutes()
  minutes?: number;

  /** lieu_activite, domicile, a_distance or autre. */
  @Optional() @IsIn(placeValues)
  place?: string;

  /** Where, INSEE code. */
  @Removable() @Commune()
  commune?: string | null;

  /** What it was about. */
  @Optional() @ArrayNotEmpty() @Themes()
  themes?: string[];

  /** What was used. */
  @Optional() @Several(equipmentValues)
  equipment?: string[];

  /** How far the resident managed alone. */
  @Removable() @IsIn(autonomyValues)
  autonomy?: string | null;

  /** For everybody who works on the case. */
  @Removable() @Text(longText)
  summary?: string | null;

  /** Replaces the private note. */
  @Optional() @Text(longText)
  privateNote?: string;

  /** Why it is corrected. */
  @Optional() @Text(500)
  reason?: string;
}

export class SessionValues {
  date!: string;
  minutes!: number;
  place!: string;
  commune?: string;
  themes!: string[];
  equipment!: string[];
  autonomy?: string;
  summary?: string;
}

/** The session as it stood: as recorded, or after one of its corrections. */
export class SessionVersion extends SessionValues {
  at!: string;
  actor!: NamedResponse | null;
  /** Why it was corrected. */
  reason?: string;
}

export class SessionShown extends SessionValues {
  id!: string;
  caseId!: string;
  /** Who recorded it. */
  structure!: NamedResponse | null;
  actor!: NamedResponse | null;
  referralId?: string;
  /** Own structure only. */
  privateNote?: string;
  recordedAt!: string;
  correctedAt?: string;
  /** What stood before, oldest first; empty when nothing was corrected. */
  versions!: SessionVersion[];
}
