import { weekdayValues, type Weekday } from '@fil-rouge/kernel';
import { Code, Id, Optional, Text } from '@fil-rouge/platform';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, ValidateNested } from 'class-validator';
import { NamedId } from '../sign-in/auth.dto';

/** For residents, and public: nothing about a person stands in it. It is replaced as a whole. */
export class LeafletBody {
  /** What the structure is for. */
  @Optional()
  @Text(2000)
  purpose?: string;

  /** What to bring. */
  @Optional()
  @Text(2000)
  bring?: string;

  /** How to come. */
  @Optional()
  @Text(2000)
  coming?: string;
}

export class RotaDayBody {
  @IsIn(weekdayValues)
  weekday!: Weekday;

  /** Who works for the structure. */
  @Id()
  userId!: string;
}

/** Replaced as a whole. */
export class ContactsBody {
  /** Who answers on a day that nobody has. */
  @Optional()
  @Id()
  defaultId?: string;

  /** One person for a day of the week, or none. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(7)
  @ValidateNested({ each: true })
  @Type(() => RotaDayBody)
  rota?: RotaDayBody[];
}

export class LeafletResponse {
  /** What the structure is for. */
  purpose?: string;
  /** What to bring. */
  bring?: string;
  /** How to come. */
  coming?: string;
}

export class RotaDay {
  @Code(weekdayValues)
  weekday!: string;
  person!: NamedId;
}

export class ContactsResponse {
  /** The structure's. */
  id!: string;
  version!: number;
  default!: NamedId | null;
  /** From Monday on. */
  rota!: RotaDay[];
  /** Who answers today: somebody of these who works there; null where the managers do. */
  today!: NamedId | null;
}

/** A time at which a place is open. */
export class OpeningShown {
  @Code(weekdayValues)
  weekday!: string;
  from!: string;
  to!: string;
}

/** Where a structure receives. */
export class ReceptionPlace {
  id!: string;
  name!: string;
  street!: string;
  complement?: string;
  postalCode!: string;
  /** INSEE code. */
  commune!: string;
  communeName?: string;
  phone?: string;
  /** From Monday on. */
  openings?: OpeningShown[];
  openingsNote?: string;
  /** As OpenStreetMap writes them. */
  hours?: string;
}
