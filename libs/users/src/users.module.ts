import { Module } from '@nestjs/common';
import { AuthController } from './auth.controller';
import { delayHandlers } from './delay-settings.commands';
import { DelaySettingsController } from './delay-settings.controller';
import { DelaySettingsQueries } from './delay-settings.queries';
import { Administrators } from './network/administrators';
import { NetworkLoader } from './network/load';
import { peopleHandlers } from './people.commands';
import { PeopleController } from './people.controller';
import { PeopleQueries } from './people.queries';
import { SignIn } from './sign-in';
import { structureHandlers } from './structures.commands';
import { StructuresController } from './structures.controller';
import { StructuresQueries } from './structures.queries';

/** Structures, people, sign-in. Needs the platform's global providers. */
@Module({
  controllers: [AuthController, StructuresController, PeopleController, DelaySettingsController],
  providers: [...structureHandlers, ...peopleHandlers, ...delayHandlers, StructuresQueries, DelaySettingsQueries, PeopleQueries, SignIn, NetworkLoader, Administrators],
  exports: [StructuresQueries, PeopleQueries, SignIn, NetworkLoader, Administrators],
})
export class UsersModule {}
