import { communeKindValues } from '@fil-rouge/kernel';
import { Code, Line, Optional } from '@fil-rouge/platform';
import { Type } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';

export class CommunesQuery {
  /** A name or its beginning, a postal code, an INSEE code, the last line of an address: `la fleche`, `st cal`, `72200`, `72154`, `72072 LE MANS CEDEX 9`. */
  @Line(100)
  q!: string;

  /** How many items at most, 1 to 100; 20 by default. */
  @Optional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit?: number;
}

export class CommuneNamed {
  /** INSEE code. */
  code!: string;
  name!: string;
}

export class EpciNamed {
  /** SIREN. */
  code!: string;
  name!: string;
}

export class PlaceResponse extends CommuneNamed {
  /** `commune`, `former` (merged into another) or `district` (of Paris, Lyon, Marseille). */
  @Code(communeKindValues)
  kind!: string;
  postalCodes!: string[];
  /** The group of communes it belongs to; absent for the few islands that belong to none. */
  epci?: EpciNamed;
  /** Of a former commune or a district: the commune it belongs to, which is what a record takes. */
  successor?: CommuneNamed;
}

export class PlacePage {
  items!: PlaceResponse[];
  nextCursor!: string | null;
}
