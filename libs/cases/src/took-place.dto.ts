import { placeValues } from '@fil-rouge/kernel';
import { ArrayNotEmpty, IsIn } from 'class-validator';
import { Commune, CommuneName, Day, Id, Minutes, Optional, Removable, Themes } from './fields.dto';

/** What is said of anything that was done with people, a session or a workshop. */
export class TookPlaceBody {
  /** The day, `YYYY-MM-DD`; not in the future, at most two years back. */
  @Day()
  date!: string;

  /** How long, up to 1439. */
  @Minutes()
  minutes!: number;

  /** lieu_activite, domicile, a_distance or autre. */
  @IsIn(placeValues)
  place!: string;

  /** Where, INSEE code. */
  @Optional()
  @Commune()
  commune?: string;

  /** Its name, to say that this code is meant: needed where the code is also the postal code of another commune, or far away. */
  @Optional()
  @CommuneName()
  communeName?: string;

  /** At which of your structure's places, where `place` is lieu_activite; the commune is the place's. */
  @Optional()
  @Id()
  placeId?: string;

  /** What it was about; administrative themes come with `aide_aux_demarches_administratives`. */
  @ArrayNotEmpty()
  @Themes()
  themes!: string[];
}

/** The same when it is corrected: only what changes; null takes an optional value away. */
export class TookPlaceChanges {
  /** The day. */
  @Optional()
  @Day()
  date?: string;

  /** How long, up to 1439. */
  @Optional()
  @Minutes()
  minutes?: number;

  /** lieu_activite, domicile, a_distance or autre. */
  @Optional()
  @IsIn(placeValues)
  place?: string;

  /** Where, INSEE code. */
  @Removable()
  @Commune()
  commune?: string | null;

  /** Its name, to say that this code is meant: needed where the code is also the postal code of another commune, or far away. */
  @Optional()
  @CommuneName()
  communeName?: string;

  /** At which of your structure's places; the commune follows. */
  @Removable()
  @Id()
  placeId?: string | null;

  /** What it was about. */
  @Optional()
  @ArrayNotEmpty()
  @Themes()
  themes?: string[];
}
