import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Cacheable, limitOf, Requires } from '@fil-rouge/platform';
import { findPlaces } from './commune-directory';
import { CommunesQuery, PlacePage } from './communes.dto';

@ApiTags('Structures and people')
@Controller('communes')
export class CommunesController {
  /**
   * Finds a commune by its name or its beginning, a postal code, its INSEE code, or a line of an address (`72000 Le Mans`, `72072 Le Mans Cedex 9`); former communes and
   * districts with the commune they belong to now. The best first.
   */
  @Get()
  @Requires('structure.read')
  @Cacheable()
  findCommunes(@Query() query: CommunesQuery): PlacePage {
    return {
      items: findPlaces(query.q, { limit: limitOf(query) }).map((place) => ({
        ...place,
        postalCodes: [...place.postalCodes],
      })),
      nextCursor: null,
    };
  }
}
