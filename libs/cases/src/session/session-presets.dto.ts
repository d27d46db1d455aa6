import { equipmentValues, placeValues, themeValues } from '@fil-rouge/kernel';
import { Code, Codes } from '@fil-rouge/platform';
import { Id, Optional } from '../fields.dto';

export class PresetQuery {
  /** As you last did at this place. */
  @Optional()
  @Id()
  placeId?: string;

  /** As this session of your structure: a duplicate of it. Comes before `placeId`. */
  @Optional()
  @Id()
  like?: string;

  /** As this planned appointment of your structure: on its day. Comes before both. */
  @Optional()
  @Id()
  appointment?: string;
}

/** What the body of a new session may begin with; what is absent is to be said. */
export class PresetValues {
  /** Today, or the day of the appointment. */
  date!: string;
  minutes?: number;
  @Code(placeValues)
  place?: string;
  placeId?: string;
  commune?: string;
  communeName?: string;
  @Codes(themeValues)
  themes?: string[];
  @Codes(equipmentValues)
  equipment?: string[];
  appointmentId?: string;
}

export class PresetSource {
  id!: string;
  date!: string;
}

export class SessionPreset {
  session!: PresetValues;
  /** What the place is called. */
  placeName?: string;
  /** The session it was taken from; absent when there is none. */
  basedOn?: PresetSource;
}
