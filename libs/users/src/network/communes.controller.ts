import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { limitOf, Requires } from '@fil-rouge/platform';
import { findPlaces } from './commune-directory';
import { CommunesQuery, PlacePage } from './communes.dto';

@ApiTags('Structures and people')
@Controller('communes')
export class CommunesController {
  /** Finds a commune by its name, a postal code or its INSEE code; former communes and districts with the commune they belong to now. The best first. */
  @Get()
  @Requires('structure.read')
  find(@Query() query: CommunesQuery): PlacePage {
    return {
      items: findPlaces(query.q, { limit: limitOf(query) }).map((place) => ({
        ...place,
        postalCodes: [...place.postalCodes],
      })),
      nextCursor: null,
    };
  }
}
