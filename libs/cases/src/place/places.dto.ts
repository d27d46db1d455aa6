import { placeStatusValues, weekdayValues, type Weekday } from '@fil-rouge/kernel';
import { AnyOf, Code, PageQuery } from '@fil-rouge/platform';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsNumber, Matches, Max, Min, ValidateNested } from 'class-validator';
import { applyDecorators } from '@nestjs/common';
import { OpeningShown } from '@fil-rouge/users';
import { NamedResponse } from '../case/cases.responses.dto';
import { Commune, CommuneName, Id, Line, Name, Optional, Removable } from '../fields.dto';

const PostalCode = () =>
  applyDecorators(
    Matches(/^\d{5}$/, { message: 'must be the five digits of a postal code' }),
    ApiProperty({ pattern: String.raw`^\d{5}$` }),
  );
const Degrees = (most: number) =>
  applyDecorators(
    IsNumber({ allowNaN: false, allowInfinity: false }),
    Min(-most),
    Max(most),
    ApiProperty({ minimum: -most, maximum: most }),
  );

/** A desk may have a number of four digits, as `3631`. */
const DeskPhone = () =>
  applyDecorators(
    Line(30),
    Matches(/^\+?\d[\d\s.()-]{2,28}$/, { message: 'must be a telephone number' }),
    ApiProperty({ pattern: String.raw`^\+?\d[\d\s.()-]{2,28}$` }),
  );
const TimeOfDay = () =>
  applyDecorators(
    Matches(/^([01]\d|2[0-3]):[0-5]\d$/, { message: 'must be a time of day, HH:MM' }),
    ApiProperty({ pattern: String.raw`^([01]\d|2[0-3]):[0-5]\d$` }),
  );

export class OpeningBody {
  @IsIn(weekdayValues)
  weekday!: Weekday;

  /** `HH:MM`, on the clocks of Paris. */
  @TimeOfDay()
  from!: string;

  /** On the same day. */
  @TimeOfDay()
  to!: string;
}

export class OpenPlaceBody {
  /** What it is called. */
  @Name(200)
  name!: string;

  /** Number and street. */
  @Line(200)
  street!: string;

  /** Building, floor, entrance. */
  @Optional()
  @Line(200)
  complement?: string;

  /** Five digits. */
  @PostalCode()
  postalCode!: string;

  /** INSEE code. */
  @Commune()
  commune!: string;

  /** Its name, to say that this code is meant: needed where the code is also the postal code of another commune, or far away. */
  @Optional()
  @CommuneName()
  communeName?: string;

  /** Degrees north; with the longitude. */
  @Optional()
  @Degrees(90)
  latitude?: number;

  /** Degrees east; with the latitude. */
  @Optional()
  @Degrees(180)
  longitude?: number;

  /** How the desk is called. Public. */
  @Optional()
  @DeskPhone()
  phone?: string;

  /** When it is open. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(28)
  @ValidateNested({ each: true })
  @Type(() => OpeningBody)
  openings?: OpeningBody[];

  /** What these times do not say: closed in August. Public. */
  @Optional()
  @Line(500)
  openingsNote?: string;

  /** Opening hours, as OpenStreetMap writes them: `Mo-Fr 09:00-12:00`. */
  @Optional()
  @Line(500)
  hours?: string;

  /** Its number in the national directory of mediation places. */
  @Optional()
  @Line(100)
  nationalId?: string;
}

/** Only what changes; null takes an optional value away. */
export class CorrectPlaceBody {
  /** What it is called. */
  @Optional()
  @Name(200)
  name?: string;

  /** Number and street. */
  @Optional()
  @Line(200)
  street?: string;

  /** Building, floor, entrance. */
  @Removable()
  @Line(200)
  complement?: string | null;

  /** Five digits. */
  @Optional()
  @PostalCode()
  postalCode?: string;

  /** INSEE code. */
  @Optional()
  @Commune()
  commune?: string;

  /** Its name, to say that this code is meant: needed where the code is also the postal code of another commune, or far away. */
  @Optional()
  @CommuneName()
  communeName?: string;

  /** Degrees north; with the longitude. */
  @Removable()
  @Degrees(90)
  latitude?: number | null;

  /** Degrees east; with the latitude. */
  @Removable()
  @Degrees(180)
  longitude?: number | null;

  /** How the desk is called. Public. */
  @Removable()
  @DeskPhone()
  phone?: string | null;

  /** When it is open: all of its times anew. */
  @Removable()
  @IsArray()
  @ArrayMaxSize(28)
  @ValidateNested({ each: true })
  @Type(() => OpeningBody)
  openings?: OpeningBody[] | null;

  /** What these times do not say. Public. */
  @Removable()
  @Line(500)
  openingsNote?: string | null;

  /** Opening hours, as OpenStreetMap writes them. */
  @Removable()
  @Line(500)
  hours?: string | null;

  /** Its number in the national directory of mediation places. */
  @Removable()
  @Line(100)
  nationalId?: string | null;
}

export class PlacesQuery extends PageQuery {
  /** open (the default), closed; several with a comma. */
  @AnyOf(placeStatusValues)
  status?: string[];

  /** Whose places; your own structure's when it is left out. */
  @Optional()
  @Id()
  structureId?: string;
}

export class PlaceShown {
  id!: string;
  /** Counts its events; also the ETag. */
  version!: number;
  /** open; closed: readable where it was named, and for nothing new. */
  @Code(placeStatusValues)
  status!: string;
  name!: string;
  street!: string;
  complement?: string;
  postalCode!: string;
  commune!: string;
  communeName?: string;
  latitude?: number;
  longitude?: number;
  phone?: string;
  /** From Monday on. */
  openings?: OpeningShown[];
  openingsNote?: string;
  hours?: string;
  nationalId?: string;
  structure!: NamedResponse;
  /** The last day on which something may have been done there. */
  closedOn?: string;
  /** You have recorded something there among your last hundred sessions. */
  usual!: boolean;
}

export class PlacesPage {
  /** The places you use most stand first, then all by name. */
  items!: PlaceShown[];
  nextCursor!: string | null;
}
